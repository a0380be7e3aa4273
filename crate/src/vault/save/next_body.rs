//! Changed records, or a header that comes into force, in a body of the next revision.

use std::collections::BTreeSet;

use zeroize::Zeroizing;

use super::{Effect, Pending, SaveRandom, StagedHeader, UnixMillis};
use crate::entry::{EntryId, Payload};
use crate::vault::body::{BodyHead, Plaintext};
use crate::vault::cipher::Nonce;
use crate::vault::copies::Side;
use crate::vault::error::VaultError;
use crate::vault::key::Key;
use crate::vault::record::{Dot, Hlc, Record, RecordType};
use crate::vault::{StoredRecord, Vault};

pub(super) struct NextBody {
    pub(super) rev: u64,
    pub(super) counter: u32,
    pub(super) clock: Hlc,
    pub(super) side: Side,
    pub(super) changes: Vec<Placed>,
    /// The header that this body puts in force.
    pub(super) header: Option<StagedHeader>,
}

/// A record, and the place of the one it replaces.
pub(super) struct Placed {
    pub(super) at: Option<usize>,
    /// `None` when nothing replaces it.
    pub(super) stored: Option<StoredRecord>,
}

/// A change of one record.
pub(in crate::vault) struct Change {
    /// The place of the record that this one replaces.
    pub(in crate::vault) at: Option<usize>,
    pub(in crate::vault) id: EntryId,
    pub(in crate::vault) content: Content,
}

/// What a record becomes.
pub(in crate::vault) enum Content {
    Entry(Box<Payload>),
    /// Gone for good.
    Tombstone,
    /// Gone without a trace. Its version must not be named again: the same save makes a later one.
    Removed,
    /// As it stands in another body, whether or not this version understands it.
    Carried {
        kind: RecordType,
        flags: u8,
        payload: Zeroizing<Vec<u8>>,
    },
}

impl Content {
    /// `flags` are those of the record that it replaces: what is not known of them stays. `None` for
    /// no record.
    fn into_parts(self, flags: u8) -> Option<(RecordType, u8, Zeroizing<Vec<u8>>)> {
        Some(match self {
            Self::Entry(payload) => {
                (RecordType::ENTRY, flags & !Record::TOMBSTONE, payload.encode())
            }
            Self::Tombstone => (RecordType::ENTRY, flags | Record::TOMBSTONE, Zeroizing::default()),
            Self::Removed => return None,
            Self::Carried { kind, flags, payload } => (kind, flags, payload),
        })
    }
}

impl Vault {
    /// Begins to save changed records in a body of the next revision.
    pub(in crate::vault) fn begin(
        &mut self,
        changes: Vec<Change>,
        random: &SaveRandom,
        now: UnixMillis,
    ) -> Result<(), VaultError> {
        self.refuse_unless_ready()?;
        let Dot { counter, .. } = self.next_dot(changes.len())?;
        let clock = self.clock.tick(now.0);
        let first = counter - u32::try_from(changes.len()).unwrap_or_default();
        let changes: Vec<Placed> = (first + 1..=counter)
            .zip(changes)
            .map(|(counter, Change { at, id, content })| {
                let old = at.and_then(|at| self.records.get(at)).map(|stored| &stored.record);
                let parts = content.into_parts(old.map_or(0, |old| old.flags));
                let record = parts.map(|(kind, flags, payload)| Record {
                    kind,
                    flags,
                    id,
                    dot: Dot { replica: self.replica, counter },
                    hlc: clock,
                    context: old.map(Record::superseded).unwrap_or_default(),
                    payload,
                });
                Placed { at, stored: record.map(StoredRecord::new) }
            })
            .collect();
        let side = self.body_copies.target();
        let next = NextBody { rev: self.next_rev()?, counter, clock, side, changes, header: None };
        self.begin_body(next, &random.nonce)
    }

    /// Begins to save the records as they are in a body of revision `rev`.
    pub(in crate::vault) fn begin_unchanged(
        &mut self,
        rev: u64,
        random: &SaveRandom,
    ) -> Result<(), VaultError> {
        let (counter, clock, side) = (self.counter, self.clock, self.body_copies.target());
        let next = NextBody { rev, counter, clock, side, changes: Vec::new(), header: None };
        self.begin_body(next, &random.nonce)
    }

    pub(super) fn begin_body(&mut self, next: NextBody, nonce: &Nonce) -> Result<(), VaultError> {
        let bytes = self.seal(&next, nonce)?;
        self.start(Pending { key: next.side.body_key(), bytes, effect: Effect::NextBody(next) });
        Ok(())
    }

    /// The key of the body as it will be.
    pub(super) fn next_body_key(&self, next: &NextBody) -> Key {
        let new = next.header.as_ref().and_then(|staged| staged.key.as_ref());
        new.map_or_else(|| self.body_key.clone(), |key| key.body_key(&self.id))
    }

    /// The sealed body as it will be.
    fn seal(&self, next: &NextBody, nonce: &Nonce) -> Result<Vec<u8>, VaultError> {
        let replaced: BTreeSet<usize> =
            next.changes.iter().filter_map(|change| change.at).collect();
        let kept = self.records.iter().enumerate().filter(|(at, _)| !replaced.contains(at));
        let kept = kept.map(|(_, stored)| stored);
        let changed = next.changes.iter().filter_map(|change| change.stored.as_ref());
        let records = || kept.clone().chain(changed.clone()).map(|stored| &stored.record);
        let length = records().map(Record::encoded_length).sum();
        let mut plaintext = Plaintext::new(length)?;
        records().for_each(|record| record.encode(plaintext.records()));
        let head = BodyHead {
            vault_id: self.id,
            rev: next.rev,
            replica: self.replica,
            header_rev: next.header.as_ref().map_or(&self.header, |new| &new.header).rev(),
        };
        Ok(plaintext.seal(&self.next_body_key(next), head, nonce))
    }
}
