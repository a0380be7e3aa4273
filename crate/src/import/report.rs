//! What was found in a file, entry by entry.

use core::fmt;

use thiserror::Error;

use super::MAX_ENTRIES;
use super::error::ImportError;
use super::note::{Line, NoteWords};
use super::parameters::Parameters;
use crate::aws::identity::{AwsIdentity, Partition};
use crate::aws::mention::Mention;
use crate::entry::{Entry, EntryError, UnixTime};
use crate::otpauth::{KeyUri, KeyUriError};

/// Everything that a file holds.
#[derive(Debug)]
pub struct Report {
    /// The name of the format, for example `aegis-encrypted`.
    pub format: &'static str,
    /// What can be kept as it is, in the order of the file.
    pub entries: Vec<Imported>,
    /// What cannot.
    pub refused: Vec<Refused>,
    /// The column that was taken for secrets in a table of unknown origin. The user confirms it.
    pub guessed_column: Option<String>,
}

/// One entry that can be kept.
pub struct Imported {
    /// Secret, parameters and names, as the file has them.
    pub key: KeyUri,
    /// The entry's note in the file, and what else an entry has no place for, such as its group.
    pub note: String,
    /// It stood before the others.
    pub pinned: bool,
    /// The AWS partition, where the file tells it: by a URL or an ARN beside the code.
    pub partition: Option<Partition>,
}

impl Imported {
    /// The entry to store.
    pub fn into_entry(self, created: UnixTime) -> Entry {
        let mut entry =
            Entry { note: self.note, pinned: self.pinned, ..Entry::new(self.key, created) };
        entry.aws.partition = self.partition;
        entry
    }
}

impl fmt::Debug for Imported {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Imported")
    }
}

/// One entry that cannot be kept as it is.
pub struct Refused {
    /// Its name, or where it stands in the file when it has none.
    pub entry: String,
    /// Why.
    pub reason: Refusal,
}

impl fmt::Debug for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Refused({:?})", self.reason)
    }
}

/// Why an entry is refused. No variant carries any of it.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// A secret or parameter that Doorcode cannot use.
    #[error(transparent)]
    Key(#[from] KeyUriError),
    /// Steam's codes of five letters.
    #[error("Steam codes are not supported")]
    Steam,
    /// Neither TOTP nor HOTP.
    #[error("codes of this type are not supported: only TOTP and HOTP are")]
    Type,
    /// It was deleted in the other program and is in the trash there.
    #[error("it is in the trash of the program that made the file")]
    InTrash,
    /// A line of a list that is no key URI.
    #[error("this line is not an otpauth:// URI")]
    NotAUri,
    /// A `otpauth-migration://` URI that cannot be read.
    #[error("this part of a Google Authenticator export is damaged")]
    Migration,
    /// A part of a Google Authenticator export that is not in the file.
    #[error("this part of the Google Authenticator export is not in the file: scan it as well")]
    MissingPart,
    /// The secret in the entry cannot be decrypted, though others can.
    #[error("its secret cannot be decrypted")]
    Undecryptable,
    /// An entry that is not of the shape that the program writes.
    #[error("it is not an entry of this program")]
    Shape,
    /// A name that is too long.
    #[error(transparent)]
    TooLong(#[from] EntryError),
}

/// Whose code it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    pub(super) issuer: Option<String>,
    pub(super) account_name: String,
}

impl Names {
    pub(super) fn new(issuer: Option<&str>, account_name: Option<&str>) -> Self {
        let trimmed = |text: &str| beginning(text.trim(), Entry::MAX_NAME_BYTES).to_owned();
        Self {
            issuer: issuer.map(trimmed).filter(|issuer| !issuer.is_empty()),
            account_name: account_name.map(trimmed).unwrap_or_default(),
        }
    }

    /// A label that may begin with the issuer, as in key URIs.
    pub(super) fn from_label(issuer: Option<&str>, label: Option<&str>) -> Self {
        let names = Self::new(issuer, label);
        let label = names.account_name.as_str();
        let (issuer, account_name) = match &names.issuer {
            Some(issuer) => {
                match label.strip_prefix(issuer.as_str()).and_then(|rest| rest.strip_prefix(':')) {
                    Some(account_name) => (Some(issuer.as_str()), account_name),
                    None => return names,
                }
            }
            None => match label.split_once(':') {
                Some((issuer, account_name)) => (Some(issuer), account_name),
                None => return names,
            },
        };
        Self::new(issuer, Some(account_name))
    }

    fn is_empty(&self) -> bool {
        self.issuer.is_none() && self.account_name.is_empty()
    }
}

/// What an entry has beside its key.
#[derive(Clone, Default)]
pub(super) struct Extras {
    lines: Vec<(Line, String)>,
    pub(super) pinned: bool,
    sites: Mention,
    texts: Mention,
}

impl Extras {
    /// Of an entry that stands before the others, or does not.
    pub(super) fn pinned(pinned: bool) -> Self {
        Self { pinned, ..Self::default() }
    }

    /// Looks at the URL of a page that the entry is for. Nothing of it is kept.
    pub(super) fn site(&mut self, url: Option<&str>) {
        self.sites.read(url.unwrap_or_default());
    }

