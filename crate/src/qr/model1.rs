//! QR Code Model 1 (ISO/IEC 18004:2000, Annex M), the first kind: versions 1 to 14, no alignment patterns,
//! codewords in upright or lying blocks of eight modules, data blocks one after the other.

use super::tables::{Blocks, Level, Version, misdecode_protection};

/// The highest version: larger ones were never defined.
const MAX_VERSION: u8 = 14;

/// An extension pattern covers the other bits of the first codeword, which count as zero.
pub(super) const FIRST_CODEWORD: u8 = 0x0f;

/// Error-correction codewords a block, by level and version (Table M.4).
const CORRECTION_CODEWORDS: [[u8; 14]; 4] = [
    [7, 10, 15, 20, 26, 34, 42, 24, 30, 34, 40, 46, 36, 40],
    [10, 16, 28, 40, 52, 32, 40, 48, 60, 68, 40, 46, 52, 60],
    [13, 22, 36, 50, 66, 42, 52, 64, 50, 58, 52, 58, 66, 60],
    [17, 30, 48, 66, 44, 56, 46, 56, 68, 58, 54, 62, 58, 66],
];

/// Blocks, by level and version (Table M.4).
const BLOCK_COUNT: [[u8; 14]; 4] = [
    [1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3],
    [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 4, 4, 4, 4],
    [1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 4, 5],
    [1, 1, 1, 1, 2, 2, 3, 3, 3, 4, 5, 5, 6, 6],
];

/// How `total` codewords split into blocks, all of them equal.
pub(super) fn blocks(version: Version, level: Level, total: usize) -> Option<Blocks> {
    let index = usize::from(version.number()) - 1;
    let count = usize::from(*BLOCK_COUNT[level as usize].get(index)?);
    let correction = usize::from(*CORRECTION_CODEWORDS[level as usize].get(index)?);
    Some(Blocks {
        count,
        short_count: count,
        short_data: (total / count).checked_sub(correction)?,
        correction,
        capacity: (correction - misdecode_protection(version, level)) / 2,
    })
}

/// The modules (column, row) of all codewords, eight for each, most significant bit first; `None` if there
/// is no such version.
pub(super) fn placement(version: Version) -> Option<Vec<(u8, u8)>> {
    if version.number() > MAX_VERSION {
        return None;
    }
    let size = version.size();
    let mut modules = Vec::new();
    // A block `width` modules wide with its bottom right module at `x`, `y`, from there leftwards and up.
    let mut block = |x: usize, y: usize, width: usize| {
        let places = (0..8).map(|bit| ((x - bit % width) as u8, (y - bit / width) as u8));
        modules.extend(places);
    };
    let last = size - 1;
    // Two columns of upright blocks at the right edge. Extension patterns, at every other place between
    // the ends, stand in the outer.
    let rows = (size - 8) / 4;
    for column in 0..2 {
        for row in 0..rows {
            let extension = column == 0 && row % 2 == 0 && row > 0 && row < rows - 1;
            if !extension {
                block(last - 2 * column, last - 4 * row, 2);
            }
        }
    }
    // Columns of lying blocks. The first ends at the right finder pattern; others have extension patterns
    // at the bottom and step over the timing pattern.
    let rows = size / 2;
    let columns = size / 4 - 3;
    for column in 0..columns {
        for row in 0..rows {
            let finder = column == 0 && row + 4 >= rows;
            let extension = row == 0 && column % 2 == 1 && column != columns - 1;
            if !finder && !extension {
                let timing = usize::from(row + 3 >= rows);
                block(last - 4 - 4 * column, last - 2 * row - timing, 4);
            }
        }
    }
    // Four columns of upright blocks between the left finder patterns, with the timing pattern between.
    for x in [8, 5, 3, 1] {
        for row in 0..(size - 16) / 4 {
            block(x, last - 8 - 4 * row, 2);
        }
    }
    Some(modules)
}

