//! From RGBA to luma, band by band, with the ranges of tiles in the same pass over memory.

use super::binarize::{TILE, Tiles};
use super::image::{Image, ImageError, checked_area};
use super::lanes::{self, LANES};

/// An owned picture with what was learned while it was made.
#[derive(Clone, Debug)]
pub struct Luma {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
    tiles: Tiles,
}

impl Luma {
    /// The picture to decode.
    pub fn image(&self) -> Image<'_> {
        Image {
            width: self.width,
            height: self.height,
            luma: &self.pixels,
            tiles: Some(&self.tiles),
        }
    }
}

/// Makes a [`Luma`] of RGBA pixels that come in bands of rows, so that they need not all be in memory.
#[derive(Clone, Debug)]
pub struct LumaBuilder {
    width: usize,
    height: usize,
    luma: Vec<u8>,
    tiles: Tiles,
    /// Lowest and highest luma so far in each tile of the current row of tiles, lane by lane.
    ranges: Vec<Range>,
    /// Whether that row of tiles has transparent pixels: then its ranges are not those of the luma.
    transparent: bool,
}

const EMPTY_RANGE: Range = ([u8::MAX; LANES], [u8::MIN; LANES]);

impl LumaBuilder {
    /// Starts a picture of `width` × `height` pixels.
    ///
    /// # Errors
    ///
    /// [`ImageError::TooLarge`] beyond [`MAX_SIDE`](super::MAX_SIDE) or
    /// [`MAX_PIXELS`](super::MAX_PIXELS).
    pub fn new(width: usize, height: usize) -> Result<Self, ImageError> {
        let area = checked_area(width, height)?;
        let tiles = Tiles::empty(width, height);
        Ok(Self {
            width,
            height,
            luma: Vec::with_capacity(area),
            ranges: vec![EMPTY_RANGE; tiles.columns()],
            transparent: false,
            tiles,
        })
    }

    /// Adds whole rows of RGBA pixels, four bytes each, not premultiplied.
    ///
    /// Transparent pixels are seen over white, as a page without background shows them.
    ///
    /// # Errors
    ///
    /// [`ImageError::WrongLength`] if these are not whole rows or too many; the picture is unchanged.
    pub fn push_rgba(&mut self, rows: &[u8]) -> Result<(), ImageError> {
        let row_bytes = self.width * 4;
        if row_bytes == 0 {
            return if rows.is_empty() { Ok(()) } else { Err(ImageError::WrongLength) };
        }
        if !rows.len().is_multiple_of(row_bytes)
            || self.luma.len() + rows.len() / 4 > self.width * self.height
        {
            return Err(ImageError::WrongLength);
        }
        let mut rest = rows;
        while !rest.is_empty() {
            // As far as the end of a row of tiles, so that ranges stay in few registers.
            let above = self.luma.len() / self.width;
            let count = (TILE - above % TILE).min(rest.len() / row_bytes);
            let (band, after) = rest.split_at(count * row_bytes);
            self.push_band(band);
            rest = after;
        }
        Ok(())
    }

    /// The picture, once all its rows are there.
    ///
    /// # Errors
    ///
    /// [`ImageError::WrongLength`] if rows are missing.
    pub fn finish(self) -> Result<Luma, ImageError> {
        if self.luma.len() != self.width * self.height {
            return Err(ImageError::WrongLength);
        }
        Ok(Luma { width: self.width, height: self.height, pixels: self.luma, tiles: self.tiles })
    }

    /// Adds rows of one row of tiles.
    fn push_band(&mut self, band: &[u8]) {
        let start = self.luma.len();
        self.luma.resize(start + band.len() / 4, 0);
        let rows = band.chunks_exact(self.width * 4);
        for (row, out) in rows.zip(self.luma[start..].chunks_exact_mut(self.width)) {
            let (groups, _) = row.as_chunks::<{ 4 * LANES }>();
            let (outs, _) = out.as_chunks_mut::<LANES>();
            let mut all = [u8::MAX; LANES];
            for ((group, out), (low, high)) in groups.iter().zip(outs).zip(&mut self.ranges) {
                *out = lanes::luma(group, &mut all);
                lanes::widen(low, high, out);
            }
            let opaque = all.iter().skip(3).step_by(4).all(|&alpha| alpha == u8::MAX);
            self.transparent |= !opaque;
            let done = if opaque { groups.len() * LANES } else { 0 };
            for (pixel, out) in row.chunks_exact(4).zip(out.iter_mut()).skip(done) {
                *out = over_white(pixel[0], pixel[1], pixel[2], pixel[3]);
            }
            widen_rest(&mut self.ranges, out);
        }
        let rows = self.luma.len() / self.width;
        if rows.is_multiple_of(TILE) || rows == self.height {
            self.finish_tiles(rows.div_ceil(TILE) - 1);
        }
    }

