//! New vault keys and their first headers: of a vault, of one that is encrypted anew, of a backup.

use super::random::Random;
use super::{NewVault, Stretched, Unlocked};
use crate::vault::error::VaultError;
use crate::vault::header::Header;
use crate::vault::kdf::KdfParams;
use crate::vault::key::{VaultId, VaultKey};
use crate::vault::passphrase::Passphrase;
use crate::vault::recovery::RecoveryCode;
use crate::vault::slot::Slot;

/// The random bytes that [`create`] uses.
pub const CREATE_RANDOM_BYTES: usize = 164;
/// The random bytes that [`rotate_key`] uses, the salt of the passphrase not included.
pub const ROTATE_RANDOM_BYTES: usize = 172;
/// The random bytes that [`create_backup_key`] uses.
pub const BACKUP_RANDOM_BYTES: usize = 104;

/// Makes the header and key of a new vault. Runs the key derivation once.
///
/// # Errors
/// [`VaultError::KdfParamsOutOfRange`] below [`KdfParams::FLOOR`],
/// [`VaultError::KdfMemoryUnavailable`].
pub fn create(
    passphrase: &Passphrase,
    params: KdfParams,
    random: &[u8; CREATE_RANDOM_BYTES],
) -> Result<NewVault, VaultError> {
    let mut random = Random::new(random);
    let vault_id = VaultId::from_bytes(random.take());
    let key = VaultKey::from_bytes(random.secret());
    let recovery_code = RecoveryCode::from_bytes(random.secret());
    let context = random.context(vault_id, &key);
    let recovery_slot = Slot::for_recovery_code(&context, &recovery_code);
    let context = random.context(vault_id, &key);
    let stretched = Stretched::new(passphrase, params, random.take())?;
    let passphrase_slot = Slot::for_passphrase(&context, &stretched);
    let header = Header::build(&key, vault_id, 1, vec![passphrase_slot, recovery_slot]);
    Ok(NewVault { header, key, recovery_code })
}

/// A new vault key for the same vault, its header, and the new recovery code to show once.
pub type RotatedKey = NewVault;

/// Makes the next header under a new vault key. The passphrase stays; the recovery code is a new
/// one, and passkeys are left out, for nobody has the present ones at hand to wrap the new key.
/// The header also has the present key, encrypted under the new one: a body that is not yet
/// written anew opens by it.
///
/// # Errors
/// [`VaultError::HeaderMalformed`] when no revision is left.
pub fn rotate_key(
    unlocked: &Unlocked,
    passphrase: &Stretched,
    random: &[u8; ROTATE_RANDOM_BYTES],
) -> Result<RotatedKey, VaultError> {
    let mut random = Random::new(random);
    let vault_id = unlocked.header.vault_id();
    let key = VaultKey::from_bytes(random.secret());
    let recovery_code = RecoveryCode::from_bytes(random.secret());
    let slots = vec![
        Slot::for_passphrase(&random.context(vault_id, &key), passphrase),
        Slot::for_recovery_code(&random.context(vault_id, &key), &recovery_code),
        Slot::for_previous_key(&random.context(vault_id, &unlocked.key), &key),
    ];
    let rev = unlocked.header.rev().checked_add(1).ok_or(VaultError::HeaderMalformed)?;
    let header = Header::build(&key, vault_id, rev, slots);
    Ok(NewVault { header, key, recovery_code })
}

/// Makes the header and key of a backup, which has no recovery code. Runs the key derivation once.
///
/// # Errors
/// As [`create`].
pub fn create_backup_key(
    passphrase: &Passphrase,
    params: KdfParams,
    random: &[u8; BACKUP_RANDOM_BYTES],
) -> Result<Unlocked, VaultError> {
    let mut random = Random::new(random);
    let vault_id = VaultId::from_bytes(random.take());
    let key = VaultKey::from_bytes(random.secret());
    let stretched = Stretched::new(passphrase, params, random.take())?;
    let slot = Slot::for_passphrase(&random.context(vault_id, &key), &stretched);
    let header = Header::build(&key, vault_id, 1, vec![slot]);
    Ok(Unlocked { header, key })
}
