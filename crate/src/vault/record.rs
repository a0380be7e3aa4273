//! Records: what the body holds, each with the versions that a later merge needs.

use zeroize::Zeroizing;

use super::bytes::Reader;
use crate::entry::EntryId;

/// The bytes of a record before its context and payload, its length prefix included.
const FIXED_BYTES: usize = 41;
const DOT_BYTES: usize = 10;
/// The superseded versions that a record remembers. Forgetting an older one can only make a later
/// merge show two versions where one would do.
const MAX_CONTEXT: usize = 16;

/// Six random bytes that name one writer: one browser profile between two starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Replica(pub [u8; 6]);

/// The name of one version of one record: who wrote it, and that writer's how-manieth change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dot {
    pub(super) replica: Replica,
    pub(super) counter: u32,
}

/// A hybrid logical clock: Unix time in milliseconds, never going back, and a count within one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hlc {
    pub(super) unix_millis: u64,
    pub(super) count: u16,
}

impl Hlc {
    /// The largest time that 48 bits hold.
    const MAX_MILLIS: u64 = (1 << 48) - 1;

    /// The next reading: the wall clock, or just after `self` when the clock stands behind it.
    pub(super) fn tick(self, now_unix_millis: u64) -> Self {
        let now = now_unix_millis.min(Self::MAX_MILLIS);
        if now > self.unix_millis {
            return Self { unix_millis: now, count: 0 };
        }
        match self.count.checked_add(1) {
            Some(count) => Self { count, ..self },
            None => Self { unix_millis: (self.unix_millis + 1).min(Self::MAX_MILLIS), count: 0 },
        }
    }
}

/// What a record is about. Types this version does not know are kept as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RecordType(pub(super) u8);

impl RecordType {
    /// One entry. Type 2 is for what belongs to the vault as a whole.
    pub(super) const ENTRY: Self = Self(1);
}

/// One record.
pub(super) struct Record {
    pub(super) kind: RecordType,
    /// Bit 0: the record is a tombstone, its payload is gone for good. Others are kept.
    pub(super) flags: u8,
    pub(super) id: EntryId,
    pub(super) dot: Dot,
    pub(super) hlc: Hlc,
    /// The versions that this one replaces.
    pub(super) context: Vec<Dot>,
    /// CBOR (RFC 8949), a map with integer keys.
    pub(super) payload: Zeroizing<Vec<u8>>,
}

impl Record {
    pub(super) const TOMBSTONE: u8 = 1;

    pub(super) fn is_tombstone(&self) -> bool {
        self.flags & Self::TOMBSTONE != 0
    }

    /// Whether it is as it was when it was added.
    pub(super) fn is_first_version(&self) -> bool {
        self.context.is_empty()
    }

    /// The context of a version that replaces this one.
    pub(super) fn superseded(&self) -> Vec<Dot> {
        let mut context: Vec<Dot> = self
            .context
            .iter()
            .copied()
            .filter(|dot| dot.replica != self.dot.replica)
            .chain([self.dot])
            .collect();
        context.drain(..context.len().saturating_sub(MAX_CONTEXT));
        context
    }

    /// The length when written.
    pub(super) fn encoded_length(&self) -> usize {
        FIXED_BYTES + self.context.len() * DOT_BYTES + self.payload.len()
    }

    pub(super) fn encode(&self, output: &mut Vec<u8>) {
        let length = u32::try_from(self.encoded_length() - 4).unwrap_or(u32::MAX);
        output.extend_from_slice(&length.to_le_bytes());
        output.extend_from_slice(&[self.kind.0, self.flags]);
        output.extend_from_slice(self.id.as_bytes());
        encode_dot(self.dot, output);
        output.extend(self.hlc.unix_millis.to_le_bytes().into_iter().take(6));
        output.extend_from_slice(&self.hlc.count.to_le_bytes());
        // At most 255 by construction: MAX_CONTEXT here, one byte when read.
        output.push(u8::try_from(self.context.len()).unwrap_or(u8::MAX));
        self.context.iter().for_each(|&dot| encode_dot(dot, output));
        output.extend_from_slice(&self.payload);
    }

    /// Reads every record; `None` when the bytes are not whole records.
    pub(super) fn decode_all(bytes: &[u8]) -> Option<Vec<Self>> {
        let mut reader = Reader::new(bytes);
        let mut records = Vec::new();
        while !reader.is_empty() {
            let length = usize::try_from(reader.u32()?).ok()?;
            records.push(Self::decode(Reader::new(reader.take(length)?))?);
        }
        Some(records)
    }

    fn decode(mut reader: Reader<'_>) -> Option<Self> {
        let kind = RecordType(reader.u8()?);
        let flags = reader.u8()?;
        let id = EntryId::from_bytes(reader.array()?);
        let dot = decode_dot(&mut reader)?;
        let hlc = Hlc { unix_millis: reader.u48()?, count: reader.u16()? };
        let context_length = reader.u8()?;
        let context: Option<Vec<Dot>> =
            (0..context_length).map(|_| decode_dot(&mut reader)).collect();
        let payload = Zeroizing::new(reader.rest().to_vec());
        Some(Self { kind, flags, id, dot, hlc, context: context?, payload })
    }
}

fn encode_dot(dot: Dot, output: &mut Vec<u8>) {
    output.extend_from_slice(&dot.replica.0);
    output.extend_from_slice(&dot.counter.to_le_bytes());
}

fn decode_dot(reader: &mut Reader<'_>) -> Option<Dot> {
    Some(Dot { replica: Replica(reader.array()?), counter: reader.u32()? })
}
