//! From modules to data codewords: mask, placement, interleaving, error correction
//! (clauses 7.7.3, 7.8.2, 7.6 and 7.5).

use super::format_info::Format;
use super::model1;
use super::modules::Modules;
use super::rank::{Ranked, sorted};
use super::reed_solomon;
use super::tables::{Blocks, Model, Version};

/// Codewords read from a symbol, in placement order, and how sure each is.
#[derive(Debug)]
struct Codewords {
    values: Vec<u8>,
    /// The least confidence of the eight modules, 0 to 1.
    confidence: Vec<f32>,
}

/// Corrected data codewords.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Data {
    pub(super) bytes: Vec<u8>,
    /// Codewords that were wrong, in all blocks.
    pub(super) corrected: usize,
}

/// Reads, de-interleaves and corrects the codewords of a symbol.
///
/// With `erasures`, a block beyond correction is tried again with its least sure codewords erased.
pub(super) fn read(
    modules: &Modules,
    version: Version,
    format: Format,
    erasures: bool,
) -> Option<Data> {
    let interleaved = format.model == Model::Two;
    let placement = match format.model {
        Model::One => model1::placement(version)?,
        Model::Two => placement(version),
    };
    let mut codewords = collect(modules, &placement, format.mask);
    if let (Model::One, Some(first)) = (format.model, codewords.values.first_mut()) {
        *first &= model1::FIRST_CODEWORD;
    }
    let blocks = match format.model {
        Model::One => model1::blocks(version, format.level, codewords.values.len())?,
        Model::Two => version.blocks(format.level),
    };
    let mut data = Data { bytes: Vec::with_capacity(codewords.values.len()), corrected: 0 };
    for block in 0..blocks.count {
        let long = usize::from(block >= blocks.short_count);
        let positions = block_positions(&blocks, block, interleaved);
        let read: Vec<u8> = positions.iter().map(|&index| codewords.values[index]).collect();
        let mut corrected = read.clone();
        let mut wrong =
            reed_solomon::correct(&mut corrected, blocks.correction, blocks.capacity, &[]);
        if wrong.is_none() && erasures {
            let confidence: Vec<f32> =
                positions.iter().map(|&index| codewords.confidence[index]).collect();
            wrong = correct_with_erasures(
                &read,
                &mut corrected,
                &confidence,
                blocks.correction,
                blocks.capacity,
            );
        }
        data.corrected += wrong?;
        data.bytes.extend_from_slice(&corrected[..blocks.short_data + long]);
    }
    Some(data)
}

/// Where the codewords of a block are among all: interleaved with those of the others (clause 7.6), or
/// one block after the other.
fn block_positions(blocks: &Blocks, block: usize, interleaved: bool) -> Vec<usize> {
    let all_data = (blocks.short_data + 1) * blocks.count - blocks.short_count;
    if !interleaved {
        let data = block * blocks.short_data;
        let correction = all_data + block * blocks.correction;
        return (data..data + blocks.short_data)
            .chain(correction..correction + blocks.correction)
            .collect();
    }
    let mut positions: Vec<usize> =
        (0..blocks.short_data).map(|index| index * blocks.count + block).collect();
    if block >= blocks.short_count {
        positions.push(blocks.short_data * blocks.count + block - blocks.short_count);
    }
    positions.extend((0..blocks.correction).map(|index| all_data + index * blocks.count + block));
    positions
}

/// Erases the least sure codewords, a few more at each try, as long as that leaves a third of the
/// correction codewords to detect a misreading.
fn correct_with_erasures(
    read: &[u8],
    corrected: &mut [u8],
    confidence: &[f32],
    correction: usize,
    capacity: usize,
) -> Option<usize> {
    let order = sorted(confidence.iter().copied().zip(0..).map(Ranked::from).collect());
    let order: Vec<usize> = order.iter().map(|ranked| ranked.index).collect();
    let most = (correction * 2 / 3).min(2 * capacity).min(order.len());
    (2..=most).step_by(2).find_map(|count| {
        corrected.copy_from_slice(read);
        reed_solomon::correct(corrected, correction, capacity, &order[..count])
    })
}

/// The modules (column, row) of all codewords in the placement order of clause 7.7.3, eight for each, most
/// significant bit first.
fn placement(version: Version) -> Vec<(u8, u8)> {
    let size = version.size();
    let bits = version.codewords() * 8;
    let function = function_modules(version);
    let mut modules = Vec::with_capacity(bits);
    let mut right = size - 1;
    let mut upward = true;
    loop {
        for step in 0..size {
            let y = if upward { size - 1 - step } else { step };
            for x in [right, right - 1] {
                // Remainder bits follow the last codeword.
                if !function[y * size + x] && modules.len() < bits {
                    modules.push((x as u8, y as u8));
                }
            }
        }
        upward = !upward;
        right = match right {
            // The vertical timing pattern takes column 6 out of the pairing.
            8 => 5,
            0..=2 => return modules,
            _ => right - 2,
        };
    }
}

