//! The module of the Worker that imports and exports: files of other programs in and out.
//!
//! A derivation takes seconds and much memory, which ends with the Worker; ending it is how an
//! import is cancelled.
#![expect(clippy::needless_pass_by_value, reason = "wasm-bindgen hands values over")]
#![expect(clippy::missing_errors_doc, reason = "each throws `CoreError`, whose kinds say why")]
#![expect(missing_debug_implementations, reason = "they hold secrets and labels")]

use doorcode::entry::{Entry, UnixTime};
use doorcode::export::{self, ExportError};
use doorcode::import::{self, ImportError, Imported, Refusal, Refused, Report, Unreadable};
use serde::{Deserialize, Serialize};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::file_entry::FileEntry;

/// What a file is.
#[derive(Serialize, Tsify)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum FileReading {
    /// It was read. Nothing is stored yet.
    Report {
        /// The name of the format.
        format: &'static str,
        /// What can be kept, in the order of the file.
        entries: Vec<FileEntry>,
        /// What cannot.
        refused: Vec<RefusedEntry>,
        /// The column taken for secrets in a table of unknown origin: the user confirms it.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[tsify(optional)]
        guessed_column: Option<String>,
    },
    /// It is encrypted, and no passphrase was given.
    PassphraseNeeded {
        /// The name of the format.
        format: &'static str,
    },
    /// The passphrase does not open it.
    WrongPassphrase {
        /// It is a long one, which old versions of Aegis took in another form.
        long: bool,
    },
    /// It is known and cannot be opened: the user is told what to do instead.
    Unreadable {
        /// What it is.
        #[tsify(type = "\"bitwardenAccount\" | \"openPgp\" | \"freeOtp\" | \
                        \"keePass\" | \"picture\" | \"database\" | \"noCodes\" | \"unexpected\"")]
        what: &'static str,
    },
    /// It cannot be read.
    Failed {
        /// Why.
        #[tsify(type = "\"unknown\" | \"tooLarge\" | \"tooManyEntries\" | \"damaged\" | \
                        \"costTooHigh\" | \"memoryUnavailable\" | \"unexpected\"")]
        why: &'static str,
    },
}

/// An entry that cannot be kept as it is.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RefusedEntry {
    /// Its name, or where it stands in the file.
    entry: String,
    /// Why: a `CoreErrorKind` of key URIs, or one of `steam`, `type`, `inTrash`, `notAUri`,
    /// `damagedPart`, `missingPart`, `undecryptable`, `notAnEntry`, `textTooLong`.
    reason: &'static str,
}

/// The entries of an export.
#[derive(Deserialize, Tsify)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ExportRequest {
    entries: Vec<FileEntry>,
}

/// QR codes for a phone.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct MigrationView {
    /// The content of each code.
    parts: Vec<String>,
    /// The places of the entries that the format cannot express, from 0.
    left_out: Vec<usize>,
}

/// The words of the notes that an import writes, in the language of the user. `{}` stands for what
/// is in the file.
#[derive(Deserialize, Tsify)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NoteWords {
    category: String,
    collection: String,
    folder: String,
    group: String,
    name: String,
    site: String,
    tags: String,
    vault: String,
    /// It was archived in 1Password.
    archived: String,
    /// The name of an entry that has none, by its place in the file.
    unnamed: String,
}

/// Reads a file of another program. `passphrase` is UTF-8. Takes as long as the file's derivation.
#[wasm_bindgen(js_name = readFile)]
pub fn read_file(
    file: Vec<u8>,
    passphrase: Option<Vec<u8>>,
    words: Ts<NoteWords>,
) -> Result<Ts<FileReading>, Failure> {
    let (file, passphrase) = (Zeroizing::new(file), passphrase.map(Zeroizing::new));
    let passphrase = passphrase.as_ref().map(|passphrase| passphrase.as_slice());
    let words = crate::request::decode(&words)?;
    let reading = match import::read_with_words(&file, passphrase, &words.borrowed()) {
        Ok(report) => FileReading::from(report),
        Err(error) => FileReading::from(error),
    };
    to_ts(&reading)
}

/// One key URI on each line.
#[wasm_bindgen(js_name = exportOtpauthList)]
pub fn export_otpauth_list(request: Ts<ExportRequest>) -> Result<String, Failure> {
    let entries = decode_entries(&request)?;
    Ok(export::otpauth_list(&references(&entries))?.to_string())
}

/// How many random bytes `exportAegis` takes.
#[wasm_bindgen(js_name = aegisRandomBytes)]
pub fn aegis_random_bytes() -> usize {
    export::AEGIS_RANDOM_BYTES
}

