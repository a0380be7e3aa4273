//! A passkey as a way to unlock: what its authenticator makes with the PRF extension (Web
//! Authentication Level 3, §10.1.4) is the key material of a slot.

use core::fmt;

use zeroize::Zeroizing;

use super::bytes::Reader;
use super::error::VaultError;

/// What an authenticator made of the salt: 32 bytes, wiped when dropped.
pub struct PrfOutput(Zeroizing<[u8; 32]>);

impl PrfOutput {
    /// Takes the `first` result of the extension.
    pub fn from_bytes(bytes: Zeroizing<[u8; 32]>) -> Self {
        Self(bytes)
    }

    /// The bytes. Each call says why it needs them in an `EXPOSE:` comment.
    pub(super) fn expose(&self) -> &[u8] {
        self.0.as_slice()
    }
}

impl fmt::Debug for PrfOutput {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PrfOutput")
    }
}

/// What a page needs to ask the authenticator again. Not secret: it stands in the header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    salt: [u8; Self::SALT_BYTES],
    credential_id: Vec<u8>,
}

impl Passkey {
    /// The length of the salt.
    pub const SALT_BYTES: usize = 32;
    /// The longest credential id (Web Authentication Level 3, §4).
    pub const MAX_CREDENTIAL_ID_BYTES: usize = 1023;

    /// A passkey with the salt that it was asked with.
    ///
    /// # Errors
    /// [`VaultError::HeaderMalformed`] when the credential id is empty or too long.
    pub fn new(credential_id: Vec<u8>, salt: [u8; Self::SALT_BYTES]) -> Result<Self, VaultError> {
        if (1..=Self::MAX_CREDENTIAL_ID_BYTES).contains(&credential_id.len()) {
            Ok(Self { salt, credential_id })
        } else {
            Err(VaultError::HeaderMalformed)
        }
    }

    /// The input of the PRF.
    pub fn salt(&self) -> &[u8; Self::SALT_BYTES] {
        &self.salt
    }

    /// Which credential.
    pub fn credential_id(&self) -> &[u8] {
        &self.credential_id
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let length = u16::try_from(self.credential_id.len()).unwrap_or(u16::MAX);
        [self.salt.as_slice(), &length.to_le_bytes(), &self.credential_id].concat()
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let salt = reader.array()?;
        let length = usize::from(reader.u16()?);
        Self::new(reader.take(length)?.to_vec(), salt).ok()
    }
}
