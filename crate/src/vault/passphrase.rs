//! The passphrase: the same bytes however the keyboard composed its characters.

use core::fmt;

use unicode_normalization::{UnicodeNormalization, is_nfkc_quick};
use zeroize::Zeroizing;

use super::error::VaultError;

/// A passphrase in Unicode NFKC, wiped when dropped.
pub struct Passphrase(Zeroizing<Vec<u8>>);

impl Passphrase {
    /// The longest passphrase, in bytes of UTF-8 before normalisation.
    pub const MAX_BYTES: usize = 1024;

    /// Normalises UTF-8 text. Nothing is trimmed: spaces count.
    ///
    /// # Errors
    /// [`VaultError::PassphraseEmpty`], [`VaultError::PassphraseTooLong`],
    /// [`VaultError::PassphraseNotText`].
    pub fn from_utf8(bytes: Zeroizing<Vec<u8>>) -> Result<Self, VaultError> {
        match bytes.len() {
            0 => return Err(VaultError::PassphraseEmpty),
            1..=Self::MAX_BYTES => {}
            _ => return Err(VaultError::PassphraseTooLong),
        }
        let text = core::str::from_utf8(&bytes).map_err(|_| VaultError::PassphraseNotText)?;
        if is_nfkc_quick(text.chars()) == unicode_normalization::IsNormalized::Yes {
            return Ok(Self(bytes));
        }
        // Sized first, so that no reallocation leaves a copy behind.
        let length = text.nfkc().map(char::len_utf8).sum();
        let mut normalised = Zeroizing::new(Vec::with_capacity(length));
        let mut buffer = Zeroizing::new([0; 4]);
        for character in text.nfkc() {
            normalised.extend_from_slice(character.encode_utf8(buffer.as_mut_slice()).as_bytes());
        }
        Ok(Self(normalised))
    }

    /// The normalised UTF-8. Each call says why it needs it in an `EXPOSE:` comment.
    pub(super) fn expose(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Passphrase")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passphrase(text: &str) -> Result<Passphrase, VaultError> {
        Passphrase::from_utf8(Zeroizing::new(text.as_bytes().to_vec()))
    }

    #[test]
    fn composed_and_decomposed_characters_are_the_same_passphrase() {
        let composed = passphrase("caf\u{e9} \u{2460}").unwrap();
        let decomposed = passphrase("cafe\u{301} 1").unwrap();
        assert_eq!(composed.expose(), decomposed.expose());
        assert_eq!(composed.expose(), "caf\u{e9} 1".as_bytes());
    }

    #[test]
    fn keeps_spaces_and_case() {
        assert_eq!(passphrase(" A b ").unwrap().expose(), b" A b ");
    }

    #[test]
    fn refuses_nothing_too_much_and_bytes_that_are_not_text() {
        assert_eq!(passphrase("").unwrap_err(), VaultError::PassphraseEmpty);
        assert!(passphrase(&"x".repeat(Passphrase::MAX_BYTES)).is_ok());
        let longer = passphrase(&"x".repeat(Passphrase::MAX_BYTES + 1));
        assert_eq!(longer.unwrap_err(), VaultError::PassphraseTooLong);
        let latin1 = Passphrase::from_utf8(Zeroizing::new(vec![b'c', 0xe9]));
        assert_eq!(latin1.unwrap_err(), VaultError::PassphraseNotText);
    }
}