/// Reads the codewords at `placement` and removes the mask.
fn collect(modules: &Modules, placement: &[(u8, u8)], mask: u8) -> Codewords {
    let (codewords, _) = placement.as_chunks::<8>();
    let mut values = Vec::with_capacity(codewords.len());
    let mut confidence = Vec::with_capacity(codewords.len());
    for codeword in codewords {
        let (mut value, mut least) = (0, 1.0f32);
        for &(x, y) in codeword {
            let (x, y) = (usize::from(x), usize::from(y));
            let darkness = modules.at(x, y);
            let dark = (darkness > 0.0) ^ mask_inverts(mask, x, y);
            value = value << 1 | u8::from(dark);
            least = least.min(darkness.abs());
        }
        values.push(value);
        confidence.push(least);
    }
    Codewords { values, confidence }
}

/// Whether mask pattern `mask` inverts the module in column `x` and row `y` (Table 10).
pub(super) fn mask_inverts(mask: u8, x: usize, y: usize) -> bool {
    match mask {
        0 => (x + y).is_multiple_of(2),
        1 => y.is_multiple_of(2),
        2 => x.is_multiple_of(3),
        3 => (x + y).is_multiple_of(3),
        4 => (y / 2 + x / 3).is_multiple_of(2),
        5 => x * y % 2 + x * y % 3 == 0,
        6 => (x * y % 2 + x * y % 3).is_multiple_of(2),
        _ => ((x + y) % 2 + x * y % 3).is_multiple_of(2),
    }
}

/// Marks the modules that carry no codewords: function patterns, format and version information.
fn function_modules(version: Version) -> Vec<bool> {
    let size = version.size();
    let mut function = vec![false; size * size];
    let mut mark = |left: usize, top: usize, width: usize, height: usize| {
        for row in function.chunks_exact_mut(size).skip(top).take(height) {
            row[left..left + width].fill(true);
        }
    };
    // Finder patterns with separators and format information.
    mark(0, 0, 9, 9);
    mark(size - 8, 0, 8, 9);
    mark(0, size - 8, 9, 8);
    // Timing patterns.
    mark(6, 0, 1, size);
    mark(0, 6, size, 1);
    for (x, y) in version.alignment_centres() {
        mark(x - 2, y - 2, 5, 5);
    }
    if version.has_version_information() {
        mark(size - 11, 0, 3, 6);
        mark(0, size - 11, 6, 3);
    }
    function
}

#[cfg(test)]
mod tests {
    use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment};

    use super::super::tables::Level;
    use super::*;

    #[test]
    fn leaves_exactly_the_codewords_and_remainder_bits_of_table_1() {
        for number in 1..=40 {
            let version = Version::new(number).unwrap();
            let free = function_modules(version).iter().filter(|&&function| !function).count();
            let remainder = free - version.codewords() * 8;
            let expected = match number {
                1 | 7..=13 | 35..=40 => 0,
                2..=6 => 7,
                14..=20 | 28..=34 => 3,
                _ => 4,
            };
            assert_eq!(remainder, expected, "version {number}");
        }
    }

    #[test]
    fn refuses_a_symbol_of_noise() {
        let version = Version::new(3).unwrap();
        let noise = (0..29 * 29u32)
            .map(|index| if index.wrapping_mul(2_654_435_761) >> 31 == 0 { 1.0 } else { -1.0 })
            .collect();
        let modules = Modules::from_values(29, noise);
        for model in [Model::One, Model::Two] {
            let format = Format { model, level: Level::M, mask: 0, votes: 15.0 };
            assert_eq!(read(&modules, version, format, true), None);
        }
    }

    #[test]
    fn corrects_each_block_to_its_limit_and_no_further() {
        let levels = [
            (QrCodeEcc::Low, Level::L),
            (QrCodeEcc::Medium, Level::M),
            (QrCodeEcc::Quartile, Level::Q),
            (QrCodeEcc::High, Level::H),
        ];
        for (number, (ecc, level)) in
            (1..=40).flat_map(|number| levels.map(|level| (number, level)))
        {
            let version = Version::new(number).unwrap();
            let size = version.size();
            let (fixed, mask) = (qrcodegen::Version::new(number), number % 8);
            let code = QrCode::encode_segments_advanced(
                &QrSegment::make_segments("LIMIT"),
                ecc,
                fixed,
                fixed,
                Some(Mask::new(mask)),
                false,
            )
            .unwrap();
            let dark = |at: usize| code.get_module((at % size) as i32, (at / size) as i32);
            let whole: Vec<f32> =
                (0..size * size).map(|at| if dark(at) { 1.0 } else { -1.0 }).collect();
            let placement = placement(version);
            let blocks = version.blocks(level);
            let format = Format { model: Model::Two, level, mask, votes: 15.0 };
            let last = blocks.count - 1;
            for (errors, expected) in
                [(blocks.capacity, Some(blocks.capacity)), (blocks.capacity + 1, None)]
            {
                let mut damaged = whole.clone();
                for &codeword in block_positions(&blocks, last, true).iter().take(errors) {
                    for &(x, y) in &placement[codeword * 8..codeword * 8 + 8] {
                        damaged[usize::from(y) * size + usize::from(x)] *= -1.0;
                    }
                }
                let read = read(&Modules::from_values(size, damaged), version, format, false);
                assert_eq!(read.map(|data| data.corrected), expected, "{number} {level:?}");
            }
        }
    }
}
