//! HOTP: a code from a counter (RFC 4226).

use core::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Sha256, Sha512};
use thiserror::Error;
use zeroize::Zeroize;

use crate::secret::SharedSecret;

/// The hash under HMAC: SHA-1 in RFC 4226, the others by RFC 6238 §1.2. AWS uses SHA-1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// HMAC-SHA-1, the default of the key URI format.
    #[default]
    Sha1,
    /// HMAC-SHA-256.
    Sha256,
    /// HMAC-SHA-512.
    Sha512,
}

/// How many digits a code has: 6 to 8 (RFC 4226 §5.3), 6 unless said otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Digits(u8);

/// A number of digits outside 6 to 8.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("a code has 6 to 8 digits")]
pub struct DigitsError;

impl Digits {
    /// Six digits, what AWS asks for.
    pub const SIX: Self = Self(6);
    /// Eight digits.
    pub const EIGHT: Self = Self(8);

    /// # Errors
    /// [`DigitsError`] outside 6 to 8.
    pub fn new(digits: u8) -> Result<Self, DigitsError> {
        if (6..=8).contains(&digits) { Ok(Self(digits)) } else { Err(DigitsError) }
    }

    /// The number itself, 6 to 8.
    pub fn count(self) -> u8 {
        self.0
    }
}

impl Default for Digits {
    fn default() -> Self {
        Self::SIX
    }
}

/// The moving factor, C of RFC 4226 §5.1: eight bytes, big-endian on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Counter(pub u64);

/// A one-time code: 6 to 8 digits with its leading zeros.
///
/// `Display` prints the digits; `Debug` hides them, because a code is good for a minute.
#[derive(Clone, Copy, PartialEq, Eq, Zeroize)]
pub struct Code {
    value: u32,
    digits: u8,
}

impl Code {
    /// The code as a number: leading zeros are lost, so pad it to [`Code::digits`].
    pub fn value(self) -> u32 {
        self.value
    }

    /// How many digits it is written with, 6 to 8.
    pub fn digits(self) -> u8 {
        self.digits
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:0width$}", self.value, width = usize::from(self.digits))
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Code({} digits)", self.digits)
    }
}

/// Computes the code for `counter` (RFC 4226 §5.3).
///
/// Cannot fail: [`SharedSecret`], [`Counter`] and [`Digits`] cannot be invalid.
///
/// ```
/// use doorcode::{hotp::{hotp, Algorithm, Counter, Digits}, secret::SharedSecret};
///
/// let secret = SharedSecret::from_base32("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")?;
/// assert_eq!(hotp(&secret, Algorithm::Sha1, Counter(0), Digits::SIX).to_string(), "755224");
/// # Ok::<(), doorcode::secret::SecretError>(())
/// ```
pub fn hotp(secret: &SharedSecret, algorithm: Algorithm, counter: Counter, digits: Digits) -> Code {
    let binary = secret.keyed(algorithm).binary_code(counter);
    Code { value: binary % 10_u32.pow(u32::from(digits.0)), digits: digits.0 }
}

/// HMAC that has taken its key in, and so done half the work of a code (RFC 2104 §4). It is as
/// secret as the key, and wiped when dropped.
#[derive(Clone)]
pub(crate) enum KeyedMac {
    Sha1(Hmac<Sha1>),
    Sha256(Hmac<Sha256>),
    Sha512(Box<Hmac<Sha512>>),
}

impl KeyedMac {
    pub(crate) fn new(key: &[u8], algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Sha1 => Self::Sha1(keyed(key)),
            Algorithm::Sha256 => Self::Sha256(keyed(key)),
            Algorithm::Sha512 => Self::Sha512(Box::new(keyed(key))),
        }
    }

    pub(crate) fn is_of(&self, algorithm: Algorithm) -> bool {
        algorithm
            == match self {
                Self::Sha1(_) => Algorithm::Sha1,
                Self::Sha256(_) => Algorithm::Sha256,
                Self::Sha512(_) => Algorithm::Sha512,
            }
    }

    fn binary_code(&self, counter: Counter) -> u32 {
        match self {
            Self::Sha1(mac) => binary_code(mac.clone(), counter),
            Self::Sha256(mac) => binary_code(mac.clone(), counter),
            Self::Sha512(mac) => binary_code(Hmac::clone(mac), counter),
        }
    }
}

fn keyed<M: Mac + KeyInit>(key: &[u8]) -> M {
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length (RFC 2104 §3)")]
    <M as KeyInit>::new_from_slice(key).expect("HMAC takes any key")
}

fn binary_code(mut mac: impl Mac, counter: Counter) -> u32 {
    mac.update(&counter.0.to_be_bytes());
    dynamic_truncation(&mac.finalize().into_bytes())
}

/// The 31-bit number at the offset that the last four bits name (RFC 4226 §5.3).
fn dynamic_truncation(mac: &[u8]) -> u32 {
    let offset = mac.last().map_or(0, |last| usize::from(last & 0x0f));
    mac.iter().skip(offset).take(4).fold(0, |binary, &byte| (binary << 8) | u32::from(byte))
        & 0x7fff_ffff
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_digit_of_a_code() {
        let secret = SharedSecret::from_bytes(b"12345678901234567890".to_vec()).unwrap();
        let code = hotp(&secret, Algorithm::Sha1, Counter(0), Digits::SIX);
        assert_eq!(format!("{code:?}"), "Code(6 digits)");
    }

    #[test]
    fn a_keyed_hmac_is_wiped_when_dropped() {
        // Two of these are all that it holds once the key is in.
        fn wiped<D: hmac::EagerHash<Core: zeroize::ZeroizeOnDrop>>() {}
        wiped::<Sha1>();
        wiped::<Sha256>();
        wiped::<Sha512>();
    }

    #[test]
    fn takes_six_to_eight_digits_and_no_other_number() {
        let taken: Vec<u8> = (0..=u8::MAX).filter(|&count| Digits::new(count).is_ok()).collect();
        assert_eq!(taken, [6, 7, 8]);
    }
}
