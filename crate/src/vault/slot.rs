//! One slot of a header: the vault key, wrapped for one way to unlock.

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::bytes::Reader;
use super::cipher::{self, NONCE_BYTES, Nonce, TAG_BYTES};
use super::error::{KdfField, VaultError};
use super::header;
use super::kdf::{self, KdfParams};
use super::key::{Key, VaultId, VaultKey, hkdf_sha256};
use super::passkey::{Passkey, PrfOutput};
use super::recovery::RecoveryCode;
use super::unlock::{Stretched, UnlockSecret};

/// Kind, length and id.
const HEAD_BYTES: usize = 19;
const COMMIT_BYTES: usize = 32;
const CIPHERTEXT_BYTES: usize = VaultKey::BYTES + TAG_BYTES;
/// A new salt. Up to [`MAX_SALT_BYTES`] are read.
pub(super) const SALT_BYTES: usize = 16;
const MAX_SALT_BYTES: usize = 32;
pub(super) const ID_BYTES: usize = 16;

const KIND_PASSPHRASE: u8 = 1;
const KIND_PASSKEY: u8 = 2;
const KIND_RECOVERY_CODE: u8 = 3;
const KIND_PREVIOUS_KEY: u8 = 5;
const KDF_NONE: u8 = 0;
const KDF_ARGON2ID: u8 = 1;

/// How a slot is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SlotKind {
    Passphrase(KdfParams),
    Passkey(Passkey),
    RecoveryCode,
    /// Not a way in: the vault key before this one, for whoever has this one.
    PreviousKey,
    /// A kind of a later version: kept, never opened.
    Unknown,
}

/// A slot as it stands in the header, its limits checked.
#[derive(Clone)]
pub(super) struct Slot {
    pub(super) kind: SlotKind,
    /// All bytes, so that a slot is carried over unchanged.
    bytes: Vec<u8>,
    salt: Vec<u8>,
    /// Where the commitment begins; nonce and ciphertext follow it.
    commit_at: usize,
}

impl Slot {
    /// Reads the slot at the front of `reader`. Costs beyond the limits are refused here, before
    /// anybody could derive with them.
    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, VaultError> {
        let damaged = || VaultError::HeaderMalformed;
        let kind = reader.u8().ok_or_else(damaged)?;
        let length = reader.u16().ok_or_else(damaged)?;
        let rest = usize::from(length).checked_sub(3).ok_or_else(damaged)?;
        let rest = reader.take(rest).ok_or_else(damaged)?;
        let mut bytes = vec![kind];
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(rest);
        if !(KIND_PASSPHRASE..=KIND_RECOVERY_CODE).contains(&kind) && kind != KIND_PREVIOUS_KEY {
            return Ok(Self { kind: SlotKind::Unknown, bytes, salt: Vec::new(), commit_at: 0 });
        }
        let mut reader = Reader::new(rest);
        reader.take(ID_BYTES).ok_or_else(damaged)?;
        let function = reader.u8().ok_or_else(damaged)?;
        let memory_kib = reader.u32().ok_or_else(damaged)?;
        let passes = reader.u16().ok_or_else(damaged)?;
        let lanes = reader.u8().ok_or_else(damaged)?;
        let salt_length = reader.u8().ok_or_else(damaged)?;
        let salt = reader.take(usize::from(salt_length)).ok_or_else(damaged)?;
        let out_of_range = |field| VaultError::KdfParamsOutOfRange { field };
        let kind = if kind == KIND_PASSPHRASE {
            if function != KDF_ARGON2ID {
                return Err(out_of_range(KdfField::Function));
            }
            if !(SALT_BYTES..=MAX_SALT_BYTES).contains(&salt.len()) {
                return Err(out_of_range(KdfField::Salt));
            }
            SlotKind::Passphrase(KdfParams::new(memory_kib, passes, lanes)?)
        } else if (function, memory_kib, passes, lanes, salt.len()) != (KDF_NONE, 0, 0, 0, 0) {
            return Err(out_of_range(KdfField::Function));
        } else if kind == KIND_PASSKEY {
            SlotKind::Passkey(Passkey::read(&mut reader).ok_or_else(damaged)?)
        } else if kind == KIND_RECOVERY_CODE {
            SlotKind::RecoveryCode
        } else {
            SlotKind::PreviousKey
        };
        let sealed = COMMIT_BYTES + NONCE_BYTES + CIPHERTEXT_BYTES;
        if reader.rest().len() != sealed {
            return Err(damaged());
        }
        let commit_at = bytes.len() - sealed;
        Ok(Self { kind, commit_at, salt: salt.to_vec(), bytes })
    }

