//! From luma to dark and light: a row of bits at a time, set where the picture is dark.
//!
//! Bits serve only to find candidates for finder patterns; everything after looks at luma again. So no
//! bit plane is kept, and a scan that looks at every third row binarises only every third row.

use super::image::Image;
use super::lanes::{LANES, Lanes};

/// Side of a tile in pixels, one vector register wide.
pub(super) const TILE: usize = LANES;
const _: () = assert!(TILE == 16, "four tiles make one word of bits");

/// A range of luma smaller than this is flat: noise of cameras and ringing of JPEG stay below it, the
/// modules of the palest codes on screens are above it.
const MIN_CONTRAST: u8 = 22;

/// A tile's own range decides unless its surroundings have this many times its contrast.
const OWN_CONTRAST: u8 = 3;

/// The lowest and highest luma in each tile of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tiles {
    columns: usize,
    low: Vec<u8>,
    /// The highest, inverted: so that it is sought like the lowest.
    not_high: Vec<u8>,
}

impl Tiles {
    /// Tiles of a picture of that size, with no range yet.
    pub(super) fn empty(width: usize, height: usize) -> Self {
        let columns = width.div_ceil(TILE);
        let count = columns * height.div_ceil(TILE);
        Self { columns, low: vec![u8::MAX; count], not_high: vec![u8::MAX; count] }
    }

    pub(super) fn of(image: Image<'_>) -> Self {
        let mut tiles = Self::empty(image.width, image.height);
        for y in 0..image.height {
            tiles.measure(y, image.row(y));
        }
        tiles
    }

    /// Takes the pixels of row `y` into the ranges; those of its row of tiles begin anew with its first.
    pub(super) fn measure(&mut self, y: usize, row: &[u8]) {
        let start = y / TILE * self.columns;
        for (tile, pixels) in (start..).zip(row.chunks(TILE)) {
            let begun = !y.is_multiple_of(TILE);
            let (mut low, mut high) =
                if begun { (self.low[tile], !self.not_high[tile]) } else { (u8::MAX, u8::MIN) };
            for &pixel in pixels {
                low = low.min(pixel);
                high = high.max(pixel);
            }
            self.low[tile] = low;
            self.not_high[tile] = !high;
        }
    }

    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    pub(super) fn set(&mut self, column: usize, row: usize, low: u8, high: u8) {
        self.low[row * self.columns + column] = low;
        self.not_high[row * self.columns + column] = !high;
    }

    fn high(&self, tile: usize) -> u8 {
        !self.not_high[tile]
    }

    /// The ranges of each tile together with its eight neighbours.
    fn widened(&self) -> Self {
        Self {
            columns: self.columns,
            low: lowest_near(&self.low, self.columns),
            not_high: lowest_near(&self.not_high, self.columns),
        }
    }
}

/// The lowest of each value and its eight neighbours, in rows and then in columns.
fn lowest_near(values: &[u8], columns: usize) -> Vec<u8> {
    let into = |out: &mut [u8], from: &[u8]| {
        out.iter_mut().zip(from).for_each(|(out, &value)| *out = value.min(*out));
    };
    let mut across = values.to_vec();
    let columns = columns.max(1);
    for (out, row) in across.chunks_exact_mut(columns).zip(values.chunks_exact(columns)) {
        into(&mut out[1..], row);
        into(out, &row[1..]);
    }
    let mut both = across.clone();
    if let (Some(lower), Some(across_lower)) = (both.get_mut(columns..), across.get(columns..)) {
        into(lower, &across);
        into(&mut both, across_lower);
    }
    both
}