    fn finish_tiles(&mut self, tile_row: usize) {
        if std::mem::take(&mut self.transparent) {
            self.ranges.fill(EMPTY_RANGE);
            let start = tile_row * TILE * self.width;
            for row in self.luma[start..].chunks_exact(self.width) {
                let (tiles, _) = row.as_chunks::<LANES>();
                for (tile, (low, high)) in tiles.iter().zip(&mut self.ranges) {
                    lanes::widen(low, high, tile);
                }
                widen_rest(&mut self.ranges, row);
            }
        }
        for (column, (low, high)) in self.ranges.iter_mut().enumerate() {
            let lowest = low.iter().fold(u8::MAX, |a, &b| a.min(b));
            let highest = high.iter().fold(u8::MIN, |a, &b| a.max(b));
            self.tiles.set(column, tile_row, lowest, highest);
            (*low, *high) = EMPTY_RANGE;
        }
    }
}

type Range = ([u8; LANES], [u8; LANES]);

/// Takes the pixels of a row beyond its last whole tile into the last range.
fn widen_rest(ranges: &mut [Range], row: &[u8]) {
    let (tiles, rest) = row.as_chunks::<LANES>();
    if let Some((low, high)) = ranges.get_mut(tiles.len()) {
        low[0] = rest.iter().fold(low[0], |low, &luma| low.min(luma));
        high[0] = rest.iter().fold(high[0], |high, &luma| high.max(luma));
    }
}

fn over_white(red: u8, green: u8, blue: u8, alpha: u8) -> u8 {
    let luma = lanes::luma_of(red, green, blue);
    let (luma, alpha) = (u32::from(luma), u32::from(alpha));
    ((luma * alpha + 255 * (255 - alpha) + 127) / 255) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn build(width: usize, height: usize, rgba: &[u8], band: usize) -> Luma {
        let mut builder = LumaBuilder::new(width, height).unwrap();
        for rows in rgba.chunks(width * 4 * band) {
            builder.push_rgba(rows).unwrap();
        }
        builder.finish().unwrap()
    }

    #[test]
    fn weighs_green_twice() {
        let luma = build(2, 1, &[100, 20, 60, 255, 0, 0, 0, 255], 1);
        assert_eq!(luma.image().luma(), [50, 0]);
    }

    #[test]
    fn shows_transparent_pixels_over_white() {
        let luma = build(2, 1, &[0, 0, 0, 0, 0, 0, 0, 128], 1);
        assert_eq!(luma.image().luma(), [255, 127]);
    }

    #[test]
    fn bands_of_any_height_give_the_tiles_of_the_whole() {
        let (width, height) = (37, 41);
        for alpha in [255, 130] {
            let pixel = |index: usize| {
                let grey = (index * 7919 % 251) as u8;
                [grey, grey, grey, if index > 900 { alpha } else { 255 }]
            };
            let rgba: Vec<u8> = (0..width * height).flat_map(pixel).collect();
            for band in [1, 5, 16, 41] {
                let luma = build(width, height, &rgba, band);
                let whole = Tiles::of(Image::new(luma.image().luma(), width, height).unwrap());
                assert_eq!(luma.tiles, whole, "bands of {band}, alpha {alpha}");
            }
        }
    }

    #[test]
    fn refuses_broken_missing_and_surplus_rows() {
        let mut builder = LumaBuilder::new(2, 2).unwrap();
        assert_eq!(builder.push_rgba(&[0; 7]), Err(ImageError::WrongLength));
        builder.push_rgba(&[0; 8]).unwrap();
        assert_eq!(builder.clone().finish().unwrap_err(), ImageError::WrongLength);
        assert_eq!(builder.push_rgba(&[0; 16]), Err(ImageError::WrongLength));
    }
}