    /// A slot that the passphrase opens.
    pub(super) fn for_passphrase(context: &WrapContext<'_>, stretched: &Stretched) -> Self {
        let (params, salt) = (stretched.params, stretched.salt);
        let mut bytes = context.head(KIND_PASSPHRASE, SALT_BYTES, KDF_ARGON2ID);
        bytes.extend_from_slice(&params.memory_kib().to_le_bytes());
        bytes.extend_from_slice(&params.passes().to_le_bytes());
        bytes.push(params.lanes());
        bytes.push(u8::try_from(SALT_BYTES).unwrap_or(0));
        bytes.extend_from_slice(&salt);
        let kind = SlotKind::Passphrase(params);
        Self::wrap(context, kind, bytes, salt.to_vec(), stretched.material.as_slice())
    }

    /// A slot that `code` opens.
    pub(super) fn for_recovery_code(context: &WrapContext<'_>, code: &RecoveryCode) -> Self {
        let bytes = context.head_without_derivation(KIND_RECOVERY_CODE, &[]);
        // EXPOSE: the code is the key material of its slot.
        let material = code.expose();
        Self::wrap(context, SlotKind::RecoveryCode, bytes, Vec::new(), material)
    }

    /// A slot that a passkey opens.
    pub(super) fn for_passkey(
        context: &WrapContext<'_>,
        passkey: Passkey,
        output: &PrfOutput,
    ) -> Self {
        let bytes = context.head_without_derivation(KIND_PASSKEY, &passkey.to_bytes());
        // EXPOSE: the output is the key material of its slot.
        let material = output.expose();
        Self::wrap(context, SlotKind::Passkey(passkey), bytes, Vec::new(), material)
    }

    /// The vault key that `context` has, for whoever has `key`, which came after it.
    pub(super) fn for_previous_key(context: &WrapContext<'_>, key: &VaultKey) -> Self {
        let bytes = context.head_without_derivation(KIND_PREVIOUS_KEY, &[]);
        // EXPOSE: the later key is the key material of this slot.
        let material = key.expose();
        Self::wrap(context, SlotKind::PreviousKey, bytes, Vec::new(), material)
    }

    /// The vault key before `key`, when this slot has it.
    pub(super) fn previous_key(&self, vault_id: &VaultId, key: &VaultKey) -> Option<VaultKey> {
        // EXPOSE: the key material of this slot.
        let material = key.expose();
        if self.kind == SlotKind::PreviousKey { self.open(vault_id, material) } else { None }
    }

    fn wrap(
        context: &WrapContext<'_>,
        kind: SlotKind,
        mut bytes: Vec<u8>,
        salt: Vec<u8>,
        material: &[u8],
    ) -> Self {
        let commit_at = bytes.len();
        let (key, commit) = wrapping_key(&context.vault_id, material, &bytes);
        bytes.extend_from_slice(commit.as_slice());
        let aad = [header::prefix(&context.vault_id).as_slice(), &bytes].concat();
        // EXPOSE: copied to be encrypted in place.
        let mut wrapped = *context.vault_key.expose();
        let tag = cipher::seal(&key, &context.nonce, &aad, &mut wrapped);
        bytes.extend_from_slice(&context.nonce);
        bytes.extend_from_slice(&wrapped);
        bytes.extend_from_slice(&tag);
        Self { kind, bytes, salt, commit_at }
    }