/// A way to tell dark from light, row by row.
pub(super) trait Binarizer {
    /// Fills `bits` with row `y`, pixel x in bit x % 64 of word x / 64. Rows come in ascending order.
    fn fill_row(&mut self, image: Image<'_>, y: usize, bits: &mut [u64]);

    /// Work of a row of `width` pixels, in samples: two for a pixel looked at by itself.
    fn row_work(&self, width: usize) -> u64 {
        2 * width as u64
    }
}

/// Words of bits in a row.
pub(super) fn words(width: usize) -> usize {
    width.div_ceil(64)
}

/// One threshold a tile, from the range of luma in it and around it: the fast one.
///
/// Flat tiles, most of a screen, cost nothing a pixel.
#[derive(Debug)]
pub(super) struct TileThresholds {
    columns: usize,
    /// Pixels below are dark: 0 where all are light, 255 where all are dark.
    thresholds: Vec<u8>,
}

impl TileThresholds {
    pub(super) fn new(tiles: &Tiles) -> Self {
        let near = tiles.widened();
        let wide = near.widened();
        let thresholds = (0..tiles.low.len())
            .map(|tile| {
                let contrast = |range: &Tiles| range.high(tile).saturating_sub(range.low[tile]);
                let ranges = [tiles, &near, &wide];
                // A pale card beside a white page: its own two tones are what matters. But a tile with
                // only the blurred edge of a module takes its neighbours' threshold.
                let own = contrast(tiles) > contrast(&near) / OWN_CONTRAST;
                let (low, high) = (tiles.low[tile], tiles.high(tile));
                let middle = ranges
                    .into_iter()
                    .skip(usize::from(!own))
                    .find(|range| contrast(range) >= MIN_CONTRAST)
                    .map(|range| range.low[tile].midpoint(range.high(tile)) + 1);
                match middle {
                    Some(middle) if high < middle => u8::MAX,
                    Some(middle) if low < middle => middle,
                    _ => 0,
                }
            })
            .collect();
        Self { columns: tiles.columns, thresholds }
    }
}

impl Binarizer for TileThresholds {
    fn row_work(&self, width: usize) -> u64 {
        width as u64 / 8
    }

    fn fill_row(&mut self, image: Image<'_>, y: usize, bits: &mut [u64]) {
        let start = y / TILE * self.columns;
        let thresholds = &self.thresholds[start..start + self.columns];
        let (groups, rest) = image.row(y).as_chunks::<TILE>();
        for ((word, thresholds), groups) in bits
            .iter_mut()
            .zip(thresholds.chunks(4))
            .zip(groups.chunks(4).chain(std::iter::repeat(&[][..])))
        {
            *word = 0;
            for (index, &threshold) in thresholds.iter().enumerate() {
                let dark = match threshold {
                    0 => continue,
                    u8::MAX => u16::MAX,
                    _ => match groups.get(index) {
                        Some(pixels) => Lanes::of(pixels).below(threshold),
                        None => below_rest(rest, threshold),
                    },
                };
                *word |= u64::from(dark) << (TILE * index);
            }
        }
    }
}

/// The pixels of a row beyond its last whole tile.
fn below_rest(pixels: &[u8], threshold: u8) -> u16 {
    (0..).zip(pixels).fold(0, |bits, (at, &pixel)| bits | u16::from(pixel < threshold) << at)
}

/// Each pixel against the mean of a square around it, for uneven light and noise.
#[derive(Debug)]
pub(super) struct MeanThreshold {
    radius: usize,
    /// A pixel must be this much below the mean to be dark, so that flat regions are light.
    bias: u32,
    /// Sums of the rows `from..to` in each column.
    columns: Vec<u32>,
    from: usize,
    to: usize,
}

impl MeanThreshold {
    pub(super) fn new(radius: usize, bias: u32) -> Self {
        Self { radius, bias, columns: Vec::new(), from: 0, to: 0 }
    }
}

impl Binarizer for MeanThreshold {
    fn fill_row(&mut self, image: Image<'_>, y: usize, bits: &mut [u64]) {
        self.columns.resize(image.width, 0);
        while self.to < (y + self.radius + 1).min(image.height) {
            for (sum, &pixel) in self.columns.iter_mut().zip(image.row(self.to)) {
                *sum += u32::from(pixel);
            }
            self.to += 1;
        }
        while self.from < y.saturating_sub(self.radius) {
            for (sum, &pixel) in self.columns.iter_mut().zip(image.row(self.from)) {
                *sum -= u32::from(pixel);
            }
            self.from += 1;
        }
        let rows = (self.to - self.from) as u32;
        let row = image.row(y);
        bits.fill(0);
        let mut sum: u32 = self.columns.iter().take(self.radius).sum();
        let mut width = self.radius.min(row.len()) as u32;
        for (x, &pixel) in row.iter().enumerate() {
            if let Some(entering) = self.columns.get(x + self.radius) {
                sum += entering;
                width += 1;
            }
            if let Some(leaving) = x.checked_sub(self.radius + 1) {
                sum -= self.columns[leaving];
                width -= 1;
            }
            if (u32::from(pixel) + self.bias) * width * rows < sum {
                bits[x / 64] |= 1 << (x % 64);
            }
        }
    }
}

/// A landing on the way up or down is at least so many pixels long, each as light as the last but for
/// this.
const MIN_LANDING: usize = 2;
const MAX_FLAT_STEP: u8 = 3;

/// Between each turning point of a row and the next, the threshold lies half way: for modules of one or
/// two pixels, which blur to greys, and for pages of more than two greys.
#[derive(Debug)]
pub(super) struct TurningPoints {
    /// A rise or fall smaller than this is no turn.
    min_step: u8,
    /// Turning points of the current row: position and luma.
    turns: Vec<(usize, u8)>,
}

impl TurningPoints {
    pub(super) fn new(min_step: u8) -> Self {
        Self { min_step, turns: Vec::new() }
    }

