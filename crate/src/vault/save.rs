//! Saving without input or output: what to write, and what to make of what was read back.

mod next_body;
mod next_copy;
mod next_header;

use std::collections::BTreeSet;

pub(super) use next_body::{Change, Content};
pub(super) use next_copy::RingDue;
pub(super) use next_header::StagedHeader;

use super::Vault;
use super::body::{BodyHead, Plaintext};
use super::bytes::Reader;
use super::cipher::{NONCE_BYTES, Nonce};
use super::copies::{Copies, Side, StorageKey};
use super::error::VaultError;
use super::header::Header;
use super::key::{Key, VaultKey};
use super::load::open_body;
use super::record::{Hlc, Replica};
use crate::entry::{EntryId, UnixTime};
use next_body::{NextBody, Placed};

/// The time in milliseconds since 1970-01-01 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnixMillis(pub u64);

impl UnixMillis {
    /// The same in seconds, rounded down.
    pub fn to_unix_time(self) -> UnixTime {
        UnixTime(self.0 / 1000)
    }
}

/// Fresh random bytes for one change. Using them for a second one would repeat a nonce.
pub struct SaveRandom {
    nonce: Nonce,
    entry_id: EntryId,
}

impl SaveRandom {
    /// How many bytes one change takes.
    pub const BYTES: usize = NONCE_BYTES + EntryId::BYTES;

    /// Takes bytes from a cryptographic random source.
    pub fn from_bytes(bytes: &[u8; Self::BYTES]) -> Self {
        let mut reader = Reader::new(bytes);
        let nonce = reader.array().unwrap_or_default();
        Self { nonce, entry_id: EntryId::from_bytes(reader.array().unwrap_or_default()) }
    }

    pub(super) fn entry_id(&self) -> EntryId {
        self.entry_id
    }
}

impl core::fmt::Debug for SaveRandom {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str("SaveRandom")
    }
}

/// What to write, and under which key. The caller writes it, reads it back, and hands what it read
/// to [`Vault::confirm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PendingSave<'a> {
    /// Where to write it.
    pub key: StorageKey,
    /// What to write. Encrypted or authenticated; nothing in it is secret.
    pub value: &'a [u8],
    /// Once this is confirmed, the change may be acknowledged: what is written after it are second
    /// copies, and the failure of one takes nothing back.
    pub commits: bool,
}

/// A save that is not confirmed.
pub(super) struct Pending {
    key: StorageKey,
    bytes: Vec<u8>,
    effect: Effect,
}

/// What becomes of the vault once the save is confirmed.
enum Effect {
    /// The records change, or a header comes into force, in a body of this revision.
    NextBody(NextBody),
    /// A new header is stored. It is not in force yet.
    StagedHeader(StagedHeader),
    /// The body in force is stored once more.
    BodyCopy(Side),
    /// The header in force is stored once more.
    HeaderCopy(Side),
    /// An earlier body, or the one in force in its place, is kept.
    EarlierBody,
}

impl Vault {
    pub(super) const FIRST_REV: u64 = 1;

    /// Makes a new, empty vault of which nothing is stored yet: [`Vault::begin_next_copy`] until
    /// it says that nothing is left.
    ///
    /// # Errors
    /// [`VaultError::HeaderTampered`] when the header was not made with `key`.
    pub fn create(
        key: &VaultKey,
        header: Header,
        replica: Replica,
        random: &SaveRandom,
    ) -> Result<Self, VaultError> {
        header.verify(key)?;
        let id = header.vault_id();
        let body_key = key.body_key(&id);
        let head =
            BodyHead { vault_id: id, rev: Self::FIRST_REV, replica, header_rev: header.rev() };
        Ok(Self {
            id,
            key: key.copy(),
            key_is_new: false,
            header_key: key.header_key(&id),
            body: Plaintext::new(0)?.seal(&body_key, head, &random.nonce),
            body_key,
            header,
            header_copies: Copies::ABSENT,
            staged: None,
            body_copies: Copies::ABSENT,
            ring: RingDue::Nothing,
            rev: Self::FIRST_REV,
            records: Vec::new(),
            replica,
            counter: 0,
            clock: Hlc::default(),
            pending: None,
            rescue: None,
        })
    }

