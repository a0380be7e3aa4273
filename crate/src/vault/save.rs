//! Saving without input or output: what to write, and what to make of what was read back.

use super::body::{BodyHead, Plaintext};
use super::bytes::Reader;
use super::cipher::{NONCE_BYTES, Nonce};
use super::copies::{Copies, Side, StorageKey};
use super::error::VaultError;
use super::header::Header;
use super::key::VaultKey;
use super::load::open_body;
use super::record::{Dot, Hlc, Record, RecordType, Replica};
use super::{StoredRecord, Vault};
use crate::entry::{EntryId, Payload, UnixTime};

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
    side: Side,
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
    BodyCopy,
    /// The header in force is stored once more.
    HeaderCopy,
}

struct NextBody {
    rev: u64,
    counter: u32,
    clock: Hlc,
    changes: Vec<Placed>,
    /// The header that this body puts in force.
    header: Option<StagedHeader>,
}

/// A header that is stored and waits for the body that puts it in force.
pub(super) struct StagedHeader {
    header: Box<Header>,
    side: Side,
    /// For the body.
    nonce: Nonce,
}

/// A record, and the place of the one it replaces.
struct Placed {
    at: Option<usize>,
    stored: StoredRecord,
}

/// A change: the place and id of the record, and its new payload; none makes it a tombstone.
pub(super) type Change = (Option<usize>, EntryId, Option<Payload>);

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
            header_key: key.header_key(&id),
            body: Plaintext::new(0)?.seal(&body_key, head, &random.nonce),
            body_key,
            header,
            header_copies: Copies::ABSENT,
            staged: None,
            body_copies: Copies::ABSENT,
            rev: Self::FIRST_REV,
            records: Vec::new(),
            replica,
            counter: 0,
            clock: Hlc::default(),
            pending: None,
        })
    }

    /// The save in progress.
    pub fn pending_save(&self) -> Option<PendingSave<'_>> {
        self.pending.as_ref().map(|pending| PendingSave {
            key: match pending.effect {
                Effect::NextBody(_) | Effect::BodyCopy => pending.side.body_key(),
                Effect::StagedHeader(_) | Effect::HeaderCopy => pending.side.header_key(),
            },
            value: &pending.bytes,
            commits: match pending.effect {
                Effect::NextBody(_) => true,
                Effect::StagedHeader(_) | Effect::BodyCopy => false,
                // The first header of a new vault: from then on there is a vault.
                Effect::HeaderCopy => !self.header_copies.any_current(),
            },
        })
    }

    /// Begins to store what storage lacks: the body that puts a staged header in force, the first
    /// body and header of a new vault, the second copy of what was just saved, a copy in place of a
    /// damaged one. False when nothing is left.
    ///
    /// A first header is only stored when a body is: see [`presence`](super::presence). A header
    /// is only overwritten when both bodies name the one that is kept.
    ///
    /// # Errors
    /// [`VaultError::SaveInProgress`], [`VaultError::VaultFull`].
    pub fn begin_next_copy(&mut self) -> Result<bool, VaultError> {
        self.refuse_while_saving()?;
        if let Some(staged) = self.staged.take() {
            let nonce = staged.nonce;
            let next = NextBody {
                rev: self.next_rev()?,
                counter: self.counter,
                clock: self.clock,
                changes: Vec::new(),
                header: Some(staged),
            };
            self.begin_body(next, &nonce)?;
            return Ok(true);
        }
        let (body, header) = (self.body_copies, self.header_copies);
        let header_first = body.any_current() && !header.any_current();
        let (side, bytes, effect) = match (body.outdated(), header.outdated()) {
            (Some(side), _) if !header_first => (side, self.body.clone(), Effect::BodyCopy),
            (_, Some(side)) => (side, self.header.as_bytes().to_vec(), Effect::HeaderCopy),
            _ => return Ok(false),
        };
        self.start(Pending { side, bytes, effect });
        Ok(true)
    }

    /// Begins to store a new header, made by [`unlock`](super::unlock) from the one in force.
    ///
    /// It comes into force with the first [`Vault::begin_next_copy`] after it, which stores a body
    /// that names it; until then a crash leaves the earlier one in force. The copies after that
    /// overwrite the earlier header, so that what the new one replaced opens nothing any more.
    ///
    /// # Errors
    /// Those of [`Header::parse`]; [`VaultError::VaultIdMismatch`], [`VaultError::HeaderTampered`],
    /// [`VaultError::HeaderOutOfOrder`], [`VaultError::SaveInProgress`].
    pub fn begin_header(&mut self, bytes: &[u8], random: &SaveRandom) -> Result<(), VaultError> {
        self.refuse_while_saving()?;
        let header = Header::parse(bytes)?;
        if header.vault_id() != self.id {
            return Err(VaultError::VaultIdMismatch);
        }
        header.verify_with(&self.header_key)?;
        if self.header.rev().checked_add(1) != Some(header.rev()) {
            return Err(VaultError::HeaderOutOfOrder);
        }
        let side = self.header_copies.target();
        let staged = StagedHeader { header: Box::new(header), side, nonce: random.nonce };
        let effect = Effect::StagedHeader(staged);
        self.start(Pending { side, bytes: bytes.to_vec(), effect });
        Ok(())
    }

    /// Begins to save changed records in a body of the next revision.
    pub(super) fn begin(
        &mut self,
        changes: Vec<Change>,
        random: &SaveRandom,
        now: UnixMillis,
    ) -> Result<(), VaultError> {
        self.refuse_while_saving()?;
        let Dot { counter, .. } = self.next_dot(changes.len())?;
        let clock = self.clock.tick(now.0);
        let first = counter - u32::try_from(changes.len()).unwrap_or_default();
        let changes: Vec<Placed> = (first + 1..=counter)
            .zip(changes)
            .map(|(counter, (at, id, payload))| {
                let old = at.and_then(|at| self.records.get(at)).map(|stored| &stored.record);
                let record = Record {
                    kind: RecordType::ENTRY,
                    flags: if payload.is_some() { 0 } else { Record::TOMBSTONE },
                    id,
                    dot: Dot { replica: self.replica, counter },
                    hlc: clock,
                    context: old.map(Record::superseded).unwrap_or_default(),
                    payload: payload.as_ref().map(Payload::encode).unwrap_or_default(),
                };
                Placed { at, stored: StoredRecord { record, payload } }
            })
            .collect();
        let next = NextBody { rev: self.next_rev()?, counter, clock, changes, header: None };
        self.begin_body(next, &random.nonce)
    }

    fn begin_body(&mut self, next: NextBody, nonce: &Nonce) -> Result<(), VaultError> {
        let bytes = self.seal(&next, nonce)?;
        let side = self.body_copies.target();
        self.start(Pending { side, bytes, effect: Effect::NextBody(next) });
        Ok(())
    }

    /// The sealed body as it will be.
    fn seal(&self, next: &NextBody, nonce: &Nonce) -> Result<Vec<u8>, VaultError> {
        let changes = &next.changes;
        let kept = self
            .records
            .iter()
            .enumerate()
            .filter(|(at, _)| !changes.iter().any(|change| change.at == Some(*at)))
            .map(|(_, stored)| &stored.record);
        let records = || kept.clone().chain(changes.iter().map(|change| &change.stored.record));
        let length = records().map(Record::encoded_length).sum();
        let mut plaintext = Plaintext::new(length)?;
        records().for_each(|record| record.encode(plaintext.records()));
        let head = BodyHead {
            vault_id: self.id,
            rev: next.rev,
            replica: self.replica,
            header_rev: next.header.as_ref().map_or(&self.header, |new| &new.header).rev(),
        };
        Ok(plaintext.seal(&self.body_key, head, nonce))
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
        let Pending { side, bytes, effect } = pending;
        match effect {
            Effect::BodyCopy => self.body_copies.holds_current(side),
            Effect::HeaderCopy => self.header_copies.holds_current(side),
            Effect::StagedHeader(staged) => {
                self.header_copies.holds_other(side);
                self.staged = Some(staged);
            }
            Effect::NextBody(next) => {
                self.body_copies.holds_next(side);
                self.body = bytes;
                (self.rev, self.counter, self.clock) = (next.rev, next.counter, next.clock);
                self.apply(next.changes);
                if let Some(StagedHeader { header, side, .. }) = next.header {
                    self.header_copies.holds_next(side);
                    self.header = *header;
                }
            }
        }
        Ok(())
    }

    /// Gives up the save in progress. The earlier state stays in force; what was to be written may
    /// or may not be in storage.
    pub fn abandon(&mut self) {
        self.pending = None;
    }

    fn apply(&mut self, changes: Vec<Placed>) {
        for Placed { at, stored } in changes {
            match at.and_then(|at| self.records.get_mut(at)) {
                Some(place) => *place = stored,
                None => self.records.push(stored),
            }
        }
    }

    /// Whether the written bytes open: what cannot be opened again was not saved.
    fn opens(&self, pending: &Pending) -> bool {
        match &pending.effect {
            Effect::NextBody(next) => self.opens_as(&pending.bytes, next.rev),
            Effect::BodyCopy => self.opens_as(&pending.bytes, self.rev),
            Effect::StagedHeader(_) | Effect::HeaderCopy => Header::parse(&pending.bytes)
                .and_then(|header| header.verify_with(&self.header_key))
                .is_ok(),
        }
    }

    fn opens_as(&self, sealed: &[u8], rev: u64) -> bool {
        open_body(&self.body_key, &self.id, sealed).is_ok_and(|(head, _)| head.rev == rev)
    }

    fn refuse_while_saving(&self) -> Result<(), VaultError> {
        if self.pending.is_some() { Err(VaultError::SaveInProgress) } else { Ok(()) }
    }

    fn next_rev(&self) -> Result<u64, VaultError> {
        self.rev.checked_add(1).ok_or(VaultError::VaultFull)
    }

    fn start(&mut self, pending: Pending) {
        // Whatever is begun instead of the body that a staged header waits for gives it up.
        self.staged = None;
        match pending.effect {
            Effect::NextBody(_) | Effect::BodyCopy => self.body_copies.write_begins(pending.side),
            Effect::StagedHeader(_) | Effect::HeaderCopy => {
                self.header_copies.write_begins(pending.side);
            }
        }
        self.pending = Some(pending);
    }
}
