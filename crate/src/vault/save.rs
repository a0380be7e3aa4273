//! Saving without input or output: what to write, and what to make of what was read back.

use super::body::{BodyHead, Plaintext};
use super::bytes::Reader;
use super::cipher::{NONCE_BYTES, Nonce};
use super::copies::{Copies, RingPlace, Side, StorageKey};
use super::error::VaultError;
use super::header::Header;
use super::key::{Key, VaultKey};
use super::load::open_body;
use super::record::{Dot, Hlc, Record, RecordType, Replica};
use super::{StoredRecord, Vault};
use zeroize::Zeroizing;

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
    key: StorageKey,
    bytes: Vec<u8>,
    effect: Effect,
}

/// What is to be written to the places of earlier bodies.
pub(super) enum RingDue {
    Nothing,
    /// The body that was in force before this one.
    Superseded {
        rev: u64,
        sealed: Vec<u8>,
    },
    /// After a rotation: the body in force over what is sealed under the earlier key, beginning
    /// with this place.
    Overwrite(u8),
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

struct NextBody {
    rev: u64,
    counter: u32,
    clock: Hlc,
    side: Side,
    changes: Vec<Placed>,
    /// The header that this body puts in force.
    header: Option<StagedHeader>,
}

/// A header that is stored and waits for the body that puts it in force.
pub(super) struct StagedHeader {
    header: Box<Header>,
    /// The key of the header, when it is not the one in force.
    key: Option<VaultKey>,
    side: Side,
    /// For the body.
    nonce: Nonce,
}

impl StagedHeader {
    fn is_authentic(&self, header_key: &Key) -> bool {
        match &self.key {
            Some(key) => self.header.verify(key),
            None => self.header.verify_with(header_key),
        }
        .is_ok()
    }
}

/// A record, and the place of the one it replaces.
struct Placed {
    at: Option<usize>,
    stored: StoredRecord,
}

/// A change of one record.
pub(super) struct Change {
    /// The place of the record that this one replaces.
    pub(super) at: Option<usize>,
    pub(super) id: EntryId,
    pub(super) content: Content,
}

/// What a record becomes.
pub(super) enum Content {
    Entry(Box<Payload>),
    /// Gone for good.
    Tombstone,
    /// As it stands in another body, whether or not this version understands it.
    Carried {
        kind: RecordType,
        flags: u8,
        payload: Zeroizing<Vec<u8>>,
    },
}

impl Content {
    /// `flags` are those of the record that it replaces: what is not known of them stays.
    fn into_parts(self, flags: u8) -> (RecordType, u8, Zeroizing<Vec<u8>>) {
        match self {
            Self::Entry(payload) => {
                (RecordType::ENTRY, flags & !Record::TOMBSTONE, payload.encode())
            }
            Self::Tombstone => (RecordType::ENTRY, flags | Record::TOMBSTONE, Zeroizing::default()),
            Self::Carried { kind, flags, payload } => (kind, flags, payload),
        }
    }
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

    /// Begins to store what storage lacks: the body that puts a staged header in force, the first
    /// body and header of a new vault, the second copy of what was just saved, a copy in place of a
    /// damaged one, and last the body that was in force before, among the earlier ones. False when
    /// nothing is left.
    ///
    /// A first header is only stored when a body is: see [`presence`](super::presence). A header
    /// is only overwritten when both bodies name the one that is kept; but the header of a new key
    /// is stored twice before the second body of the old key goes.
    ///
    /// # Errors
    /// [`VaultError::SaveInProgress`], [`VaultError::ReadOnly`], [`VaultError::VaultFull`].
    pub fn begin_next_copy(&mut self) -> Result<bool, VaultError> {
        self.refuse_unless_ready()?;
        if let Some(staged) = self.staged.take() {
            let nonce = staged.nonce;
            let next = NextBody {
                rev: self.next_rev()?,
                counter: self.counter,
                clock: self.clock,
                side: self.body_copies.target(),
                changes: Vec::new(),
                header: Some(staged),
            };
            self.begin_body(next, &nonce)?;
            return Ok(true);
        }
        let (body, header) = (self.body_copies, self.header_copies);
        let header_first = body.any_current() && (!header.any_current() || self.key_is_new);
        let (body, header) = (body.outdated(), header.outdated());
        let (key, bytes, effect) = match (body, header) {
            (Some(side), None) => (side.body_key(), self.body.clone(), Effect::BodyCopy(side)),
            (Some(side), _) if !header_first => {
                (side.body_key(), self.body.clone(), Effect::BodyCopy(side))
            }
            (_, Some(side)) => {
                (side.header_key(), self.header.as_bytes().to_vec(), Effect::HeaderCopy(side))
            }
            (None, None) => match self.next_of_ring() {
                Some((place, bytes)) => (StorageKey::Earlier(place), bytes, Effect::EarlierBody),
                None => return Ok(false),
            },
        };
        self.start(Pending { key, bytes, effect });
        Ok(true)
    }

