//! From data codewords to text: the bit stream of clause 7.4.

use super::charset::{Charset, guess};
use super::tables::{Model, Version};

/// The payload of a symbol: its bytes and the character sets they are in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payload {
    bytes: Vec<u8>,
    /// Consecutive runs: character set and end offset in `bytes`.
    runs: Vec<(Charset, usize)>,
}

/// Position of one symbol in a structured append sequence (clause 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StructuredAppend {
    /// Zero-based position in the sequence.
    pub index: u8,
    /// Symbols in the sequence, 1 to 16.
    pub count: u8,
    /// XOR of all bytes of the whole message, equal in every symbol of the sequence.
    pub parity: u8,
}

impl Payload {
    /// All bytes, in the character sets the symbol was written in.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes run by run, each with its character set.
    pub fn runs(&self) -> impl Iterator<Item = (Charset, &[u8])> {
        let mut start = 0;
        self.runs.iter().map(move |&(charset, end)| {
            let run = self.bytes.get(start..end).unwrap_or_default();
            start = end;
            (charset, run)
        })
    }

    /// The text, if it is in character sets that need no tables: ASCII, UTF-8 or ISO/IEC 8859-1.
    ///
    /// For any other, [`Payload::runs`] gives the bytes and the label a text decoder takes.
    pub fn text(&self) -> Option<String> {
        let mut text = String::with_capacity(self.bytes.len());
        for (charset, run) in self.runs() {
            match charset {
                Charset::Utf8 => text.push_str(str::from_utf8(run).ok()?),
                Charset::Latin1 => text.extend(run.iter().map(|&byte| char::from(byte))),
                _ if run.is_ascii() => text.push_str(str::from_utf8(run).ok()?),
                _ => return None,
            }
        }
        Some(text)
    }
}

/// Most significant bit first, as clause 7.4 writes them.
struct Bits<'a> {
    bytes: &'a [u8],
    position: usize,
}

impl Bits<'_> {
    fn left(&self) -> usize {
        self.bytes.len() * 8 - self.position
    }

    /// The next `count` bits, at most 16; `None` past the end.
    fn take(&mut self, count: usize) -> Option<u16> {
        if self.left() < count {
            return None;
        }
        let mut value = 0;
        for _ in 0..count {
            let byte = self.bytes.get(self.position / 8)?;
            value = value << 1 | u16::from(byte >> (7 - self.position % 8) & 1);
            self.position += 1;
        }
        Some(value)
    }

    fn take_byte(&mut self) -> Option<u8> {
        u8::try_from(self.take(8)?).ok()
    }
}

struct Parser<'a> {
    bits: Bits<'a>,
    /// Index into the character-count widths of Table 3: versions 1-9, 10-26, 27-40.
    width_class: usize,
    bytes: Vec<u8>,
    runs: Vec<(Option<Charset>, usize)>,
    eci: Option<Charset>,
    /// Whether `%` stands for the GS1 field separator (clause 7.4.8.2).
    fnc1: bool,
    structured_append: Option<StructuredAppend>,
}

/// Reads the segments in the corrected data codewords of a symbol of `version`.
///
/// `None` if they are not a valid bit stream or carry nothing: then this is no symbol, whatever
/// error correction said.
pub(super) fn parse(
    data: &[u8],
    version: Version,
    model: Model,
) -> Option<(Payload, Option<StructuredAppend>)> {
    // In Model 1 an extension pattern covers half of the first codeword.
    let position = if model == Model::One { 4 } else { 0 };
    let mut parser = Parser {
        bits: Bits { bytes: data, position },
        width_class: match version.number() {
            ..=9 => 0,
            10..=26 => 1,
            _ => 2,
        },
        bytes: Vec::with_capacity(data.len()),
        runs: Vec::new(),
        eci: None,
        fnc1: false,
        structured_append: None,
    };
    // A stream that fills the symbol needs no terminator (clause 7.4.9).
    while parser.bits.left() >= 4 {
        match parser.bits.take(4)? {
            0b0000 => break,
            mode => parser.segment(mode)?,
        }
    }
    let structured_append = parser.structured_append;
    parser.finish().map(|payload| (payload, structured_append))
}