    /// Looks at a text beside the entry that may name its partition. Nothing of it is kept: what
    /// password managers have in notes may be secret.
    pub(super) fn look_at(&mut self, text: Option<&str>) {
        self.texts.read(text.unwrap_or_default());
    }

    /// The partition of the entry with this key. What people wrote into the notes of an entry that
    /// is not for AWS says nothing about it.
    fn partition(&self, key: &KeyUri) -> Option<Partition> {
        if !AwsIdentity::is_in(key) {
            return self.sites.partition();
        }
        let mut texts = self.texts;
        for (_, text) in &self.lines {
            texts.read(text);
        }
        texts.read(&key.account_name);
        self.sites.and(texts).partition()
    }

    /// Adds the entry's own note.
    pub(super) fn note(&mut self, text: Option<&str>) {
        self.line(Line::Own, text);
    }

    /// Adds that it was archived.
    pub(super) fn archived(&mut self) {
        self.lines.push((Line::Archived, String::new()));
    }

    /// Adds a line for something that an entry has no place for.
    pub(super) fn line(&mut self, line: Line, text: Option<&str>) {
        let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return };
        self.lines.push((line, beginning(text, Entry::MAX_NOTE_BYTES).to_owned()));
    }
}

/// Gathers the entries of a file.
pub(super) struct Collector<'w> {
    words: &'w NoteWords<'w>,
    report: Report,
    seen: usize,
}

impl<'w> Collector<'w> {
    /// The longest name shown for a refused entry, in characters.
    const MAX_SHOWN: usize = 120;

    pub(super) fn new(format: &'static str, words: &'w NoteWords<'w>) -> Self {
        let report =
            Report { format, entries: Vec::new(), refused: Vec::new(), guessed_column: None };
        Self { words, report, seen: 0 }
    }

    /// Says which column of an unknown table was read.
    pub(super) fn guessed(&mut self, column: &str) {
        self.report.guessed_column = Some(column.to_owned());
    }

    /// Adds an entry whose key could be read, or why it could not.
    pub(super) fn add(
        &mut self,
        names: &Names,
        extras: Extras,
        key: Result<Parameters, Refusal>,
    ) -> Result<(), ImportError> {
        let entry = key.and_then(|key| self.imported(names, extras, key));
        self.push(names, entry)
    }

    /// Adds an entry that is refused.
    pub(super) fn refuse(&mut self, entry: &str, reason: Refusal) -> Result<(), ImportError> {
        self.push(&Names::new(None, Some(entry)), Err(reason))
    }

    /// How many entries were added or refused until now.
    pub(super) fn seen(&self) -> usize {
        self.seen
    }

    pub(super) fn finish(self) -> Report {
        self.report
    }

    fn imported(
        &self,
        names: &Names,
        extras: Extras,
        key: Parameters,
    ) -> Result<Imported, Refusal> {
        let Names { issuer, mut account_name } = names.clone();
        if names.is_empty() {
            // A code without a name is worth keeping, and the vault wants one.
            account_name = self.words.unnamed.replace("{}", &(self.seen + 1).to_string());
        }
        let Parameters { factor, secret, algorithm, digits } = key;
        let key = KeyUri { factor, secret, issuer, account_name, algorithm, digits };
        let partition = extras.partition(&key);
        let mut note = self.words.write(extras.lines);
        cut(&mut note, Entry::MAX_NOTE_BYTES);
        let imported = Imported { key, note, pinned: extras.pinned, partition };
        if imported.key.account_name.len() > Entry::MAX_NAME_BYTES {
            return Err(EntryError(crate::entry::EntryField::AccountName).into());
        }
        if imported.key.issuer.as_ref().is_some_and(|issuer| issuer.len() > Entry::MAX_NAME_BYTES) {
            return Err(EntryError(crate::entry::EntryField::Issuer).into());
        }
        Ok(imported)
    }

    fn push(&mut self, names: &Names, entry: Result<Imported, Refusal>) -> Result<(), ImportError> {
        if self.seen >= MAX_ENTRIES {
            return Err(ImportError::TooManyEntries);
        }
        self.seen += 1;
        match entry {
            Ok(imported) => self.report.entries.push(imported),
            Err(reason) => {
                let entry = self.shown(names);
                self.report.refused.push(Refused { entry, reason });
            }
        }
        Ok(())
    }

    fn shown(&self, names: &Names) -> String {
        let Names { issuer, account_name } = names;
        let name = match issuer {
            Some(issuer) if account_name.is_empty() => issuer.clone(),
            Some(issuer) => format!("{issuer}: {account_name}"),
            None if account_name.is_empty() => format!("Entry {}", self.seen),
            None => account_name.clone(),
        };
        name.chars().take(Self::MAX_SHOWN).collect()
    }
}

/// As much of a text as tells that it is longer than `limit` bytes: one text of a file, such as the
/// name of a group, may stand for all entries.
fn beginning(text: &str, limit: usize) -> &str {
    text.get(..text.floor_char_boundary(2 * limit)).unwrap_or(text)
}

/// Cuts a text that is longer than the vault takes, and marks it as cut.
fn cut(text: &mut String, limit: usize) {
    const MARK: &str = " […]";
    if text.len() <= limit {
        return;
    }
    let mut end = limit - MARK.len();
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text.push_str(MARK);
}
