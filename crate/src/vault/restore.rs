//! Putting back what another body holds: a backup, or an earlier state of the same vault. Always as
//! a new revision, so that what was in force before is kept too.

use zeroize::Zeroizing;

use super::error::VaultError;
use super::key::VaultId;
use super::load::open_body;
use super::record::Record;
use super::save::{Change, Content, SaveRandom, UnixMillis};
use super::{StoredRecord, Vault};
use crate::entry::{Entry, EntryId, Payload};

/// An earlier body of a vault, opened.
pub struct Earlier {
    rev: u64,
    saved: UnixMillis,
    pub(super) records: Vec<StoredRecord>,
}

impl Earlier {
    pub(super) fn new(rev: u64, records: Vec<Record>) -> Self {
        let saved = records.iter().map(|record| record.hlc.unix_millis).max().unwrap_or_default();
        let records = records.into_iter().map(StoredRecord::new).collect();
        Self { rev, saved: UnixMillis(saved), records }
    }

    /// Which revision it was.
    pub fn rev(&self) -> u64 {
        self.rev
    }

    /// When the latest change in it was made; 0 when there is none.
    pub fn saved(&self) -> UnixMillis {
        self.saved
    }

    /// How many entries it has that are not deleted.
    pub fn entry_count(&self) -> usize {
        self.entries().count()
    }

    fn entries(&self) -> impl Iterator<Item = &Entry> {
        let entries =
            self.records.iter().filter_map(|stored| Some(&stored.payload.as_ref()?.entry));
        entries.filter(|entry| entry.deleted.is_none())
    }
}

impl core::fmt::Debug for Earlier {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(formatter, "Earlier(rev {}, {} records)", self.rev, self.records.len())
    }
}

/// What a restore would do, entry by entry.
#[derive(Debug, Default)]
pub struct RestorePlan<'a> {
    /// Entries that the vault does not have, or has deleted.
    pub add: Vec<&'a Entry>,
    /// Entries that the vault has with other names, notes or settings.
    pub change: Vec<&'a Entry>,
    /// Entries of the vault that stay as they are.
    pub keep: usize,
    /// Entries that only the vault has and that would be deleted, recoverably.
    pub delete: Vec<&'a Entry>,
}

/// How much of a backup is put back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restored {
    /// What is missing is added; what differs stays as it is in the vault.
    Missing,
    /// What differs becomes as it is in the backup, too.
    MissingAndChanged,
    /// The vault becomes as it was: what came later is deleted, recoverably.
    Everything,
}

/// What becomes of one record of the source.
enum Fate {
    Add(Option<usize>),
    Change(usize),
    Keep,
}

impl Vault {
    /// Opens an earlier body of this vault, which was kept under [`StorageKey::Earlier`].
    ///
    /// # Errors
    /// [`VaultError::EarlierUnreadable`].
    ///
    /// [`StorageKey::Earlier`]: super::StorageKey::Earlier
    pub fn earlier(&self, sealed: &[u8]) -> Result<Earlier, VaultError> {
        let opened = open_body(&self.body_key, &self.id, sealed);
        let (head, records) = opened.map_err(|_| VaultError::EarlierUnreadable)?;
        Ok(Earlier::new(head.rev, records))
    }

    /// What [`Vault::restore_from`] would do.
    pub fn plan_restore<'a>(&'a self, from: &'a Earlier, how: Restored) -> RestorePlan<'a> {
        let mut plan = RestorePlan::default();
        for stored in &from.records {
            let entry = stored.payload.as_ref().map(|payload| &payload.entry);
            let entry = entry.filter(|entry| entry.deleted.is_none());
            match (self.fate(stored), entry) {
                (Fate::Add(_), Some(entry)) => plan.add.push(entry),
                (Fate::Change(_), Some(entry)) => plan.change.push(entry),
                _ => {}
            }
        }
        if how == Restored::Everything {
            plan.delete = self.later_than(from).map(|(_, _, payload)| &payload.entry).collect();
            plan.delete.extend(from.records.iter().filter_map(|theirs| self.deleted_by(theirs)));
        }
        let live = self.live_entries().count();
        let changed = if how == Restored::Missing { 0 } else { plan.change.len() };
        plan.keep = live.saturating_sub(changed + plan.delete.len());
        plan
    }