/// Aegis's vault, encrypted when there is a passphrase. `random` comes from
/// `crypto.getRandomValues`.
#[wasm_bindgen(js_name = exportAegis)]
pub fn export_aegis(
    request: Ts<ExportRequest>,
    passphrase: Option<Vec<u8>>,
    random: Vec<u8>,
) -> Result<Vec<u8>, Failure> {
    let (passphrase, random) = (passphrase.map(Zeroizing::new), Zeroizing::new(random));
    let random = random.as_slice().try_into().map_err(|_| Failure::MALFORMED_REQUEST)?;
    let entries = decode_entries(&request)?;
    let entries = references(&entries);
    let export = match passphrase {
        Some(passphrase) => export::aegis_encrypted(&entries, &passphrase, random)?,
        None => export::aegis_plain(&entries, random)?,
    };
    Ok(export.to_vec())
}

/// Google Authenticator's QR codes. `batchId` is a random number.
#[wasm_bindgen(js_name = exportMigration)]
pub fn export_migration(
    request: Ts<ExportRequest>,
    batch_id: i32,
) -> Result<Ts<MigrationView>, Failure> {
    let entries = decode_entries(&request)?;
    let migration = export::migration(&references(&entries), batch_id)?;
    to_ts(&MigrationView {
        parts: migration.parts.iter().map(|part| part.to_string()).collect(),
        left_out: migration.left_out.iter().map(|left_out| left_out.index).collect(),
    })
}

impl NoteWords {
    fn borrowed(&self) -> import::NoteWords<'_> {
        import::NoteWords {
            category: &self.category,
            collection: &self.collection,
            folder: &self.folder,
            group: &self.group,
            name: &self.name,
            site: &self.site,
            tags: &self.tags,
            vault: &self.vault,
            archived: &self.archived,
            unnamed: &self.unnamed,
        }
    }
}

fn to_ts<T: Tsify + Serialize>(value: &T) -> Result<Ts<T>, Failure> {
    Ts::from_rust(value).map_err(|_| Failure::new("unexpected"))
}

fn decode_entries(request: &Ts<ExportRequest>) -> Result<Vec<Entry>, Failure> {
    let request = crate::request::decode(request)?;
    request.entries.iter().map(|entry| entry.to_entry(UnixTime(0))).collect()
}

fn references(entries: &[Entry]) -> Vec<&Entry> {
    entries.iter().collect()
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Self {
        Self::new(match error {
            ExportError::NoPassphrase => "passphraseEmpty",
            _ => "unexpected",
        })
    }
}

impl From<Report> for FileReading {
    fn from(report: Report) -> Self {
        Self::Report {
            format: report.format,
            entries: report.entries.into_iter().map(FileEntry::from).collect(),
            refused: report.refused.into_iter().map(RefusedEntry::from).collect(),
            guessed_column: report.guessed_column,
        }
    }
}

impl From<Imported> for FileEntry {
    fn from(imported: Imported) -> Self {
        Self {
            uri: imported.key.to_uri(),
            note: imported.note,
            pinned: imported.pinned,
            partition: imported.partition.map(|partition| partition.as_str().to_owned()),
        }
    }
}

impl From<Refused> for RefusedEntry {
    fn from(refused: Refused) -> Self {
        let reason = match refused.reason {
            Refusal::Key(error) => Failure::from(error).kind(),
            Refusal::Steam => "steam",
            Refusal::Type => "type",
            Refusal::InTrash => "inTrash",
            Refusal::NotAUri => "notAUri",
            Refusal::Migration => "damagedPart",
            Refusal::MissingPart => "missingPart",
            Refusal::Undecryptable => "undecryptable",
            Refusal::Shape => "notAnEntry",
            Refusal::TooLong(_) => "textTooLong",
            _ => "unexpected",
        };
        Self { entry: refused.entry, reason }
    }
}

impl From<ImportError> for FileReading {
    fn from(error: ImportError) -> Self {
        let why = match error {
            ImportError::PassphraseNeeded { format } => return Self::PassphraseNeeded { format },
            ImportError::WrongPassphrase => return Self::WrongPassphrase { long: false },
            ImportError::WrongLongPassphrase => return Self::WrongPassphrase { long: true },
            ImportError::Unreadable(what) => return Self::Unreadable { what: unreadable(what) },
            ImportError::Unknown => "unknown",
            ImportError::TooLarge => "tooLarge",
            ImportError::TooManyEntries => "tooManyEntries",
            ImportError::Damaged(_) => "damaged",
            ImportError::CostTooHigh => "costTooHigh",
            ImportError::MemoryUnavailable => "memoryUnavailable",
            _ => "unexpected",
        };
        Self::Failed { why }
    }
}

fn unreadable(what: Unreadable) -> &'static str {
    match what {
        Unreadable::BitwardenAccount => "bitwardenAccount",
        Unreadable::OpenPgp => "openPgp",
        Unreadable::FreeOtp => "freeOtp",
        Unreadable::KeePass => "keePass",
        Unreadable::Picture => "picture",
        Unreadable::Database => "database",
        Unreadable::NoCodes => "noCodes",
        _ => "unexpected",
    }
}
