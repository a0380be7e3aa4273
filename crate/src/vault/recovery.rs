//! The recovery code: 160 random bits on paper that open the vault without the passphrase.

use core::fmt;

use base32::Alphabet;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::error::VaultError;

const RFC_4648: Alphabet = Alphabet::Rfc4648 { padding: false };

/// A recovery code, wiped when dropped.
///
/// As text: 32 base32 characters and two that check them, in groups of four.
pub struct RecoveryCode(Zeroizing<[u8; Self::BYTES]>);

impl RecoveryCode {
    /// 160 bits: beyond guessing, so no slow key derivation is needed.
    pub const BYTES: usize = 20;

    /// The longest text read, separators included.
    pub const MAX_TEXT_BYTES: usize = 128;

    const CHARACTERS: usize = 34;

    /// Takes random bytes.
    pub fn from_bytes(bytes: Zeroizing<[u8; Self::BYTES]>) -> Self {
        Self(bytes)
    }

    /// Reads the code as a person types it: either case, spaces and hyphens anywhere, and the
    /// digits 0, 1 and 8, which base32 does not have, for the letters O, I and B.
    ///
    /// # Errors
    /// [`VaultError::RecoveryCodeMistyped`].
    pub fn parse(text: &str) -> Result<Self, VaultError> {
        if text.len() > Self::MAX_TEXT_BYTES {
            return Err(VaultError::RecoveryCodeMistyped);
        }
        let mut letters = Zeroizing::new(String::with_capacity(text.len()));
        for character in text.chars() {
            match character.to_ascii_uppercase() {
                '-' => {}
                space if space.is_whitespace() => {}
                '0' => letters.push('O'),
                '1' => letters.push('I'),
                '8' => letters.push('B'),
                letter => letters.push(letter),
            }
        }
        if letters.len() != Self::CHARACTERS {
            return Err(VaultError::RecoveryCodeMistyped);
        }
        let (code, check) = letters.split_at_checked(32).ok_or(VaultError::RecoveryCodeMistyped)?;
        let decoded = base32::decode(RFC_4648, code).ok_or(VaultError::RecoveryCodeMistyped)?;
        let decoded = Zeroizing::new(decoded);
        let mut bytes = Zeroizing::new([0; Self::BYTES]);
        if decoded.len() != bytes.len() {
            return Err(VaultError::RecoveryCodeMistyped);
        }
        bytes.copy_from_slice(&decoded);
        let code = Self(bytes);
        if *code.check() == *check { Ok(code) } else { Err(VaultError::RecoveryCodeMistyped) }
    }

    /// The text to show once: `XXXX-XXXX-…-XX`.
    pub fn to_text(&self) -> Zeroizing<String> {
        let letters = Zeroizing::new(base32::encode(RFC_4648, self.0.as_slice()));
        let check = self.check();
        let mut text = Zeroizing::new(String::with_capacity(Self::CHARACTERS + 8));
        for (index, letter) in letters.chars().chain(check.chars()).enumerate() {
            if index > 0 && index % 4 == 0 {
                text.push('-');
            }
            text.push(letter);
        }
        text
    }

    /// The bytes. Each call says why it needs them in an `EXPOSE:` comment.
    pub(super) fn expose(&self) -> &[u8; Self::BYTES] {
        &self.0
    }

    /// Two characters: the first ten bits of a SHA-256 over a label and the code.
    fn check(&self) -> Zeroizing<String> {
        let mut hash = Sha256::new();
        hash.update(b"doorcode v1 recovery check");
        // EXPOSE: ten bits of the digest are shown beside the code itself.
        hash.update(self.expose());
        let mut check = Zeroizing::new(base32::encode(RFC_4648, &hash.finalize()));
        check.truncate(2);
        check
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("RecoveryCode")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code() -> RecoveryCode {
        RecoveryCode::from_bytes(Zeroizing::new(*b"made up, 20 bytes xx"))
    }

    #[test]
    fn reads_what_it_shows_also_in_lower_case_and_without_groups() {
        let text = code().to_text();
        assert_eq!(text.len(), 34 + 8);
        for typed in [text.to_string(), text.to_lowercase(), text.replace('-', " ")] {
            assert_eq!(RecoveryCode::parse(&typed).unwrap().expose(), code().expose());
        }
    }

    #[test]
    fn takes_the_digits_that_base32_lacks_for_the_letters_they_look_like() {
        let text = code().to_text().replace('O', "0").replace('I', "1").replace('B', "8");
        assert!(text.contains(['0', '1', '8']));
        assert_eq!(RecoveryCode::parse(&text).unwrap().expose(), code().expose());
    }

    #[test]
    fn notices_a_mistyped_character_at_nearly_every_place() {
        let text = code().to_text();
        let mut noticed = 0;
        for (index, letter) in text.char_indices().filter(|(_, letter)| *letter != '-') {
            let other = if letter == 'Q' { "R" } else { "Q" };
            let mut typed = text.to_string();
            typed.replace_range(index..=index, other);
            noticed += usize::from(RecoveryCode::parse(&typed).is_err());
        }
        assert_eq!(noticed, 34);
    }

    #[test]
    fn refuses_what_is_too_short_too_long_or_not_base32() {
        let text = code().to_text();
        let cut = text.strip_suffix(|_: char| true).unwrap();
        for typed in ["", cut, &format!("{}A", *text), &text.replace('-', "é"), &"A".repeat(129)] {
            let refused = RecoveryCode::parse(typed).unwrap_err();
            assert_eq!(refused, VaultError::RecoveryCodeMistyped);
        }
    }
}
