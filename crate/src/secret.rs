//! The shared secret (K of RFC 4226) and its base32 text (RFC 4648 §6).

use core::fmt;
use std::borrow::Cow;
use std::sync::OnceLock;

use base32::Alphabet;
use subtle::{Choice, ConstantTimeEq};
use thiserror::Error;
use zeroize::{Zeroize, Zeroizing};

use crate::hotp::{Algorithm, KeyedMac};

const RFC_4648: Alphabet = Alphabet::Rfc4648 { padding: false };

/// The secret that a virtual MFA device shares with AWS (K, RFC 4226 §5.1).
///
/// 1 to [`SharedSecret::MAX_BYTES`] bytes, wiped when dropped. `Debug` shows the length only and
/// there is no `Display`: the text leaves through [`SharedSecret::to_base32`] alone.
pub struct SharedSecret {
    bytes: Zeroizing<Vec<u8>>,
    /// Made for the first code: a list of entries makes all its codes again with each time step.
    keyed: OnceLock<KeyedMac>,
}

/// Why a text or byte string is not a [`SharedSecret`]. No variant carries any of it.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecretError {
    /// No byte is left once spaces, hyphens and padding are taken away.
    #[error("the secret is empty")]
    Empty,
    /// More than [`SharedSecret::MAX_BYTES`] bytes.
    #[error("the secret is longer than {} bytes", SharedSecret::MAX_BYTES)]
    TooLong,
    /// A character outside the base32 alphabet, or text after the padding.
    #[error("character {position} of the secret is not base32")]
    NotBase32 {
        /// Where it is, counted in characters from 1, separators included.
        position: usize,
    },
    /// A number of base32 characters that no whole number of bytes has: 1, 3 or 6 modulo 8.
    #[error("the secret is cut short or has a character too many")]
    WrongLength,
}

impl SharedSecret {
    /// The longest secret taken. AWS uses 20 or 40 bytes; HMAC hashes anything above its block
    /// size (64 or 128 bytes) down, so a longer secret is a mistake, not more security.
    pub const MAX_BYTES: usize = 1024;

    /// Takes the raw bytes.
    ///
    /// # Errors
    /// [`SecretError::Empty`] and [`SecretError::TooLong`].
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, SecretError> {
        let bytes = Zeroizing::new(bytes);
        match bytes.len() {
            0 => Err(SecretError::Empty),
            1..=Self::MAX_BYTES => Ok(Self { bytes, keyed: OnceLock::new() }),
            _ => Err(SecretError::TooLong),
        }
    }

    /// Reads base32 as people and programs write it: either case, spaces and hyphens anywhere,
    /// with or without padding. Left-over bits are ignored, as RFC 4648 §3.5 allows.
    ///
    /// # Errors
    /// Any [`SecretError`].
    pub fn from_base32(text: &str) -> Result<Self, SecretError> {
        let mut letters = Zeroizing::new(String::with_capacity(text.len()));
        let mut padded = false;
        for (index, character) in text.chars().enumerate() {
            match character {
                '-' => {}
                space if space.is_whitespace() => {}
                '=' => padded = true,
                'A'..='Z' | 'a'..='z' | '2'..='7' if !padded => {
                    letters.push(character.to_ascii_uppercase());
                }
                _ => return Err(SecretError::NotBase32 { position: index + 1 }),
            }
            if letters.len() > Self::MAX_BYTES.div_ceil(5) * 8 {
                return Err(SecretError::TooLong);
            }
        }
        // RFC 4648 §6: a final quantum of 1, 3 or 6 characters holds no whole number of bytes.
        if matches!(letters.len() % 8, 1 | 3 | 6) {
            return Err(SecretError::WrongLength);
        }
        let bytes = base32::decode(RFC_4648, &letters).ok_or(SecretError::WrongLength)?;
        Self::from_bytes(bytes)
    }

    /// Writes base32 in upper case without padding, the form of key URIs and of AWS.
    pub fn to_base32(&self) -> Zeroizing<String> {
        Zeroizing::new(base32::encode(RFC_4648, &self.bytes))
    }

    /// The raw bytes. Each call says why it needs them in an `EXPOSE:` comment.
    pub fn expose(&self) -> &[u8] {
        &self.bytes
    }

    /// HMAC keyed with this secret.
    pub(crate) fn keyed(&self, algorithm: Algorithm) -> Cow<'_, KeyedMac> {
        let kept = self.keyed.get_or_init(|| KeyedMac::new(&self.bytes, algorithm));
        if kept.is_of(algorithm) {
            Cow::Borrowed(kept)
        } else {
            Cow::Owned(KeyedMac::new(&self.bytes, algorithm))
        }
    }
}

impl Clone for SharedSecret {
    /// A second copy of the secret, wiped on its own.
    fn clone(&self) -> Self {
        Self { bytes: self.bytes.clone(), keyed: OnceLock::new() }
    }
}

impl ConstantTimeEq for SharedSecret {
    fn ct_eq(&self, other: &Self) -> Choice {
        self.bytes.as_slice().ct_eq(other.bytes.as_slice())
    }
}

impl PartialEq for SharedSecret {
    fn eq(&self, other: &Self) -> bool {
        self.ct_eq(other).into()
    }
}

impl Eq for SharedSecret {}

impl Zeroize for SharedSecret {
    fn zeroize(&mut self) {
        self.bytes.zeroize();
        self.keyed.take();
    }
}

impl fmt::Debug for SharedSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SharedSecret({} bytes)", self.bytes.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hotp::{Counter, Digits, hotp};

    #[test]
    fn debug_shows_no_byte_of_the_secret() {
        let secret = SharedSecret::from_bytes(b"12345678901234567890".to_vec()).unwrap();
        assert_eq!(format!("{secret:?}"), "SharedSecret(20 bytes)");
    }

    #[test]
    fn names_the_position_of_a_wrong_character_and_not_the_character() {
        let error = SharedSecret::from_base32("GEZD GN8V").unwrap_err();
        assert_eq!(error, SecretError::NotBase32 { position: 8 });
        assert_eq!(error.to_string(), "character 8 of the secret is not base32");
    }

    #[test]
    fn makes_the_codes_of_each_algorithm_whichever_was_asked_first() {
        let secret = || SharedSecret::from_bytes(b"12345678901234567890".to_vec()).unwrap();
        let all = [Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha512];
        let code = |secret: &SharedSecret, algorithm| {
            hotp(secret, algorithm, Counter(1), Digits::EIGHT).value()
        };
        for first in all {
            let used = secret();
            code(&used, first);
            for algorithm in all {
                assert_eq!(code(&used, algorithm), code(&secret(), algorithm));
            }
        }
    }

    #[test]
    fn takes_the_longest_secret_and_refuses_one_byte_more() {
        let longest = SharedSecret::from_bytes(vec![7; SharedSecret::MAX_BYTES]).unwrap();
        assert_eq!(SharedSecret::from_base32(&longest.to_base32()).unwrap(), longest);
        let longer = base32::encode(RFC_4648, &[7; SharedSecret::MAX_BYTES + 1]);
        assert_eq!(SharedSecret::from_base32(&longer).unwrap_err(), SecretError::TooLong);
    }
}