    /// The entry that is deleted in `theirs` and not here.
    fn deleted_by(&self, theirs: &StoredRecord) -> Option<&Entry> {
        let gone = theirs.payload.as_ref().is_some_and(|one| one.entry.deleted.is_some());
        let ours = self.record_of(theirs.record.id)?.payload.as_ref()?;
        (gone && ours.entry.deleted.is_none()).then_some(&ours.entry)
    }

    /// Begins to put back what `from` has. Returns how many records change; with none there is
    /// nothing to save.
    ///
    /// # Errors
    /// [`VaultError::SaveInProgress`], [`VaultError::ReadOnly`], [`VaultError::VaultFull`].
    pub fn restore_from(
        &mut self,
        from: &Earlier,
        how: Restored,
        random: &SaveRandom,
        now: UnixMillis,
    ) -> Result<usize, VaultError> {
        let mut changes = Vec::new();
        for stored in &from.records {
            let at = match self.fate(stored) {
                Fate::Add(at) => at,
                Fate::Change(at) if how != Restored::Missing => Some(at),
                Fate::Change(_) | Fate::Keep => continue,
            };
            let Record { kind, flags, ref payload, id, .. } = stored.record;
            let content = Content::Carried { kind, flags, payload: payload.clone() };
            changes.push(Change { at, id, content });
        }
        if how == Restored::Everything {
            for (at, id, payload) in self.later_than(from) {
                let mut payload = payload.clone();
                payload.entry.deleted = Some(now.to_unix_time());
                changes.push(Change {
                    at: Some(at),
                    id,
                    content: Content::Entry(Box::new(payload)),
                });
            }
        }
        let count = changes.len();
        if count > 0 {
            self.begin(changes, random, now)?;
        }
        Ok(count)
    }

    fn fate(&self, theirs: &StoredRecord) -> Fate {
        if theirs.record.is_tombstone() {
            return Fate::Keep;
        }
        let same_id = self.place_of(theirs.record.id).zip(self.record_of(theirs.record.id));
        let Some((at, ours)) = same_id else {
            // The same secret under another id: added by hand meanwhile.
            let secret = theirs.payload.as_ref().map(|payload| &payload.entry.key.secret);
            let known = secret.is_some_and(|secret| self.entry_with_secret(secret).is_some());
            return if known { Fate::Keep } else { Fate::Add(None) };
        };
        let is_deleted = |stored: &StoredRecord| {
            let entry = stored.payload.as_ref().map(|payload| &payload.entry);
            stored.record.is_tombstone() || entry.is_some_and(|entry| entry.deleted.is_some())
        };
        if ours.record.kind == theirs.record.kind && ours.record.payload == theirs.record.payload {
            Fate::Keep
        } else if is_deleted(ours) && !is_deleted(theirs) {
            Fate::Add(Some(at))
        } else {
            Fate::Change(at)
        }
    }

    fn place_of(&self, id: EntryId) -> Option<usize> {
        self.records.iter().position(|stored| stored.record.id == id)
    }

    fn record_of(&self, id: EntryId) -> Option<&StoredRecord> {
        self.records.iter().find(|stored| stored.record.id == id)
    }

    /// Entries that are not deleted and that `from` does not have at all.
    fn later_than<'a>(
        &'a self,
        from: &'a Earlier,
    ) -> impl Iterator<Item = (usize, EntryId, &'a Payload)> {
        self.records.iter().enumerate().filter_map(|(at, stored)| {
            let id = stored.record.id;
            let payload = stored.payload.as_ref()?;
            let is_live = payload.entry.deleted.is_none();
            let is_later = from.records.iter().all(|other| other.record.id != id);
            (is_live && is_later).then_some((at, id, payload))
        })
    }

    /// The records that a backup carries: everything but what is deleted.
    pub(super) fn lasting_records(&self) -> impl Iterator<Item = &Record> {
        let deleted = |stored: &&StoredRecord| {
            let entry = stored.payload.as_ref().map(|payload| &payload.entry);
            stored.record.is_tombstone() || entry.is_some_and(|entry| entry.deleted.is_some())
        };
        self.records.iter().filter(move |stored| !deleted(stored)).map(|stored| &stored.record)
    }
}

/// Opens a body that is not one of this vault's copies.
pub(super) fn open_earlier(
    body_key: &Zeroizing<[u8; 32]>,
    id: &VaultId,
    sealed: &[u8],
) -> Option<Earlier> {
    let (head, records) = open_body(body_key, id, sealed).ok()?;
    Some(Earlier::new(head.rev, records))
}