impl Parser<'_> {
    fn segment(&mut self, mode: u16) -> Option<()> {
        match mode {
            0b0001 => self.numeric(),
            0b0010 => self.alphanumeric(),
            0b0011 => self.structured_append(),
            0b0100 => self.byte(),
            0b0101 => {
                self.fnc1 = true;
                Some(())
            }
            0b0111 => self.eci(),
            0b1000 => self.double_byte(Charset::ShiftJis, 0xc0, 0x1f00, 0x8140, 0xc140),
            0b1001 => {
                self.fnc1 = true;
                self.bits.take(8).map(drop)
            }
            0b1101 => {
                // GB/T 18284: a subset indicator, of which only 1 (GB 2312) is defined.
                self.bits.take(4)?;
                self.double_byte(Charset::Gb18030, 0x60, 0x0a00, 0xa1a1, 0xa6a1)
            }
            _ => None,
        }
    }

    fn count(&mut self, widths: [usize; 3]) -> Option<usize> {
        self.bits.take(*widths.get(self.width_class)?).map(usize::from)
    }

    fn end_run(&mut self, charset: Option<Charset>) {
        match self.runs.last_mut() {
            Some((last, end)) if *last == charset => *end = self.bytes.len(),
            _ => self.runs.push((charset, self.bytes.len())),
        }
    }

    fn numeric(&mut self) -> Option<()> {
        let mut count = self.count([10, 12, 14])?;
        while count > 0 {
            let digits = count.min(3);
            let (width, limit) = match digits {
                3 => (10, 1000),
                2 => (7, 100),
                _ => (4, 10),
            };
            let value = self.bits.take(width)?;
            if value >= limit {
                return None;
            }
            for place in [100, 10, 1].into_iter().skip(3 - digits) {
                self.bytes.push(b'0' + u8::try_from(value / place % 10).ok()?);
            }
            count -= digits;
        }
        self.end_run(self.eci);
        Some(())
    }

    fn alphanumeric(&mut self) -> Option<()> {
        let start = self.bytes.len();
        let mut count = self.count([9, 11, 13])?;
        while count > 0 {
            if count == 1 {
                let value = self.bits.take(6)?;
                self.bytes.push(*ALPHANUMERIC.get(usize::from(value))?);
                break;
            }
            let value = usize::from(self.bits.take(11)?);
            self.bytes.push(*ALPHANUMERIC.get(value / 45)?);
            self.bytes.push(*ALPHANUMERIC.get(value % 45)?);
            count -= 2;
        }
        if self.fnc1 {
            let raw = self.bytes.split_off(start);
            let mut rest = raw.iter().peekable();
            while let Some(&byte) = rest.next() {
                let doubled = byte == b'%' && rest.next_if(|&&next| next == b'%').is_some();
                self.bytes.push(if byte == b'%' && !doubled { 0x1d } else { byte });
            }
        }
        self.end_run(self.eci);
        Some(())
    }

    fn byte(&mut self) -> Option<()> {
        let count = self.count([8, 16, 16])?;
        if self.bits.left() < count * 8 {
            return None;
        }
        for _ in 0..count {
            let byte = self.bits.take_byte()?;
            self.bytes.push(byte);
        }
        self.end_run(self.eci);
        Some(())
    }

    /// Kanji (clause 7.4.6) and hanzi: 13 bits a character, two bytes each.
    ///
    /// `radix` unpacks the value; `low` is added below `split`, `high` from there.
    fn double_byte(
        &mut self,
        charset: Charset,
        radix: u16,
        split: u16,
        low: u16,
        high: u16,
    ) -> Option<()> {
        let count = self.count([8, 10, 12])?;
        for _ in 0..count {
            let value = self.bits.take(13)?;
            let packed = (value / radix) << 8 | (value % radix);
            let code = packed + if packed < split { low } else { high };
            self.bytes.extend_from_slice(&code.to_be_bytes());
        }
        self.end_run(Some(charset));
        Some(())
    }

    /// An ECI designator of one to three bytes (Table 4).
    fn eci(&mut self) -> Option<()> {
        let first = self.bits.take_byte()?;
        let number = if first & 0x80 == 0 {
            u32::from(first)
        } else if first & 0xc0 == 0x80 {
            u32::from(first & 0x3f) << 8 | u32::from(self.bits.take_byte()?)
        } else if first & 0xe0 == 0xc0 {
            u32::from(first & 0x1f) << 16 | u32::from(self.bits.take(16)?)
        } else {
            return None;
        };
        self.eci = Some(Charset::from_eci(number));
        Some(())
    }

    fn structured_append(&mut self) -> Option<()> {
        let index = u8::try_from(self.bits.take(4)?).ok()?;
        let last = u8::try_from(self.bits.take(4)?).ok()?;
        let parity = self.bits.take_byte()?;
        self.structured_append = Some(StructuredAppend { index, count: last + 1, parity });
        Some(())
    }

    /// Settles the character set of what no ECI describes.
    fn finish(self) -> Option<Payload> {
        if self.bytes.is_empty() {
            return None;
        }
        let mut undeclared = Vec::new();
        let mut start = 0;
        for &(charset, end) in &self.runs {
            if charset.is_none() {
                undeclared.extend_from_slice(self.bytes.get(start..end)?);
            }
            start = end;
        }
        let guessed = guess(&undeclared);
        let mut runs: Vec<(Charset, usize)> = Vec::new();
        for (charset, end) in self.runs {
            let charset = charset.unwrap_or(guessed);
            match runs.last_mut() {
                Some((last, last_end)) if *last == charset => *last_end = end,
                _ => runs.push((charset, end)),
            }
        }
        Some(Payload { bytes: self.bytes, runs })
    }
}

