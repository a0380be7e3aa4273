//! The header: who may unlock the vault, authenticated as a whole.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::bytes::Reader;
use super::error::VaultError;
use super::key::{Key, VaultId, VaultKey};
use super::passkey::Passkey;
use super::slot::{Slot, SlotKind};

const MAGIC: &[u8; 4] = b"DCV1";
const FORMAT: u8 = 1;
/// Magic, format, flags and vault id: what every slot is bound to.
const PREFIX_BYTES: usize = 22;
const MAC_BYTES: usize = 32;
const MAX_SLOTS: usize = 8;
/// The longest header read.
const MAX_BYTES: usize = 16 * 1024;

/// A header that was read: its structure and limits hold, but only [`Header::verify`] tells
/// whether it is authentic.
#[derive(Clone)]
pub struct Header {
    vault_id: VaultId,
    rev: u32,
    slots: Vec<Slot>,
    bytes: Vec<u8>,
}

impl Header {
    /// Reads a header and checks its structure and the limits of every key derivation in it.
    ///
    /// # Errors
    /// [`VaultError::NotAVault`], [`VaultError::UnsupportedFormat`],
    /// [`VaultError::HeaderMalformed`], [`VaultError::KdfParamsOutOfRange`].
    pub fn parse(bytes: &[u8]) -> Result<Self, VaultError> {
        let damaged = || VaultError::HeaderMalformed;
        let mut reader = Reader::new(bytes);
        if reader.take(MAGIC.len()) != Some(MAGIC) {
            return Err(VaultError::NotAVault);
        }
        let version = reader.u8().ok_or_else(damaged)?;
        if version != FORMAT {
            return Err(VaultError::UnsupportedFormat { version });
        }
        if bytes.len() > MAX_BYTES {
            return Err(damaged());
        }
        // Bit 0 will say that the vault is synchronised. A flag changes what a header means, so
        // one that is not known is not passed over.
        if reader.u8().ok_or_else(damaged)? != 0 {
            return Err(VaultError::UnsupportedFormat { version });
        }
        let vault_id = VaultId::from_bytes(reader.array().ok_or_else(damaged)?);
        let rev = reader.u32().ok_or_else(damaged)?;
        let count = usize::from(reader.u8().ok_or_else(damaged)?);
        if !(1..=MAX_SLOTS).contains(&count) {
            return Err(damaged());
        }
        let slots: Result<Vec<Slot>, VaultError> =
            (0..count).map(|_| Slot::read(&mut reader)).collect();
        let slots = slots?;
        if reader.rest().len() != MAC_BYTES {
            return Err(damaged());
        }
        Ok(Self { vault_id, rev, slots, bytes: bytes.to_vec() })
    }

    /// Writes a header and authenticates it.
    pub(super) fn build(key: &VaultKey, vault_id: VaultId, rev: u32, slots: Vec<Slot>) -> Self {
        let mut bytes = prefix(&vault_id).to_vec();
        bytes.extend_from_slice(&rev.to_le_bytes());
        bytes.push(u8::try_from(slots.len()).unwrap_or(u8::MAX));
        for slot in &slots {
            bytes.extend_from_slice(slot.as_bytes());
        }
        let mac = authenticator(&key.header_key(&vault_id), &bytes).finalize().into_bytes();
        bytes.extend_from_slice(&mac);
        Self { vault_id, rev, slots, bytes }
    }

    /// Checks that the header was written by somebody who had the vault key.
    ///
    /// # Errors
    /// [`VaultError::HeaderTampered`].
    pub fn verify(&self, key: &VaultKey) -> Result<(), VaultError> {
        self.verify_with(&key.header_key(&self.vault_id))
    }

    pub(super) fn verify_with(&self, header_key: &Key) -> Result<(), VaultError> {
        let (signed, mac) =
            self.bytes.split_last_chunk::<MAC_BYTES>().ok_or(VaultError::HeaderMalformed)?;
        authenticator(header_key, signed).verify_slice(mac).map_err(|_| VaultError::HeaderTampered)
    }

    /// Which vault it is for.
    pub fn vault_id(&self) -> VaultId {
        self.vault_id
    }

    /// Counts the headers of the vault, from 1.
    pub fn rev(&self) -> u32 {
        self.rev
    }

    /// The bytes to store.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether a passphrase slot costs less than new ones must, so that it should be wrapped anew.
    pub fn is_below_the_floor(&self) -> bool {
        self.slots.iter().any(|slot| match &slot.kind {
            SlotKind::Passphrase(params) => !params.is_at_least_the_floor(),
            _ => false,
        })
    }

    /// The passkey that opens the vault, when there is one.
    pub fn passkey(&self) -> Option<&Passkey> {
        self.slots.iter().find_map(|slot| match &slot.kind {
            SlotKind::Passkey(passkey) => Some(passkey),
            _ => None,
        })
    }

    /// The vault key before `key`, as this header has it after a rotation.
    pub(super) fn previous_key(&self, key: &VaultKey) -> Option<VaultKey> {
        self.slots.iter().find_map(|slot| slot.previous_key(&self.vault_id, key))
    }

    pub(super) fn slots(&self) -> &[Slot] {
        &self.slots
    }
}

impl core::fmt::Debug for Header {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(formatter, "Header(rev {}, {} slots)", self.rev, self.slots.len())
    }
}

/// The bytes that every slot is bound to.
pub(super) fn prefix(vault_id: &VaultId) -> [u8; PREFIX_BYTES] {
    let mut prefix = [0; PREFIX_BYTES];
    let parts = MAGIC.iter().copied().chain([FORMAT, 0]).chain(*vault_id.as_bytes());
    prefix.iter_mut().zip(parts).for_each(|(byte, part)| *byte = part);
    prefix
}

/// HMAC-SHA256 over `signed`.
pub(super) fn authenticator(key: &Key, signed: &[u8]) -> Hmac<Sha256> {
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length (RFC 2104 §3)")]
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_slice()).expect("HMAC takes any key");
    mac.update(signed);
    mac
}
