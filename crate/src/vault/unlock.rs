//! Making, opening and changing headers: all that ever sees a passphrase or recovery code.
//!
//! Runs in a Worker of its own. Nothing here touches a body.

mod new_key;
mod next_header;
mod random;
mod stretched;

pub use new_key::{
    BACKUP_RANDOM_BYTES, CREATE_RANDOM_BYTES, ROTATE_RANDOM_BYTES, RotatedKey, create,
    create_backup_key, rotate_key,
};
pub use next_header::{
    PASSKEY_RANDOM_BYTES, PASSPHRASE_RANDOM_BYTES, RECOVERY_RANDOM_BYTES, add_passkey,
    change_passphrase, remove_passkey, replace_recovery_code,
};
pub use stretched::{Stretched, derive_for_calibration};

use super::error::VaultError;
use super::header::Header;
use super::key::{VaultId, VaultKey};
use super::passkey::PrfOutput;
use super::passphrase::Passphrase;
use super::recovery::RecoveryCode;

/// What a person has to unlock the vault.
#[derive(Debug)]
pub enum UnlockSecret {
    /// The passphrase.
    Passphrase(Passphrase),
    /// The recovery code.
    RecoveryCode(RecoveryCode),
    /// What a passkey made of its salt.
    Passkey(PrfOutput),
}

/// A new vault's header, its key, and the recovery code to show once.
#[derive(Debug)]
pub struct NewVault {
    /// The first header.
    pub header: Header,
    /// The vault key.
    pub key: VaultKey,
    /// The recovery code.
    pub recovery_code: RecoveryCode,
}

/// An unlocked header.
#[derive(Debug)]
pub struct Unlocked {
    /// The authentic header with the highest revision.
    pub header: Header,
    /// The vault key.
    pub key: VaultKey,
}

/// Opens one of the stored headers, the newest first, and returns the newest authentic one.
///
/// # Errors
/// [`VaultError::HeaderMissing`]; the error of the damaged header when none can be read;
/// [`VaultError::NoSuchSlot`]; [`VaultError::WrongPassphraseOrTampered`] or
/// [`VaultError::WrongRecoveryCodeOrTampered`]; [`VaultError::HeaderTampered`];
/// [`VaultError::KdfMemoryUnavailable`].
pub fn unlock(stored: [Option<&[u8]>; 2], secret: &UnlockSecret) -> Result<Unlocked, VaultError> {
    let parsed: Vec<_> = stored.into_iter().flatten().map(Header::parse).collect();
    let refused = parsed.iter().find_map(|header| header.as_ref().err().copied());
    let mut headers: Vec<Header> = parsed.into_iter().flatten().collect();
    headers.sort_by_key(|header| core::cmp::Reverse(header.rev()));
    if headers.is_empty() {
        return Err(refused.unwrap_or(VaultError::HeaderMissing));
    }
    if !headers.iter().flat_map(Header::slots).any(|slot| slot.takes(secret)) {
        return Err(VaultError::NoSuchSlot);
    }
    let key = open_any(&headers, secret)?.ok_or(match secret {
        UnlockSecret::Passphrase(_) => VaultError::WrongPassphraseOrTampered,
        UnlockSecret::RecoveryCode(_) => VaultError::WrongRecoveryCodeOrTampered,
        UnlockSecret::Passkey(_) => VaultError::WrongPasskeyOrTampered,
    })?;
    let authentic = headers.into_iter().find(|header| header.verify(&key).is_ok());
    let header = authentic.ok_or(VaultError::HeaderTampered)?;
    Ok(Unlocked { header, key })
}

/// Tries each different slot once: a slot that stands in both headers is not derived twice.
fn open_any(headers: &[Header], secret: &UnlockSecret) -> Result<Option<VaultKey>, VaultError> {
    let mut tried: Vec<(VaultId, &[u8])> = Vec::new();
    for header in headers {
        for slot in header.slots() {
            let this = (header.vault_id(), slot.as_bytes());
            if tried.contains(&this) {
                continue;
            }
            tried.push(this);
            let key = slot.unwrap_key(&header.vault_id(), secret)?;
            if key.is_some() {
                return Ok(key);
            }
        }
    }
    Ok(None)
}
