//! The sealed body: everything the vault holds, encrypted as one, its length rounded up.

use zeroize::Zeroizing;

use super::bytes::Reader;
use super::cipher::{self, NONCE_BYTES, Nonce, TAG_BYTES};
use super::error::VaultError;
use super::key::{Key, VaultId};
use super::record::Replica;

const MAGIC: &[u8; 4] = b"DCB1";
const FORMAT: u8 = 1;
/// What stands before the ciphertext, all of it associated data.
const HEAD_BYTES: usize = 63;
/// The least plaintext: some 20 entries, so small vaults all look alike.
const MIN_PLAINTEXT_BYTES: usize = 4096;
/// The largest plaintext, some 10,000 entries. Two bodies in base64 stay inside the 10 MB that a
/// browser gives an extension.
pub(super) const MAX_PLAINTEXT_BYTES: usize = 2 * 1024 * 1024;

/// What a body says in clear. Authentic once it was opened.
#[derive(Clone, Copy)]
pub(super) struct BodyHead {
    pub(super) vault_id: VaultId,
    /// Counts the saves: of two bodies that open, the higher one is in force.
    pub(super) rev: u64,
    /// Who wrote it.
    pub(super) replica: Replica,
    /// The header revision in force when it was written.
    pub(super) header_rev: u32,
}

/// Why the value of one storage slot is not a body that opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Damage {
    /// Nothing is stored.
    Absent,
    /// It is not what it should be: cut short, overwritten or changed.
    Unreadable,
    /// It has a format that this version does not know.
    UnsupportedFormat,
    /// It belongs to another vault.
    OtherVault,
}

impl BodyHead {
    fn to_bytes(self, nonce: &Nonce) -> [u8; HEAD_BYTES] {
        let mut head = [0; HEAD_BYTES];
        let parts = MAGIC
            .iter()
            .copied()
            .chain([FORMAT])
            .chain(*self.vault_id.as_bytes())
            .chain(self.rev.to_le_bytes())
            .chain(self.replica.0)
            .chain(self.header_rev.to_le_bytes())
            .chain(*nonce);
        head.iter_mut().zip(parts).for_each(|(byte, part)| *byte = part);
        head
    }

    /// Reads the clear part, which anybody may have changed.
    pub(super) fn parse(bytes: &[u8]) -> Result<(Self, Nonce), Damage> {
        let mut reader = Reader::new(bytes);
        if reader.take(MAGIC.len()) != Some(MAGIC) {
            return Err(Damage::Unreadable);
        }
        if reader.u8().ok_or(Damage::Unreadable)? != FORMAT {
            return Err(Damage::UnsupportedFormat);
        }
        let head = (|| {
            Some((
                Self {
                    vault_id: VaultId::from_bytes(reader.array()?),
                    rev: reader.u64()?,
                    replica: Replica(reader.array()?),
                    header_rev: reader.u32()?,
                },
                reader.array::<NONCE_BYTES>()?,
            ))
        })();
        head.ok_or(Damage::Unreadable)
    }
}

/// The plaintext under construction: a length, the records, and zeros up to the padded length.
/// Sized at once, so that no reallocation leaves records behind in memory.
pub(super) struct Plaintext {
    bytes: Zeroizing<Vec<u8>>,
}

impl Plaintext {
    /// Room for `record_bytes` of records.
    pub(super) fn new(record_bytes: usize) -> Result<Self, VaultError> {
        let length = u32::try_from(record_bytes).map_err(|_| VaultError::VaultFull)?;
        let padded = padded_length(4 + record_bytes);
        if padded > MAX_PLAINTEXT_BYTES {
            return Err(VaultError::VaultFull);
        }
        let mut bytes = Zeroizing::new(Vec::with_capacity(HEAD_BYTES + padded + TAG_BYTES));
        bytes.resize(HEAD_BYTES, 0);
        bytes.extend_from_slice(&length.to_le_bytes());
        Ok(Self { bytes })
    }

    /// Where the records go.
    pub(super) fn records(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }

    /// Pads and encrypts in place.
    pub(super) fn seal(mut self, key: &Key, head: BodyHead, nonce: &Nonce) -> Vec<u8> {
        let padded = padded_length(self.bytes.len() - HEAD_BYTES);
        self.bytes.resize(HEAD_BYTES + padded, 0);
        let aad = head.to_bytes(nonce);
        let mut sealed = core::mem::take(&mut *self.bytes);
        let (clear, text) = sealed.split_at_mut(HEAD_BYTES);
        clear.copy_from_slice(&aad);
        let tag = cipher::seal(key, nonce, &aad, text);
        sealed.extend_from_slice(&tag);
        sealed
    }
}

/// A body that was opened.
pub(super) struct OpenBody {
    pub(super) head: BodyHead,
    bytes: Zeroizing<Vec<u8>>,
}

impl OpenBody {
    /// The bytes of the records.
    pub(super) fn records(&self) -> Result<&[u8], Damage> {
        let mut reader = Reader::new(&self.bytes);
        let records = reader
            .u32()
            .and_then(|length| usize::try_from(length).ok())
            .and_then(|length| reader.take(length));
        records.ok_or(Damage::Unreadable)
    }
}

/// Opens a sealed body of this vault.
pub(super) fn open(key: &Key, vault_id: &VaultId, sealed: &[u8]) -> Result<OpenBody, Damage> {
    let (head, nonce) = BodyHead::parse(sealed)?;
    if head.vault_id != *vault_id {
        return Err(Damage::OtherVault);
    }
    let (aad, text) = sealed.split_at_checked(HEAD_BYTES).ok_or(Damage::Unreadable)?;
    if text.len() > MAX_PLAINTEXT_BYTES + TAG_BYTES {
        return Err(Damage::Unreadable);
    }
    let mut bytes = Zeroizing::new(text.to_vec());
    let length = cipher::open(key, &nonce, aad, &mut bytes).map_err(|_| Damage::Unreadable)?.len();
    bytes.truncate(length);
    Ok(OpenBody { head, bytes })
}

/// The next power of two, at least 4,096: the size tells the number of entries only to within a
/// factor of two. (Padmé wastes less, but at this size its steps are an entry or two apart.)
fn padded_length(length: usize) -> usize {
    length.next_power_of_two().max(MIN_PLAINTEXT_BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pads_to_powers_of_two() {
        let padded = [0, 4096, 4097, 8192, 8193, 200_000].map(padded_length);
        assert_eq!(padded, [4096, 4096, 8192, 8192, 16_384, 262_144]);
    }

    #[test]
    fn takes_the_largest_body_and_refuses_one_byte_more() {
        assert!(Plaintext::new(MAX_PLAINTEXT_BYTES - 4).is_ok());
        let refused = Plaintext::new(MAX_PLAINTEXT_BYTES - 3).err();
        assert_eq!(refused, Some(VaultError::VaultFull));
    }
}