    /// What to keep among the earlier bodies next. What fails is not tried again: it is one of
    /// several.
    fn next_of_ring(&mut self) -> Option<(RingPlace, Vec<u8>)> {
        match core::mem::replace(&mut self.ring, RingDue::Nothing) {
            RingDue::Nothing => None,
            RingDue::Superseded { rev, sealed } => {
                Some((RingPlace::for_body(rev, sealed.len()), sealed))
            }
            RingDue::Overwrite(place) => {
                let (at, bytes) = (RingPlace::all().nth(place.into())?, self.body.clone());
                self.ring = RingDue::Overwrite(place + 1);
                Some((at, bytes))
            }
        }
    }

    /// Begins to store a new header, made by [`unlock`](super::unlock) from the one in force.
    ///
    /// It comes into force with the first [`Vault::begin_next_copy`] after it, which stores a body
    /// that names it; until then a crash leaves the earlier one in force. The copies after that
    /// overwrite the earlier header, so that what the new one replaced opens nothing any more.
    ///
    /// # Errors
    /// Those of [`Header::parse`]; [`VaultError::VaultIdMismatch`], [`VaultError::HeaderTampered`],
    /// [`VaultError::HeaderOutOfOrder`], [`VaultError::SaveInProgress`], [`VaultError::ReadOnly`].
    pub fn begin_header(&mut self, bytes: &[u8], random: &SaveRandom) -> Result<(), VaultError> {
        self.stage_header(bytes, None, random)
    }

    /// Begins to store the header of a new vault key, made by
    /// [`unlock::rotate_key`](super::unlock::rotate_key). As [`Vault::begin_header`]; the body
    /// that puts it in force is encrypted under the new key, and so is everything after it.
    ///
    /// # Errors
    /// As [`Vault::begin_header`].
    pub fn begin_key(
        &mut self,
        bytes: &[u8],
        key: &VaultKey,
        random: &SaveRandom,
    ) -> Result<(), VaultError> {
        self.stage_header(bytes, Some(key.copy()), random)
    }

    fn stage_header(
        &mut self,
        bytes: &[u8],
        key: Option<VaultKey>,
        random: &SaveRandom,
    ) -> Result<(), VaultError> {
        self.refuse_unless_ready()?;
        let header = Header::parse(bytes)?;
        if header.vault_id() != self.id {
            return Err(VaultError::VaultIdMismatch);
        }
        let in_order = self.header.rev().checked_add(1) == Some(header.rev());
        let side = self.header_copies.target();
        let staged = StagedHeader { header: Box::new(header), key, side, nonce: random.nonce };
        if !staged.is_authentic(&self.header_key) {
            return Err(VaultError::HeaderTampered);
        }
        if !in_order {
            return Err(VaultError::HeaderOutOfOrder);
        }
        let effect = Effect::StagedHeader(staged);
        self.start(Pending { key: side.header_key(), bytes: bytes.to_vec(), effect });
        Ok(())
    }

    /// Begins to save changed records in a body of the next revision.
    pub(super) fn begin(
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
                let (kind, flags, payload) = content.into_parts(old.map_or(0, |old| old.flags));
                let record = Record {
                    kind,
                    flags,
                    id,
                    dot: Dot { replica: self.replica, counter },
                    hlc: clock,
                    context: old.map(Record::superseded).unwrap_or_default(),
                    payload,
                };
                Placed { at, stored: StoredRecord::new(record) }
            })
            .collect();
        let side = self.body_copies.target();
        let next = NextBody { rev: self.next_rev()?, counter, clock, side, changes, header: None };
        self.begin_body(next, &random.nonce)
    }

    /// Begins to save the records as they are in a body of revision `rev`.
    pub(super) fn begin_unchanged(
        &mut self,
        rev: u64,
        random: &SaveRandom,
    ) -> Result<(), VaultError> {
        let (counter, clock, side) = (self.counter, self.clock, self.body_copies.target());
        let next = NextBody { rev, counter, clock, side, changes: Vec::new(), header: None };
        self.begin_body(next, &random.nonce)
    }

    fn begin_body(&mut self, next: NextBody, nonce: &Nonce) -> Result<(), VaultError> {
        let bytes = self.seal(&next, nonce)?;
        self.start(Pending { key: next.side.body_key(), bytes, effect: Effect::NextBody(next) });
        Ok(())
    }

    /// The key of the body as it will be.
    fn next_body_key(&self, next: &NextBody) -> Key {
        let new = next.header.as_ref().and_then(|staged| staged.key.as_ref());
        new.map_or_else(|| self.body_key.clone(), |key| key.body_key(&self.id))
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
        Ok(plaintext.seal(&self.next_body_key(next), head, nonce))
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
