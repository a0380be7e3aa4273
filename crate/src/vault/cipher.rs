//! XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03), in place.

use chacha20poly1305::aead::AeadInOut;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};

use super::key::Key;

/// The length of a nonce: 192 bits, so random ones do not collide.
pub(super) const NONCE_BYTES: usize = 24;
/// The length of the tag that follows the ciphertext.
pub(super) const TAG_BYTES: usize = 16;

/// A random nonce, used once.
pub(super) type Nonce = [u8; NONCE_BYTES];

/// The ciphertext was not made with this key, nonce and associated data.
#[derive(Debug)]
pub(super) struct NotAuthentic;

/// Encrypts `buffer` and returns the tag.
pub(super) fn seal(key: &Key, nonce: &Nonce, aad: &[u8], buffer: &mut [u8]) -> [u8; TAG_BYTES] {
    let cipher = XChaCha20Poly1305::new((&**key).into());
    let tag = cipher.encrypt_inout_detached(&XNonce::from(*nonce), aad, buffer.into());
    #[expect(clippy::expect_used, reason = "ChaCha20 ends at 256 GiB, a vault far below")]
    tag.expect("a short message").into()
}

/// Decrypts `buffer`, which is ciphertext followed by the tag, and returns the plaintext part.
/// On error the buffer holds what it held.
pub(super) fn open<'a>(
    key: &Key,
    nonce: &Nonce,
    aad: &[u8],
    buffer: &'a mut [u8],
) -> Result<&'a mut [u8], NotAuthentic> {
    let (text, tag) = buffer.split_last_chunk_mut::<TAG_BYTES>().ok_or(NotAuthentic)?;
    let cipher = XChaCha20Poly1305::new((&**key).into());
    cipher
        .decrypt_inout_detached(&XNonce::from(*nonce), aad, (&mut *text).into(), (&*tag).into())
        .map_err(|_| NotAuthentic)?;
    Ok(text)
}