    /// Opens the slot: `None` when the secret is of another kind or does not fit.
    pub(super) fn unwrap_key(
        &self,
        vault_id: &VaultId,
        secret: &UnlockSecret,
    ) -> Result<Option<VaultKey>, VaultError> {
        match (&self.kind, secret) {
            (SlotKind::Passphrase(params), UnlockSecret::Passphrase(passphrase)) => {
                let material = kdf::derive(passphrase, &self.salt, *params)?;
                Ok(self.open(vault_id, material.as_slice()))
            }
            (SlotKind::RecoveryCode, UnlockSecret::RecoveryCode(code)) => {
                // EXPOSE: the code is the key material of its slot.
                Ok(self.open(vault_id, code.expose()))
            }
            (SlotKind::Passkey(_), UnlockSecret::Passkey(output)) => {
                // EXPOSE: the output is the key material of its slot.
                Ok(self.open(vault_id, output.expose()))
            }
            _ => Ok(None),
        }
    }

    fn open(&self, vault_id: &VaultId, material: &[u8]) -> Option<VaultKey> {
        let (bound, rest) = self.bytes.split_at_checked(self.commit_at)?;
        let (commit, rest) = rest.split_at_checked(COMMIT_BYTES)?;
        let (nonce, ciphertext) = rest.split_first_chunk::<NONCE_BYTES>()?;
        let (key, expected) = wrapping_key(vault_id, material, bound);
        // XChaCha20-Poly1305 does not commit to its key: a ciphertext can be made that opens under
        // several. The commitment does, so it is compared first.
        if !bool::from(expected.ct_eq(commit)) {
            return None;
        }
        let aad = [header::prefix(vault_id).as_slice(), bound, commit].concat();
        let mut wrapped = Zeroizing::new([0; CIPHERTEXT_BYTES]);
        wrapped.copy_from_slice(ciphertext);
        let opened = cipher::open(&key, nonce, &aad, wrapped.as_mut_slice()).ok()?;
        let mut vault_key = Key::default();
        vault_key.copy_from_slice(opened);
        Some(VaultKey::from_bytes(vault_key))
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether `secret` is of the kind that this slot takes.
    pub(super) fn takes(&self, secret: &UnlockSecret) -> bool {
        matches!(
            (&self.kind, secret),
            (SlotKind::Passphrase(_), UnlockSecret::Passphrase(_))
                | (SlotKind::Passkey(_), UnlockSecret::Passkey(_))
                | (SlotKind::RecoveryCode, UnlockSecret::RecoveryCode(_))
        )
    }
}

/// What a new slot is bound to.
pub(super) struct WrapContext<'a> {
    pub(super) vault_id: VaultId,
    pub(super) vault_key: &'a VaultKey,
    pub(super) slot_id: [u8; ID_BYTES],
    pub(super) nonce: Nonce,
}

impl WrapContext<'_> {
    /// `more` bytes follow the costs: the salt, or what the passkey is.
    fn head(&self, kind: u8, more: usize, function: u8) -> Vec<u8> {
        let length = HEAD_BYTES + 9 + more + COMMIT_BYTES + NONCE_BYTES + CIPHERTEXT_BYTES;
        let mut bytes = Vec::with_capacity(length);
        bytes.push(kind);
        bytes.extend_from_slice(&u16::try_from(length).unwrap_or(u16::MAX).to_le_bytes());
        bytes.extend_from_slice(&self.slot_id);
        bytes.push(function);
        bytes
    }

    /// As [`head`](Self::head), with no costs and no salt, and `more` after them.
    fn head_without_derivation(&self, kind: u8, more: &[u8]) -> Vec<u8> {
        let mut bytes = self.head(kind, more.len(), KDF_NONE);
        bytes.extend_from_slice(&[0; 8]);
        bytes.extend_from_slice(more);
        bytes
    }
}

/// The key that wraps the vault key, and the commitment to it, from one HKDF output.
fn wrapping_key(
    vault_id: &VaultId,
    material: &[u8],
    bound: &[u8],
) -> (Key, Zeroizing<[u8; COMMIT_BYTES]>) {
    let mut output = Zeroizing::new([0; 64]);
    hkdf_sha256(vault_id, material, &[b"doorcode v1 slot", bound], output.as_mut_slice());
    let (mut key, mut commit) = (Key::default(), Zeroizing::new([0; COMMIT_BYTES]));
    let (first, second) = output.split_at(key.len());
    key.copy_from_slice(first);
    commit.copy_from_slice(second);
    (key, commit)
}
