//! Version information (clause 7.10): the version of symbols from 7 up, protected by an (18,6) BCH code.

use super::geometry::Point;
use super::grid::Grid;
use super::tables::Version;

/// Generator of the BCH code: x¹²+x¹¹+x¹⁰+x⁹+x⁸+x⁵+x²+1.
const GENERATOR: u32 = 0x1f25;
/// The code's words differ in at least 8 bits.
const MAX_WRONG_BITS: u32 = 3;

/// The 18 bits that encode a version.
fn code_word(version: u8) -> u32 {
    let mut remainder = u32::from(version) << 12;
    for bit in (0..6).rev() {
        if remainder & (1 << (bit + 12)) != 0 {
            remainder ^= GENERATOR << bit;
        }
    }
    u32::from(version) << 12 | remainder
}

fn nearest(bits: u32) -> Option<(Version, u32)> {
    (7..=40)
        .filter_map(|number| {
            let wrong = (code_word(number) ^ bits).count_ones();
            Some((Version::new(number)?, wrong))
        })
        .filter(|&(_, wrong)| wrong <= MAX_WRONG_BITS)
        .min_by_key(|&(_, wrong)| wrong)
}

/// Reads the version beside the top right and bottom left finder patterns.
///
/// A grid of a version a few off will do: beside finder patterns it is right.
pub(super) fn read(grid: &Grid<'_>) -> Option<Version> {
    let edge = grid.size() as f32;
    let blocks = [false, true].map(|transposed| {
        let samples = [0u8; 18].map({
            let mut bit = 0u8;
            move |_| {
                let (along, across) = (f32::from(bit / 3) + 0.5, edge - 10.5 + f32::from(bit % 3));
                bit += 1;
                let point =
                    if transposed { Point::new(along, across) } else { Point::new(across, along) };
                grid.sample(point)
            }
        });
        let (low, high) = samples
            .iter()
            .fold((f32::MAX, f32::MIN), |(low, high), &luma| (low.min(luma), high.max(luma)));
        let middle = (low + high) * 0.5;
        (0..).zip(&samples).fold(0, |bits, (bit, &luma)| bits | u32::from(luma < middle) << bit)
    });
    blocks
        .into_iter()
        .filter_map(nearest)
        .min_by_key(|&(_, wrong)| wrong)
        .map(|(version, _)| version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_the_example_of_clause_7_10() {
        assert_eq!(code_word(7), 0b00_0111_1100_1001_0100);
    }

    #[test]
    fn corrects_three_bits_and_refuses_four() {
        for number in 7..=40 {
            let word = code_word(number);
            let (version, wrong) = nearest(word ^ 0b10_0000_0100_0000_0001).unwrap();
            assert_eq!((version.number(), wrong), (number, 3));
        }
        assert!(nearest(code_word(7) ^ 0b10_0001_0100_0000_0001).is_none());
    }
}
