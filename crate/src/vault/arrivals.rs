//! Entries from elsewhere: what each of them would be in this vault, all of them in one save, and
//! the way back.

use std::collections::{BTreeMap, BTreeSet};

use hmac::Mac;

use super::error::VaultError;
use super::header::authenticator;
use super::key::Key;
use super::restore::Earlier;
use super::save::{Change, Content, SaveRandom, UnixMillis};
use super::{StoredRecord, Vault};
use crate::aws::identity::AwsIdentity;
use crate::entry::{Entry, EntryId, Payload};
use crate::otpauth::MovingFactor;
use crate::secret::SharedSecret;

/// What an entry from elsewhere is beside the vault. One secret is one entry.
#[derive(Debug)]
pub enum Arrival<'a> {
    /// No entry has its secret.
    New,
    /// An entry has its secret, and nothing of it differs.
    Same,
    /// An entry has its secret, and these things differ.
    Changed {
        /// The entry of the vault.
        ours: &'a Entry,
        /// At least one.
        differences: Vec<Difference>,
    },
    /// A deleted entry has its secret: it would come back, as it arrives.
    Deleted {
        /// The entry of the vault.
        ours: &'a Entry,
    },
    /// One that arrives before it has its secret.
    Repeated,
    /// Codes by a counter, which Doorcode does not show.
    CounterBased,
}

/// In what an arriving entry differs from the one of the vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the field of that name")]
pub enum Difference {
    Issuer,
    AccountName,
    Algorithm,
    Digits,
    /// The period, or that it has a counter instead.
    Period,
    Note,
}

/// The entries that a save of arrivals is about.
#[derive(Debug, Default)]
pub struct Arrived {
    /// Those that the vault did not have.
    pub added: Vec<EntryId>,
    /// Those that it had otherwise, or had deleted.
    pub changed: Vec<EntryId>,
}

impl Arrival<'_> {
    /// Whether nothing tells the partition of this AWS entry, if it is taken in: somebody has to.
    pub fn lacks_partition(&self, theirs: &Entry) -> bool {
        let ours = match self {
            Self::New => None,
            Self::Changed { ours, .. } | Self::Deleted { ours } => Some(ours),
            Self::Same | Self::Repeated | Self::CounterBased => return false,
        };
        theirs.is_aws()
            && theirs.aws.partition.is_none()
            && ours.is_none_or(|ours| ours.aws.partition.is_none())
    }
}

impl Arrived {
    /// Whether there is nothing to save.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty()
    }
}

/// Where the record with a secret is, and which secrets arrived: by a digest of the secret under a
/// key of the vault, so that thousands are found without comparing each with each.
struct Index {
    key: Key,
    places: BTreeMap<Digest, usize>,
    arrived: BTreeSet<Digest>,
}

/// HMAC-SHA256.
type Digest = [u8; 32];

impl Index {
    /// Where two entries have one secret, the one that is not deleted counts.
    fn new(vault: &Vault) -> Self {
        let key = vault.key.index_key(&vault.id);
        let mut places = BTreeMap::new();
        for (at, stored) in vault.records.iter().enumerate() {
            let Some(Payload { entry, .. }) = &stored.payload else { continue };
            let digest = digest(&key, &entry.key.secret);
            if entry.deleted.is_none() {
                places.insert(digest, at);
            } else {
                places.entry(digest).or_insert(at);
            }
        }
        Self { key, places, arrived: BTreeSet::new() }
    }
}

fn digest(key: &Key, secret: &SharedSecret) -> Digest {
    // EXPOSE: a keyed digest, by which equal secrets are found.
    authenticator(key, secret.expose()).finalize().into_bytes().into()
}

