//! The ciphers of other programs, and how their bytes are written.

use aes::Aes256;
use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use cbc::Decryptor;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, KeyIvInit};
use data_encoding::{BASE64, BASE64_NOPAD, HEXLOWER_PERMISSIVE};
use zeroize::Zeroizing;

use super::error::{Damage, ImportError};

/// What was decrypted.
pub(super) type Plain = Zeroizing<Vec<u8>>;

/// AES-256-GCM (SP 800-38D) with a nonce of 96 bits; the ciphertext ends with its tag. `None` when
/// the tag does not hold.
pub(super) fn open_gcm(
    key: &[u8; 32],
    nonce: &[u8; 12],
    sealed: &[u8],
    aad: &[u8],
) -> Option<Plain> {
    let cipher = Aes256Gcm::new(key.into());
    let payload = Payload { msg: sealed, aad };
    cipher.decrypt(&Nonce::from(*nonce), payload).ok().map(Zeroizing::new)
}

/// Seals what [`open_gcm`] opens, without further data. `None` when it is too long (64 GiB).
pub(crate) fn seal_gcm(key: &[u8; 32], nonce: &[u8; 12], plain: &[u8]) -> Option<Vec<u8>> {
    Aes256Gcm::new(key.into()).encrypt(&Nonce::from(*nonce), plain).ok()
}

/// AES-256-CBC with PKCS #7 padding. `None` when the padding is wrong.
pub(super) fn open_cbc(key: &[u8; 32], iv: &[u8; 16], sealed: &[u8]) -> Option<Plain> {
    let mut buffer = Zeroizing::new(sealed.to_vec());
    let cipher = Decryptor::<Aes256>::new(key.into(), iv.into());
    let length = cipher.decrypt_padded::<Pkcs7>(&mut buffer).ok()?.len();
    buffer.truncate(length);
    Some(buffer)
}

/// Base64 (RFC 4648 §4) with or without padding and line ends.
pub(super) fn base64(text: &str, part: &'static str) -> Result<Vec<u8>, ImportError> {
    let text: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let encoding = if text.ends_with('=') { BASE64 } else { BASE64_NOPAD };
    encoding.decode(text.as_bytes()).map_err(|_| Damage::Part(part).into())
}

/// Hexadecimal of either case.
pub(super) fn hex(text: &str, part: &'static str) -> Result<Vec<u8>, ImportError> {
    HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes()).map_err(|_| Damage::Part(part).into())
}

/// Exactly `N` bytes.
pub(super) fn exactly<const N: usize>(
    bytes: &[u8],
    part: &'static str,
) -> Result<[u8; N], ImportError> {
    bytes.try_into().map_err(|_| Damage::Part(part).into())
}
