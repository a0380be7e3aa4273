//! Character sets: extended channel interpretations (AIM ECI) and the guess for symbols without one.

/// The character set of a run of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    /// UTF-8, or ASCII as its subset.
    Utf8,
    /// ISO/IEC 8859-1, the default of ISO/IEC 18004:2006 and later.
    Latin1,
    /// Shift JIS, of kanji mode and of many Japanese symbols without an ECI.
    ShiftJis,
    /// GB 18030 with its subsets GBK and GB 2312.
    Gb18030,
    /// Any other, by its label in the WHATWG Encoding Standard.
    Other(&'static str),
    /// Binary data or an assignment that is unknown here.
    Binary,
}

impl Charset {
    /// The label in the WHATWG Encoding Standard, as text decoders of browsers take it.
    pub fn label(self) -> Option<&'static str> {
        match self {
            Self::Utf8 => Some("utf-8"),
            Self::Latin1 => Some("iso-8859-1"),
            Self::ShiftJis => Some("shift_jis"),
            Self::Gb18030 => Some("gb18030"),
            Self::Other(label) => Some(label),
            Self::Binary => None,
        }
    }

    /// The character set of an ECI assignment number.
    pub(super) fn from_eci(number: u32) -> Self {
        match number {
            1 | 3 => Self::Latin1,
            20 => Self::ShiftJis,
            26 | 27 | 170 => Self::Utf8,
            29 | 32 => Self::Gb18030,
            4 => Self::Other("iso-8859-2"),
            5 => Self::Other("iso-8859-3"),
            6 => Self::Other("iso-8859-4"),
            7 => Self::Other("iso-8859-5"),
            8 => Self::Other("iso-8859-6"),
            9 => Self::Other("iso-8859-7"),
            10 => Self::Other("iso-8859-8"),
            11 => Self::Other("iso-8859-9"),
            12 => Self::Other("iso-8859-10"),
            13 => Self::Other("iso-8859-11"),
            15 => Self::Other("iso-8859-13"),
            16 => Self::Other("iso-8859-14"),
            17 => Self::Other("iso-8859-15"),
            18 => Self::Other("iso-8859-16"),
            21 => Self::Other("windows-1250"),
            22 => Self::Other("windows-1251"),
            23 => Self::Other("windows-1252"),
            24 => Self::Other("windows-1256"),
            25 => Self::Other("utf-16be"),
            28 => Self::Other("big5"),
            30 => Self::Other("euc-kr"),
            _ => Self::Binary,
        }
    }
}

/// Guesses the character set of bytes that no ECI describes.
///
/// The standard says ISO/IEC 8859-1, or JIS X 0201 before 2006; writers use UTF-8, and in Japan
/// Shift JIS. A text of any length in one of these is hardly ever valid in the ones asked before it.
pub(super) fn guess(bytes: &[u8]) -> Charset {
    if str::from_utf8(bytes).is_ok() {
        Charset::Utf8
    } else if is_plausible_shift_jis(bytes) {
        Charset::ShiftJis
    } else if is_plausible_gbk(bytes) {
        Charset::Gb18030
    } else {
        Charset::Latin1
    }
}

/// Valid Shift JIS in which characters of two bytes, or half-width katakana, come in words: a single
/// accented letter of ISO/IEC 8859-1 would be valid too.
fn is_plausible_shift_jis(bytes: &[u8]) -> bool {
    let mut rest = bytes.iter().copied();
    let (mut run, mut longest, mut double) = (0, 0, 0);
    while let Some(byte) = rest.next() {
        run = match byte {
            0x20..=0x7e | b'\t' | b'\n' | b'\r' => 0,
            0xa1..=0xdf => run + 1,
            0x81..=0x9f | 0xe0..=0xfc => {
                if !matches!(rest.next(), Some(0x40..=0x7e | 0x80..=0xfc)) {
                    return false;
                }
                double += 1;
                run + 2
            }
            _ => return false,
        };
        longest = longest.max(run);
    }
    longest >= 3 || (double == 1 && bytes.len() <= 4)
}

/// Valid GBK with at least two characters of two bytes beside each other, all of GB 2312's rows.
fn is_plausible_gbk(bytes: &[u8]) -> bool {
    let mut rest = bytes.iter().copied();
    let (mut run, mut longest) = (0, 0);
    while let Some(byte) = rest.next() {
        run = match byte {
            ..=0x7f => 0,
            0xa1..=0xf7 if matches!(rest.next(), Some(0xa1..=0xfe)) => run + 1,
            _ => return false,
        };
        longest = longest.max(run);
    }
    longest >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guesses_utf8_for_ascii_and_utf8() {
        assert_eq!(guess(b"otpauth://totp/x"), Charset::Utf8);
        assert_eq!(guess("Zürich 東京".as_bytes()), Charset::Utf8);
    }

    #[test]
    fn guesses_latin1_for_single_accented_letters() {
        assert_eq!(guess(b"caf\xe9 cr\xe8me"), Charset::Latin1);
        assert_eq!(guess(b"M\xfcnchen"), Charset::Latin1);
    }

    #[test]
    fn guesses_shift_jis_for_japanese() {
        assert_eq!(guess(b"\x93\x8c\x8b\x9e"), Charset::ShiftJis);
    }

    #[test]
    fn knows_the_eci_numbers_of_common_sets() {
        assert_eq!(Charset::from_eci(26).label(), Some("utf-8"));
        assert_eq!(Charset::from_eci(20).label(), Some("shift_jis"));
        assert_eq!(Charset::from_eci(899).label(), None);
    }
}