/// Table 5: the value of a character is its position.
const ALPHANUMERIC: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

#[cfg(test)]
mod tests {
    use super::*;

    /// Packs (value, width) pairs into bytes.
    fn pack(fields: &[(u32, u32)]) -> Vec<u8> {
        let bits: Vec<u8> = fields
            .iter()
            .flat_map(|&(value, width)| {
                (0..width).rev().map(move |bit| u8::from(value >> bit & 1 == 1))
            })
            .collect();
        bits.chunks(8)
            .map(|byte| byte.iter().zip((0..8).rev()).map(|(bit, at)| bit << at).sum())
            .collect()
    }

    fn read(fields: &[(u32, u32)]) -> Option<(Payload, Option<StructuredAppend>)> {
        parse(&pack(fields), Version::new(1).unwrap(), Model::Two)
    }

    fn text(fields: &[(u32, u32)]) -> Option<String> {
        read(fields)?.0.text()
    }

    #[test]
    fn reads_the_numeric_example_of_clause_7_4_3() {
        let fields = [(1, 4), (8, 10), (12, 10), (345, 10), (67, 7), (0, 4)];
        assert_eq!(text(&fields).as_deref(), Some("01234567"));
    }

    #[test]
    fn reads_the_alphanumeric_example_of_clause_7_4_4() {
        let fields = [(2, 4), (5, 9), (462, 11), (1849, 11), (2, 6), (0, 4)];
        assert_eq!(text(&fields).as_deref(), Some("AC-42"));
    }

    #[test]
    fn reads_kanji_as_shift_jis() {
        // The two characters of clause 7.4.6: 935F and E4AA.
        let (payload, _) = read(&[(8, 4), (2, 8), (0xd9f, 13), (0x1aaa, 13), (0, 4)]).unwrap();
        assert_eq!(payload.bytes(), [0x93, 0x5f, 0xe4, 0xaa]);
        assert_eq!(payload.runs().next().unwrap().0, Charset::ShiftJis);
        assert_eq!(payload.text(), None);
    }

    #[test]
    fn joins_a_utf8_character_that_two_segments_share() {
        let fields = [(4, 4), (1, 8), (0xc3, 8), (4, 4), (1, 8), (0xa9, 8), (0, 4)];
        assert_eq!(text(&fields).as_deref(), Some("é"));
    }

    #[test]
    fn an_eci_designator_names_the_character_set() {
        let fields = [(7, 4), (3, 8), (4, 4), (2, 8), (0xc3, 8), (0xa9, 8), (0, 4)];
        assert_eq!(text(&fields).as_deref(), Some("Ã©"));
    }

    #[test]
    fn reports_structured_append() {
        let fields = [(3, 4), (1, 4), (3, 4), (0x5a, 8), (1, 4), (1, 10), (7, 4), (0, 4)];
        let (payload, append) = read(&fields).unwrap();
        assert_eq!(payload.bytes(), b"7");
        assert_eq!(append, Some(StructuredAppend { index: 1, count: 4, parity: 0x5a }));
    }

    #[test]
    fn turns_percent_into_a_field_separator_under_fnc1() {
        // "A%%%1" with FNC1 in first position: A, %, GS, 1.
        let fields =
            [(5, 4), (2, 4), (5, 9), (10 * 45 + 38, 11), (38 * 45 + 38, 11), (1, 6), (0, 4)];
        assert_eq!(text(&fields).as_deref(), Some("A%\u{1d}1"));
    }

    #[test]
    fn refuses_streams_that_are_not_valid() {
        assert_eq!(read(&[(0, 4)]), None, "empty");
        assert_eq!(read(&[(15, 4), (0, 4)]), None, "unknown mode");
        assert_eq!(read(&[(1, 4), (3, 10), (1000, 10), (0, 4)]), None, "digits out of range");
        assert_eq!(read(&[(2, 4), (2, 9), (2025, 11), (0, 4)]), None, "characters out of range");
        assert_eq!(read(&[(4, 4), (9, 8), (0x41, 8)]), None, "truncated");
        assert_eq!(read(&[(7, 4), (0xff, 8), (0, 4)]), None, "malformed ECI");
    }
}