    fn find_turns(&mut self, row: &[u8]) {
        self.turns.clear();
        let Some(&first) = row.first() else { return };
        self.turns.push((0, first));
        let mut extreme = (0, first);
        let mut rising = false;
        let mut flat = Flat { start: 0, end: 1, luma: first };
        for (x, &pixel) in row.iter().enumerate() {
            let goes_on = if rising { pixel >= extreme.1 } else { pixel <= extreme.1 };
            if goes_on {
                // A rise or fall in two steps: from page to dark modules to light ones, or back.
                let last = self.turns.last().copied().unwrap_or((0, first));
                let is_step =
                    |from: u8, to: u8| from.abs_diff(to) >= self.min_step && (to > from) == rising;
                if flat.start > last.0
                    && flat.end - flat.start >= MIN_LANDING
                    && is_step(last.1, flat.luma)
                    && is_step(flat.luma, pixel)
                {
                    // Dark, as is what is above it.
                    let at = if rising { flat.start } else { flat.end };
                    self.turns.push((at, flat.luma));
                }
                extreme = (x, pixel);
            } else if pixel.abs_diff(extreme.1) >= self.min_step {
                self.turns.push(extreme);
                extreme = (x, pixel);
                rising = !rising;
            }
            if x > 0 && pixel.abs_diff(row[x - 1]) <= MAX_FLAT_STEP {
                if flat.end == x {
                    flat.end = x + 1;
                } else {
                    flat = Flat { start: x - 1, end: x + 1, luma: pixel };
                }
            }
        }
        self.turns.push(extreme);
        self.turns.push((row.len(), extreme.1));
    }
}

/// Pixels of one luma on the way up or down.
struct Flat {
    start: usize,
    end: usize,
    luma: u8,
}

impl Binarizer for TurningPoints {
    fn fill_row(&mut self, image: Image<'_>, y: usize, bits: &mut [u64]) {
        let row = image.row(y);
        self.find_turns(row);
        bits.fill(0);
        // A flat start is as dark or light as what follows makes it, a flat end as it came.
        let steps = self.turns.windows(2).map(|pair| (pair[0].1, pair[1].1));
        let mut last_middle = steps
            .filter(|(before, after)| before != after)
            .map(|(before, after)| before.midpoint(after))
            .next()
            .unwrap_or(0);
        for pair in self.turns.windows(2) {
            let ((from, before), (to, after)) = (pair[0], pair[1]);
            let middle = if before == after { last_middle } else { before.midpoint(after) };
            for (x, &pixel) in row.iter().enumerate().take(to).skip(from) {
                bits[x / 64] |= u64::from(pixel <= middle) << (x % 64);
            }
            last_middle = middle;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(binarizer: &mut dyn Binarizer, image: Image<'_>) -> Vec<String> {
        let mut bits = vec![0; words(image.width)];
        (0..image.height)
            .map(|y| {
                binarizer.fill_row(image, y, &mut bits);
                (0..image.width)
                    .map(|x| if bits[x / 64] >> (x % 64) & 1 == 1 { '#' } else { '.' })
                    .collect()
            })
            .collect()
    }

    /// A light picture with a dark bar from column 30 to 39.
    fn bar(width: usize, height: usize, light: u8, dark: u8) -> Vec<u8> {
        (0..width * height)
            .map(|index| if (30..40).contains(&(index % width)) { dark } else { light })
            .collect()
    }

    fn expected(width: usize) -> String {
        (0..width).map(|x| if (30..40).contains(&x) { '#' } else { '.' }).collect()
    }

    #[test]
    fn every_binarizer_finds_a_dark_bar() {
        for (width, height) in [(50, 20), (64, 16), (130, 7)] {
            for (light, dark) in [(255, 0), (80, 40)] {
                let luma = bar(width, height, light, dark);
                let image = Image::new(&luma, width, height).unwrap();
                let mut tiles = TileThresholds::new(&Tiles::of(image));
                let mut mean = MeanThreshold::new(20, 5);
                let mut turning = TurningPoints::new(16);
                let binarizers: [&mut dyn Binarizer; 3] = [&mut tiles, &mut mean, &mut turning];
                for binarizer in binarizers {
                    for row in rows(binarizer, image) {
                        assert_eq!(row, expected(width), "{width} {light}");
                    }
                }
            }
        }
    }

    #[test]
    fn flat_pictures_are_light() {
        for grey in [0, 90, 255] {
            let luma = vec![grey; 40 * 40];
            let image = Image::new(&luma, 40, 40).unwrap();
            let blank = vec![".".repeat(40); 40];
            assert_eq!(rows(&mut TileThresholds::new(&Tiles::of(image)), image), blank);
            assert_eq!(rows(&mut MeanThreshold::new(9, 3), image), blank);
            assert_eq!(rows(&mut TurningPoints::new(16), image)[0].contains('#'), grey == 0);
        }
    }

    #[test]
    fn turning_points_tell_modules_from_a_card_of_any_grey() {
        // A black page, a grey card, modules between the two in tone.
        let luma: Vec<u8> = [20, 20, 20, 110, 110, 110, 75, 75, 110, 110, 75, 110, 110, 20, 20, 20]
            .iter()
            .copied()
            .cycle()
            .take(64)
            .collect();
        let image = Image::new(&luma, 16, 4).unwrap();
        let seen = rows(&mut TurningPoints::new(16), image);
        assert_eq!(seen[0], "###...##..#..###");
    }

    #[test]
    fn turning_points_tell_dark_modules_from_light_ones_on_a_darker_page() {
        let luma =
            [19, 19, 73, 73, 73, 95, 125, 125, 79, 73, 73, 92, 125, 99, 73, 73, 19, 19, 19, 19];
        let image = Image::new(&luma, 20, 1).unwrap();
        let seen = rows(&mut TurningPoints::new(16), image);
        assert_eq!(seen, ["######..####.#######"]);
    }

    #[test]
    fn widening_reaches_every_neighbour() {
        let mut tiles = Tiles::empty(80, 80);
        for index in 0..25 {
            tiles.set(index % 5, index / 5, 100, 100);
        }
        tiles.set(2, 2, 10, 200);
        let near = tiles.widened();
        for row in 0..5usize {
            for column in 0..5usize {
                let inside = row.abs_diff(2) <= 1 && column.abs_diff(2) <= 1;
                assert_eq!(near.low[row * 5 + column], if inside { 10 } else { 100 });
            }
        }
    }
}