#[cfg(test)]
mod tests {
    use super::super::format_info::Format;
    use super::super::modules::Modules;
    use super::super::tables::Model;
    use super::super::{codewords, reed_solomon, segments};
    use super::*;

    #[test]
    fn places_codewords_on_modules_of_their_own() {
        // Table M.2, by version.
        let totals = [26, 46, 72, 100, 134, 170, 212, 256, 306, 358, 416, 476, 542, 610];
        for (number, total) in (1..).zip(totals) {
            let version = Version::new(number).unwrap();
            let mut modules = placement(version).unwrap();
            assert_eq!(modules.len(), 8 * total, "version {number}");
            modules.sort_unstable();
            modules.dedup();
            assert_eq!(modules.len(), 8 * total, "version {number}");
            let near = |at: u8| usize::from(at) < 8;
            let far = |at: u8| usize::from(at) > version.size() - 9;
            let reserved = |&(x, y): &(u8, u8)| {
                x == 6 || y == 6 || near(x) && (near(y) || far(y)) || far(x) && near(y)
            };
            assert_eq!(modules.iter().find(|module| reserved(module)), None, "version {number}");
        }
    }

    #[test]
    fn there_is_no_version_15() {
        assert!(placement(Version::new(15).unwrap()).is_none());
    }

    #[test]
    fn blocks_leave_room_for_data_at_every_version_and_level() {
        for number in 1..=MAX_VERSION {
            let version = Version::new(number).unwrap();
            let total = placement(version).unwrap().len() / 8;
            for level in [Level::L, Level::M, Level::Q, Level::H] {
                let blocks = blocks(version, level, total).unwrap();
                let used = blocks.count * (blocks.short_data + blocks.correction);
                assert!(blocks.short_data > 0 && (total - blocks.count..=total).contains(&used));
            }
        }
    }

    #[test]
    fn reads_the_bits_after_the_extension_pattern() {
        // "1" in numeric mode: 0000 0001 0000000001 0001 0000.
        let version = Version::new(1).unwrap();
        let data = [0x01, 0x00, 0x44, 0x00];
        let (payload, _) = segments::parse(&data, version, Model::One).unwrap();
        assert_eq!(payload.text().as_deref(), Some("1"));
    }

    #[test]
    fn reads_a_symbol_of_two_blocks() {
        let (version, level, mask) = (Version::new(9).unwrap(), Level::M, 5);
        let placement = placement(version).unwrap();
        let blocks = blocks(version, level, placement.len() / 8).unwrap();
        let data: Vec<u8> = (0..).take(blocks.count * blocks.short_data).collect();
        // Correction computes the check codewords, if all of them are erased.
        let checks = data.chunks(blocks.short_data).flat_map(|data| {
            let mut block = data.to_vec();
            let erased: Vec<usize> = (data.len()..data.len() + blocks.correction).collect();
            block.resize(data.len() + blocks.correction, 0);
            reed_solomon::correct(&mut block, blocks.correction, blocks.capacity, &erased).unwrap();
            block.split_off(data.len())
        });
        let size = version.size();
        let mut values = vec![-1.0; size * size];
        let mut codewords: Vec<u8> = data.iter().copied().chain(checks).collect();
        // What the extension pattern covers.
        codewords[0] |= 0xf0;
        for (codeword, modules) in codewords.iter().zip(placement.chunks(8)) {
            for (bit, &(x, y)) in modules.iter().enumerate() {
                let (x, y) = (usize::from(x), usize::from(y));
                let dark = (codeword >> (7 - bit) & 1 == 1) ^ codewords::mask_inverts(mask, x, y);
                values[y * size + x] = if dark { 1.0 } else { -1.0 };
            }
        }
        let format = Format { model: Model::One, level, mask, votes: 15.0 };
        let read =
            codewords::read(&Modules::from_values(size, values), version, format, false).unwrap();
        assert_eq!((read.bytes, read.corrected), (data, 0));
    }
}