impl Vault {
    /// What each of these would be, in their order.
    pub fn arrivals(&self, entries: &[Entry]) -> Vec<Arrival<'_>> {
        let mut index = Index::new(self);
        entries.iter().map(|entry| self.arrival(entry, &mut index).0).collect()
    }

    /// Begins to take entries in, all in one save: what is new is added, what differs or was
    /// deleted becomes as it arrives, all else stays. With nothing to do, nothing is begun.
    ///
    /// `make_id` gives a fresh random id for each entry that is added.
    ///
    /// # Errors
    /// [`VaultError::SaveInProgress`], [`VaultError::VaultFull`], [`VaultError::EntryTextTooLong`].
    pub fn take_in(
        &mut self,
        entries: Vec<Entry>,
        mut make_id: impl FnMut() -> EntryId,
        random: &SaveRandom,
        now: UnixMillis,
    ) -> Result<Arrived, VaultError> {
        let mut index = Index::new(self);
        let mut arrived = Arrived::default();
        let mut changes = Vec::new();
        for entry in entries {
            entry.check()?;
            match self.arrival(&entry, &mut index) {
                (Arrival::New, _) => {
                    let id = make_id();
                    arrived.added.push(id);
                    let content = Content::Entry(Box::new(Payload::new(entry)));
                    changes.push(Change { at: None, id, content });
                }
                (Arrival::Changed { .. } | Arrival::Deleted { .. }, at) => {
                    let stored = at.and_then(|at| self.records.get(at));
                    let Some(StoredRecord { record, payload: Some(payload) }) = stored else {
                        continue;
                    };
                    let mut payload = payload.clone();
                    overwrite(&mut payload.entry, entry);
                    payload.entry.check()?;
                    arrived.changed.push(record.id);
                    let content = Content::Entry(Box::new(payload));
                    changes.push(Change { at, id: record.id, content });
                }
                (Arrival::Same | Arrival::Repeated | Arrival::CounterBased, _) => {}
            }
        }
        if !changes.is_empty() {
            self.begin(changes, random, now)?;
        }
        Ok(arrived)
    }

    /// Begins to undo what [`Vault::take_in`] did, in one save. What was added is taken out, unless it
    /// was changed since: then it is deleted, recoverably. What was changed becomes as it was in
    /// `before`, which may be left out when nothing was. Returns how many entries change; with none
    /// there is nothing to save.
    ///
    /// # Errors
    /// [`VaultError::EarlierUnreadable`] when a changed entry is not in `before`;
    /// [`VaultError::SaveInProgress`], [`VaultError::VaultFull`].
    pub fn undo_arrivals(
        &mut self,
        arrived: &Arrived,
        before: Option<&Earlier>,
        random: &SaveRandom,
        now: UnixMillis,
    ) -> Result<usize, VaultError> {
        let added: BTreeSet<_> = arrived.added.iter().collect();
        let changed: BTreeSet<_> = arrived.changed.iter().collect();
        let earlier = before.map_or(&[][..], |before| &before.records);
        let earlier: BTreeMap<_, _> =
            earlier.iter().map(|stored| (&stored.record.id, stored)).collect();
        let mut undone = Vec::new();
        for (at, StoredRecord { record, payload }) in self.records.iter().enumerate() {
            let Some(payload) = payload else { continue };
            let id = record.id;
            let content = if changed.contains(&id) {
                let was = &earlier.get(&id).ok_or(VaultError::EarlierUnreadable)?.record;
                let payload = was.payload.clone();
                Content::Carried { kind: was.kind, flags: was.flags, payload }
            } else if !added.contains(&id) || payload.entry.deleted.is_some() {
                continue;
            } else if record.is_first_version() {
                Content::Removed
            } else {
                let mut payload = payload.clone();
                payload.entry.deleted = Some(now.to_unix_time());
                Content::Entry(Box::new(payload))
            };
            undone.push(Change { at: Some(at), id, content });
        }
        // Its version comes after those that are taken out.
        if let Some(last @ Change { content: Content::Removed, .. }) = undone.last_mut() {
            last.content = Content::Tombstone;
        }
        let count = undone.len();
        if count > 0 {
            self.begin(undone, random, now)?;
        }
        Ok(count)
    }

    /// What an entry is, and the place of the record that has its secret.
    fn arrival(&self, entry: &Entry, index: &mut Index) -> (Arrival<'_>, Option<usize>) {
        if matches!(entry.key.factor, MovingFactor::Counter(_)) {
            return (Arrival::CounterBased, None);
        }
        let digest = digest(&index.key, &entry.key.secret);
        if !index.arrived.insert(digest) {
            return (Arrival::Repeated, None);
        }
        let at = index.places.get(&digest).copied();
        let payload = at.and_then(|at| self.records.get(at)?.payload.as_ref());
        let Some(Payload { entry: ours, .. }) = payload else { return (Arrival::New, None) };
        let arrival = match differences(ours, entry) {
            _ if ours.deleted.is_some() => Arrival::Deleted { ours },
            same if same.is_empty() => Arrival::Same,
            differences => Arrival::Changed { ours, differences },
        };
        (arrival, at)
    }
}

/// Whether the note that arrives says something new: it is not empty and does not stand in ours.
fn says_more(ours: &Entry, theirs: &Entry) -> bool {
    !theirs.note.is_empty() && !ours.note.contains(&theirs.note)
}

/// What differs.
fn differences(ours: &Entry, theirs: &Entry) -> Vec<Difference> {
    let (key, arriving) = (&ours.key, &theirs.key);
    [
        (key.issuer != arriving.issuer, Difference::Issuer),
        (key.account_name != arriving.account_name, Difference::AccountName),
        (key.algorithm != arriving.algorithm, Difference::Algorithm),
        (key.digits != arriving.digits, Difference::Digits),
        (key.factor != arriving.factor, Difference::Period),
        (says_more(ours, theirs), Difference::Note),
    ]
    .into_iter()
    .filter_map(|(differs, difference)| differs.then_some(difference))
    .collect()
}

/// Makes an entry as it arrives. What the vault knows beyond that stays: its place, its colour, its
/// partition, and whose it is as far as the new label does not say otherwise.
fn overwrite(ours: &mut Entry, theirs: Entry) {
    let note_is_new = says_more(ours, &theirs);
    let (known, told) = (&ours.aws, theirs.aws);
    ours.aws = AwsIdentity {
        partition: known.partition.or(told.partition),
        account_id: told.account_id.or_else(|| known.account_id.clone()),
        account_alias: told.account_alias.or_else(|| known.account_alias.clone()),
        principal: told.principal.or(known.principal),
        user_name: told.user_name.or_else(|| known.user_name.clone()),
        device_name: told.device_name.or_else(|| known.device_name.clone()),
        directory_id: told.directory_id.or_else(|| known.directory_id.clone()),
    };
    ours.key = theirs.key;
    ours.deleted = None;
    if note_is_new {
        ours.note = theirs.note;
    }
}