    /// The save in progress.
    pub fn pending_save(&self) -> Option<PendingSave<'_>> {
        self.pending.as_ref().map(|pending| PendingSave {
            key: pending.key,
            value: &pending.bytes,
            commits: match pending.effect {
                Effect::NextBody(_) => true,
                Effect::StagedHeader(_) | Effect::BodyCopy(_) | Effect::EarlierBody => false,
                // The first header of a new vault: from then on there is a vault.
                Effect::HeaderCopy(_) => !self.header_copies.any_current(),
            },
        })
    }

    /// Takes what was read back after the write; `None` when the write or the read failed.
    ///
    /// Only if it is what was to be written, and opens, does the change come into force.
    ///
    /// # Errors
    /// [`VaultError::NotSaved`]: the earlier state stays in force, and the next save goes to the
    /// same place. [`VaultError::NoSaveInProgress`].
    pub fn confirm(&mut self, read_back: Option<&[u8]>) -> Result<(), VaultError> {
        let pending = self.pending.take().ok_or(VaultError::NoSaveInProgress)?;
        if read_back != Some(pending.bytes.as_slice()) || !self.opens(&pending) {
            return Err(VaultError::NotSaved);
        }
        let Pending { bytes, effect, .. } = pending;
        match effect {
            Effect::BodyCopy(side) => self.body_copies.holds_current(side),
            Effect::HeaderCopy(side) => self.header_copies.holds_current(side),
            Effect::EarlierBody => {}
            Effect::StagedHeader(staged) => {
                self.header_copies.holds_other(staged.side);
                self.staged = Some(staged);
            }
            Effect::NextBody(next) => self.put_in_force(next, bytes),
        }
        Ok(())
    }

    fn put_in_force(&mut self, next: NextBody, bytes: Vec<u8>) {
        self.body_copies.holds_next(next.side);
        let sealed = core::mem::replace(&mut self.body, bytes);
        self.ring = RingDue::Superseded { rev: self.rev, sealed };
        (self.rev, self.counter, self.clock) = (next.rev, next.counter, next.clock);
        self.rescue = None;
        self.apply(next.changes);
        let Some(StagedHeader { header, key, side, .. }) = next.header else { return };
        self.header_copies.holds_next(side);
        self.header = *header;
        if let Some(key) = key {
            self.header_key = key.header_key(&self.id);
            self.body_key = key.body_key(&self.id);
            self.key = key;
            self.key_is_new = true;
            self.ring = RingDue::Overwrite(0);
        }
    }

    /// Gives up the save in progress. The earlier state stays in force; what was to be written may
    /// or may not be in storage.
    pub fn abandon(&mut self) {
        self.pending = None;
    }

    fn apply(&mut self, changes: Vec<Placed>) {
        let mut removed = BTreeSet::new();
        for Placed { at, stored } in changes {
            match (stored, at.and_then(|at| self.records.get_mut(at))) {
                (Some(stored), Some(place)) => *place = stored,
                (Some(stored), None) => self.records.push(stored),
                (None, _) => removed.extend(at),
            }
        }
        let mut places = 0..;
        self.records.retain(|_| places.next().is_none_or(|at| !removed.contains(&at)));
    }

    /// Whether the written bytes open: what cannot be opened again was not saved.
    fn opens(&self, pending: &Pending) -> bool {
        match &pending.effect {
            Effect::NextBody(next) => {
                self.opens_as(&pending.bytes, next.rev, &self.next_body_key(next))
            }
            Effect::BodyCopy(_) => self.opens_as(&pending.bytes, self.rev, &self.body_key),
            // It was in force: it opened then.
            Effect::EarlierBody => true,
            Effect::StagedHeader(staged) => staged.is_authentic(&self.header_key),
            Effect::HeaderCopy(_) => self.header.verify_with(&self.header_key).is_ok(),
        }
    }

    fn opens_as(&self, sealed: &[u8], rev: u64, body_key: &Key) -> bool {
        open_body(body_key, &self.id, sealed).is_ok_and(|(head, _)| head.rev == rev)
    }

    fn refuse_unless_ready(&self) -> Result<(), VaultError> {
        if self.rescue.is_some() {
            return Err(VaultError::ReadOnly);
        }
        self.refuse_while_saving()
    }

    pub(super) fn refuse_while_saving(&self) -> Result<(), VaultError> {
        if self.pending.is_some() { Err(VaultError::SaveInProgress) } else { Ok(()) }
    }

    fn next_rev(&self) -> Result<u64, VaultError> {
        self.rev.checked_add(1).ok_or(VaultError::VaultFull)
    }

    fn start(&mut self, pending: Pending) {
        // Whatever is begun instead of the body that a staged header waits for gives it up.
        self.staged = None;
        match &pending.effect {
            Effect::NextBody(NextBody { side, .. }) | Effect::BodyCopy(side) => {
                self.body_copies.write_begins(*side);
            }
            Effect::StagedHeader(StagedHeader { side, .. }) | Effect::HeaderCopy(side) => {
                self.header_copies.write_begins(*side);
            }
            Effect::EarlierBody => {}
        }
        self.pending = Some(pending);
    }
}
