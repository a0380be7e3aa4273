//! The slow derivation of a passphrase.

use zeroize::Zeroizing;

use crate::vault::error::{KdfField, VaultError};
use crate::vault::kdf::{self, KdfParams};
use crate::vault::key::Key;
use crate::vault::passphrase::Passphrase;
use crate::vault::slot::SALT_BYTES;

/// A passphrase after its slow derivation, to be wrapped around a key.
pub struct Stretched {
    pub(in crate::vault) material: Key,
    pub(in crate::vault) salt: [u8; SALT_BYTES],
    pub(in crate::vault) params: KdfParams,
}

impl Stretched {
    /// The length of a salt.
    pub const SALT_BYTES: usize = SALT_BYTES;

    /// Runs the key derivation once.
    ///
    /// # Errors
    /// [`VaultError::KdfParamsOutOfRange`] below [`KdfParams::FLOOR`],
    /// [`VaultError::KdfMemoryUnavailable`].
    pub fn new(
        passphrase: &Passphrase,
        params: KdfParams,
        salt: [u8; SALT_BYTES],
    ) -> Result<Self, VaultError> {
        refuse_below_the_floor(params)?;
        Ok(Self { material: kdf::derive(passphrase, &salt, params)?, salt, params })
    }
}

impl core::fmt::Debug for Stretched {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str("Stretched")
    }
}

/// Runs one derivation to see how long it takes here.
///
/// # Errors
/// [`VaultError::KdfMemoryUnavailable`].
pub fn derive_for_calibration(params: KdfParams) -> Result<(), VaultError> {
    let passphrase = Passphrase::from_utf8(Zeroizing::new(b"calibration".to_vec()))?;
    kdf::derive(&passphrase, &[0; 16], params).map(drop)
}

fn refuse_below_the_floor(params: KdfParams) -> Result<(), VaultError> {
    if params.is_at_least_the_floor() {
        return Ok(());
    }
    let field = if params.memory_kib() < KdfParams::FLOOR.memory_kib() {
        KdfField::Memory
    } else {
        KdfField::Passes
    };
    Err(VaultError::KdfParamsOutOfRange { field })
}
