//! Changes of entries, each begun here and saved by whoever writes it.

use std::collections::BTreeMap;

use super::Vault;
use super::error::VaultError;
use super::save::{Change, Content, SaveRandom, UnixMillis};
use crate::entry::{Entry, EntryId, Payload, UnixTime};

impl Vault {
    /// Begins to add an entry; [`Vault::pending_save`] is what to write.
    ///
    /// # Errors
    /// [`VaultError::SaveInProgress`], [`VaultError::ReadOnly`], [`VaultError::VaultFull`],
    /// [`VaultError::EntryTextTooLong`].
    pub fn add(
        &mut self,
        entry: Entry,
        random: &SaveRandom,
        now: UnixMillis,
    ) -> Result<EntryId, VaultError> {
        entry.check()?;
        let id = random.entry_id();
        let content = Content::Entry(Box::new(Payload::new(entry)));
        self.begin(vec![Change { at: None, id, content }], random, now)?;
        Ok(id)
    }

    /// Begins to change an entry in whatever `edit` changes.
    ///
    /// # Errors
    /// [`VaultError::NoSuchEntry`], and as [`Vault::add`].
    pub fn edit(
        &mut self,
        id: EntryId,
        edit: impl FnOnce(&mut Entry),
        random: &SaveRandom,
        now: UnixMillis,
    ) -> Result<(), VaultError> {
        self.edit_all([(id, edit)], random, now)
    }

    /// Begins to change several entries in one save: all of them change or none. An entry may be
    /// named more than once; its edits follow one another.
    ///
    /// # Errors
    /// As [`Vault::edit`].
    pub fn edit_all<Edit: FnOnce(&mut Entry)>(
        &mut self,
        edits: impl IntoIterator<Item = (EntryId, Edit)>,
        random: &SaveRandom,
        now: UnixMillis,
    ) -> Result<(), VaultError> {
        let mut edited: BTreeMap<usize, (EntryId, Payload)> = BTreeMap::new();
        for (id, edit) in edits {
            let (at, (_, payload)) = self.find(id)?;
            let (_, payload) = edited.entry(at).or_insert_with(|| (id, payload.clone()));
            edit(&mut payload.entry);
            payload.entry.check()?;
        }
        let changes = edited.into_iter().map(|(at, (id, payload))| Change {
            at: Some(at),
            id,
            content: Content::Entry(Box::new(payload)),
        });
        self.begin(changes.collect(), random, now)
    }

    /// Begins to delete an entry, which can be restored for [`Vault::TRASH_SECONDS`].
    ///
    /// # Errors
    /// As [`Vault::edit`].
    pub fn delete(
        &mut self,
        id: EntryId,
        random: &SaveRandom,
        now: UnixMillis,
    ) -> Result<(), VaultError> {
        self.edit(id, |entry| entry.deleted = Some(now.to_unix_time()), random, now)
    }

    /// Begins to restore a deleted entry.
    ///
    /// # Errors
    /// As [`Vault::edit`].
    pub fn restore(
        &mut self,
        id: EntryId,
        random: &SaveRandom,
        now: UnixMillis,
    ) -> Result<(), VaultError> {
        self.edit(id, |entry| entry.deleted = None, random, now)
    }

    /// Begins to erase the entries that were deleted more than [`Vault::TRASH_SECONDS`] ago: only
    /// a tombstone stays of each. Returns how many; with none there is nothing to save.
    ///
    /// # Errors
    /// As [`Vault::add`].
    pub fn purge(&mut self, random: &SaveRandom, now: UnixMillis) -> Result<usize, VaultError> {
        let is_expired = |deleted: UnixTime| {
            now.to_unix_time().0.saturating_sub(deleted.0) > Self::TRASH_SECONDS
        };
        let expired: Vec<_> = self
            .records
            .iter()
            .enumerate()
            .filter(|(_, stored)| {
                let entry = stored.payload.as_ref().map(|payload| &payload.entry);
                entry.and_then(|entry| entry.deleted).is_some_and(is_expired)
            })
            .map(|(at, stored)| Change {
                at: Some(at),
                id: stored.record.id,
                content: Content::Tombstone,
            })
            .collect();
        let count = expired.len();
        if count > 0 {
            self.begin(expired, random, now)?;
        }
        Ok(count)
    }
}
