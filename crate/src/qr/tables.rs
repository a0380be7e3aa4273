//! The tables of ISO/IEC 18004: versions, error-correction levels, block structure.

/// A symbol version, 1 to 40 (ISO/IEC 18004 clause 5.3.1): 21 to 177 modules a side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(u8);

impl Version {
    /// The version of that number, if it is 1 to 40.
    pub fn new(number: u8) -> Option<Self> {
        (1..=40).contains(&number).then_some(Self(number))
    }

    /// The number, 1 to 40.
    pub fn number(self) -> u8 {
        self.0
    }

    /// Modules a side: 17 + 4 × version.
    pub fn size(self) -> usize {
        17 + 4 * usize::from(self.0)
    }

    /// The row and column coordinates of alignment-pattern centres (Annex E), ascending.
    ///
    /// Patterns lie at every pair of them except the three that finder patterns cover.
    pub(super) fn alignment_axis(self) -> Vec<usize> {
        let version = usize::from(self.0);
        if version == 1 {
            return Vec::new();
        }
        let count = version / 7 + 2;
        // The distance is even and equal, except before the second coordinate, which takes the rest.
        let step = (version * 8 + count * 3 + 5) / (count * 4 - 4) * 2;
        let last = self.size() - 7;
        let mut axis: Vec<usize> = (0..count - 1).map(|back| last - back * step).collect();
        axis.push(6);
        axis.reverse();
        axis
    }

    /// The centres (column, row) of the alignment patterns the symbol has.
    pub(super) fn alignment_centres(self) -> Vec<(usize, usize)> {
        let axis = self.alignment_axis();
        let last = self.size() - 7;
        let mut centres = Vec::new();
        for &row in &axis {
            for &column in &axis {
                let under_finder = matches!((column, row), (6, 6))
                    || (column, row) == (last, 6)
                    || (column, row) == (6, last);
                if !under_finder {
                    centres.push((column, row));
                }
            }
        }
        centres
    }

    /// Whether the symbol carries version information (versions 7 to 40, clause 7.10).
    pub(super) fn has_version_information(self) -> bool {
        self.0 >= 7
    }

    /// Data and error-correction codewords together (Table 1).
    pub(super) fn codewords(self) -> usize {
        let version = usize::from(self.0);
        let mut modules = (16 * version + 128) * version + 64;
        if version >= 2 {
            let count = version / 7 + 2;
            modules -= (25 * count - 10) * count - 55;
            if self.has_version_information() {
                modules -= 36;
            }
        }
        modules / 8
    }

    /// How the codewords split into blocks at `level` (Table 9).
    pub(super) fn blocks(self, level: Level) -> Blocks {
        let index = usize::from(self.0) - 1;
        let count = usize::from(BLOCK_COUNT[level as usize][index]);
        let correction = usize::from(CORRECTION_CODEWORDS[level as usize][index]);
        let total = self.codewords();
        let length = total / count;
        Blocks {
            count,
            short_count: count - total % count,
            short_data: length - correction,
            correction,
            capacity: (correction - misdecode_protection(self, level)) / 2,
        }
    }
}

/// The kind of symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Model {
    /// QR Code Model 1 of ISO/IEC 18004:2000, versions 1 to 14, no longer to be written.
    One,
    /// QR Code as ISO/IEC 18004 has had it since, which the first edition called Model 2.
    Two,
}

/// The error-correction level (clause 7.5.1): about 7, 15, 25, 30 % of codewords recoverable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// About 7 %.
    L,
    /// About 15 %.
    M,
    /// About 25 %.
    Q,
    /// About 30 %.
    H,
}

impl Level {
    /// The level of the two indicator bits in the format information (Table 12).
    pub(super) fn from_indicator(bits: u8) -> Self {
        match bits & 3 {
            0b01 => Self::L,
            0b00 => Self::M,
            0b11 => Self::Q,
            _ => Self::H,
        }
    }
}

/// The block structure of a version and level.
#[derive(Clone, Copy, Debug)]
pub(super) struct Blocks {
    /// Number of blocks.
    pub(super) count: usize,
    /// How many of them, the first ones, have one data codeword less than the rest.
    pub(super) short_count: usize,
    /// Data codewords of a short block.
    pub(super) short_data: usize,
    /// Error-correction codewords of every block.
    pub(super) correction: usize,
    /// Errors that may be corrected in a block.
    pub(super) capacity: usize,
}

/// Codewords kept for detection only, so that small symbols are not misread (Table 9, note b).
pub(super) fn misdecode_protection(version: Version, level: Level) -> usize {
    match (version.0, level) {
        (1, Level::L) => 3,
        (1, Level::M) | (2, Level::L) => 2,
        (1, Level::Q | Level::H) | (3, Level::L) => 1,
        _ => 0,
    }
}

/// Error-correction codewords a block, by level and version (Table 9).
const CORRECTION_CODEWORDS: [[u8; 40]; 4] = [
    [
        7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30,
        30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
    [
        10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28,
        28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
    ],
    [
        13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30,
        30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
    [
        17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24, 30,
        30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
];

/// Blocks, by level and version (Table 9).
const BLOCK_COUNT: [[u8; 40]; 4] = [
    [
        1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13,
        14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25,
    ],
    [
        1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23,
        25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
    ],
    [
        1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29,
        34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68,
    ],
    [
        1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35,
        37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81,
    ],
];

#[cfg(test)]
mod tests {
    use super::*;

    fn version(number: u8) -> Version {
        Version::new(number).unwrap()
    }

    #[test]
    fn refuses_versions_outside_1_to_40() {
        assert!(Version::new(0).is_none());
        assert!(Version::new(41).is_none());
        assert_eq!(version(40).size(), 177);
    }

    #[test]
    fn places_alignment_patterns_as_annex_e_does() {
        assert_eq!(version(1).alignment_axis(), [] as [usize; 0]);
        assert_eq!(version(2).alignment_axis(), [6, 18]);
        assert_eq!(version(7).alignment_axis(), [6, 22, 38]);
        assert_eq!(version(32).alignment_axis(), [6, 34, 60, 86, 112, 138]);
        assert_eq!(version(40).alignment_axis(), [6, 30, 58, 86, 114, 142, 170]);
        assert_eq!(version(40).alignment_centres().len(), 46);
    }

    #[test]
    fn counts_codewords_as_table_1_does() {
        for (number, codewords) in [(1, 26), (6, 172), (7, 196), (14, 581), (40, 3706)] {
            assert_eq!(version(number).codewords(), codewords);
        }
    }

    #[test]
    fn blocks_add_up_to_all_codewords() {
        for number in 1..=40 {
            for level in [Level::L, Level::M, Level::Q, Level::H] {
                let blocks = version(number).blocks(level);
                let data = blocks.count * blocks.short_data + blocks.count - blocks.short_count;
                assert_eq!(
                    data + blocks.count * blocks.correction,
                    version(number).codewords(),
                    "{number} {level:?}"
                );
            }
        }
    }

    #[test]
    fn keeps_detection_codewords_in_small_symbols() {
        assert_eq!(version(1).blocks(Level::L).capacity, 2);
        assert_eq!(version(1).blocks(Level::H).capacity, 8);
        assert_eq!(version(3).blocks(Level::L).capacity, 7);
        assert_eq!(version(40).blocks(Level::H).capacity, 15);
    }
}
