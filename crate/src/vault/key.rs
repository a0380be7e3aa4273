//! The vault key and what is derived from it.

use core::fmt;

use hkdf::Hkdf;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// A 256-bit key, wiped when dropped.
pub(super) type Key = Zeroizing<[u8; 32]>;

/// 16 random bytes that tell one vault from another. Not secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VaultId([u8; Self::BYTES]);

impl VaultId {
    /// The length of a vault id.
    pub const BYTES: usize = 16;

    /// Takes the bytes as they stand in a header or body.
    pub fn from_bytes(bytes: [u8; Self::BYTES]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8; Self::BYTES] {
        &self.0
    }
}

/// The random key at the root of a vault: every other key that protects records comes from it.
///
/// Wiped when dropped; `Debug` shows nothing of it.
pub struct VaultKey(Key);

impl VaultKey {
    /// The length of a vault key.
    pub const BYTES: usize = 32;

    /// Takes 32 bytes, which come from a random source or out of a header.
    pub fn from_bytes(bytes: Zeroizing<[u8; Self::BYTES]>) -> Self {
        Self(bytes)
    }

    /// The bytes. Each call says why it needs them in an `EXPOSE:` comment.
    pub fn expose(&self) -> &[u8; Self::BYTES] {
        &self.0
    }

    /// The key that authenticates the header.
    pub(super) fn header_key(&self, id: &VaultId) -> Key {
        self.derive(id, b"doorcode v1 hdr")
    }

    /// The key that encrypts the body.
    pub(super) fn body_key(&self, id: &VaultId) -> Key {
        self.derive(id, b"doorcode v1 body")
    }

    /// The key that authenticates a backup.
    pub(super) fn backup_key(&self, id: &VaultId) -> Key {
        self.derive(id, b"doorcode v1 backup")
    }

    /// The key of the digests by which equal secrets are found. They are in memory alone.
    pub(super) fn index_key(&self, id: &VaultId) -> Key {
        self.derive(id, b"doorcode v1 index")
    }

    /// The same key once more.
    pub(super) fn copy(&self) -> Self {
        Self(self.0.clone())
    }

    /// Whether both are the same, compared in constant time.
    pub fn is(&self, other: &Self) -> bool {
        self.0.ct_eq(other.0.as_slice()).into()
    }

    /// HKDF-SHA256 (RFC 5869) with the vault id as salt.
    fn derive(&self, id: &VaultId, info: &[u8]) -> Key {
        let mut key = Key::default();
        // EXPOSE: the input keying material of HKDF.
        hkdf_sha256(id, self.expose(), &[info], key.as_mut_slice());
        key
    }
}

impl fmt::Debug for VaultKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("VaultKey")
    }
}

/// HKDF-SHA256 with the vault id as salt, into at most 64 bytes.
pub(super) fn hkdf_sha256(id: &VaultId, material: &[u8], info: &[&[u8]], output: &mut [u8]) {
    let hkdf = Hkdf::<Sha256>::new(Some(id.as_bytes()), material);
    #[expect(clippy::expect_used, reason = "RFC 5869 §2.3: up to 255 * 32 bytes, asked for 64")]
    hkdf.expand_multi_info(info, output).expect("a short output");
}
