//! Format information (clause 7.9): the level and the mask, protected by a (15,5) BCH code.

use super::modules::Modules;
use super::tables::{Level, Model};

/// Generator of the BCH code: x¹⁰+x⁸+x⁵+x⁴+x²+x+1.
const GENERATOR: u16 = 0x537;
/// Laid over the code by exclusive or, so that no format is all light (clause 7.9.1).
const XOR_MASK: u16 = 0x5412;
/// The same for Model 1 (ISO/IEC 18004:2000, M.4).
const XOR_MASK_MODEL_1: u16 = 0x2825;
/// The code's words differ in at least 7 bits, so 3 wrong bits still point to one word. One more is let
/// through per copy, as the two copies are judged together and Reed–Solomon has the last word.
const MAX_WRONG_BITS: u32 = 4;
/// No single module may outvote others: saturated values count as this much.
const MAX_VOTE: f32 = 0.5;
/// Below this sum of votes out of 15 the region is not a format at all.
const MIN_VOTES: f32 = 0.5;

/// What the format information says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Format {
    pub(super) model: Model,
    pub(super) level: Level,
    /// Mask pattern reference, 0 to 7.
    pub(super) mask: u8,
    /// How well the modules agree with this format: at most 15.
    pub(super) votes: f32,
}

/// The 15 bits that encode the five data bits `data`.
fn code_word(data: u16, model: Model) -> u16 {
    let mut remainder = data << 10;
    for bit in (0..5).rev() {
        if remainder & (1 << (bit + 10)) != 0 {
            remainder ^= GENERATOR << bit;
        }
    }
    let mask = match model {
        Model::One => XOR_MASK_MODEL_1,
        Model::Two => XOR_MASK,
    };
    (data << 10 | remainder) ^ mask
}

/// Positions (column, row) of bits 0 to 14 of the copy around the top-left finder pattern (Figure 25).
const FIRST_COPY: [(usize, usize); 15] = [
    (8, 0),
    (8, 1),
    (8, 2),
    (8, 3),
    (8, 4),
    (8, 5),
    (8, 7),
    (8, 8),
    (7, 8),
    (5, 8),
    (4, 8),
    (3, 8),
    (2, 8),
    (1, 8),
    (0, 8),
];

/// Position (column, row) of `bit` in the copy beside the other two finder patterns.
fn second_copy(bit: usize, size: usize) -> (usize, usize) {
    if bit < 8 { (size - 1 - bit, 8) } else { (8, size - 15 + bit) }
}

/// Reads the format of a symbol of `model` by soft vote over both copies; `None` if no format is near.
pub(super) fn read(modules: &Modules, model: Model) -> Option<Format> {
    let size = modules.size();
    let mut first = [0.0; 15];
    let mut second = [0.0; 15];
    for bit in 0..15 {
        let (x, y) = FIRST_COPY[bit];
        first[bit] = modules.at(x, y);
        let (x, y) = second_copy(bit, size);
        second[bit] = modules.at(x, y);
    }
    let mut best: Option<Format> = None;
    for data in 0..32u8 {
        let word = code_word(u16::from(data), model);
        let (first_votes, first_wrong) = compare(&first, word);
        let (second_votes, second_wrong) = compare(&second, word);
        if first_wrong.min(second_wrong) > MAX_WRONG_BITS {
            continue;
        }
        let votes = first_votes + second_votes;
        if votes >= best.map_or(MIN_VOTES, |format| format.votes) {
            best = Some(Format {
                model,
                level: Level::from_indicator(data >> 3),
                mask: data & 7,
                votes,
            });
        }
    }
    best
}

/// Sum of votes for `word`, and how many modules contradict it.
fn compare(copy: &[f32; 15], word: u16) -> (f32, u32) {
    let mut votes = 0.0;
    let mut wrong = 0;
    for (bit, &darkness) in copy.iter().enumerate() {
        let vote = if word >> bit & 1 == 1 { darkness } else { -darkness };
        votes += vote.clamp(-MAX_VOTE, MAX_VOTE);
        wrong += u32::from(vote < 0.0);
    }
    (votes, wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn modules_with(word: u16) -> Modules {
        let size = 21;
        let mut values = vec![-1.0; size * size];
        for (bit, (x, y)) in FIRST_COPY.into_iter().enumerate() {
            let darkness = if word >> bit & 1 == 1 { 1.0 } else { -1.0 };
            values[y * size + x] = darkness;
            let (x, y) = second_copy(bit, size);
            values[y * size + x] = darkness;
        }
        Modules::from_values(size, values)
    }

    #[test]
    fn encodes_the_example_of_clause_7_9() {
        // Level M, mask 101: data 00101.
        assert_eq!(code_word(0b00101, Model::Two), 0b100_0000_1100_1110);
    }

    #[test]
    fn reads_every_format() {
        for data in 0..32u8 {
            for model in [Model::One, Model::Two] {
                let modules = modules_with(code_word(u16::from(data), model));
                let format = read(&modules, model).unwrap();
                assert_eq!(format.level, Level::from_indicator(data >> 3));
                assert_eq!((format.mask, format.model), (data & 7, model));
            }
        }
    }

    #[test]
    fn reads_a_format_with_three_wrong_bits_in_both_copies() {
        for data in 0..32u8 {
            let word = code_word(u16::from(data), Model::Two) ^ 0b001_0001_0000_0010;
            let format = read(&modules_with(word), Model::Two).unwrap();
            assert_eq!(format.mask, data & 7);
        }
    }

    #[test]
    fn finds_no_format_in_grey() {
        assert_eq!(read(&Modules::from_values(21, vec![0.0; 441]), Model::Two), None);
    }
}
