//! From RGBA to luma, band by band, with the ranges of tiles in the same pass over memory.

use super::binarize::{TILE, Tiles};
use super::image::{Image, ImageError, checked_area};
use super::lanes::{LANES, Lanes, ToLuma, luma_of};

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
    /// Rows of it that are there.
    rows: usize,
    /// Lowest and highest luma so far in each tile of the current row of tiles, lane by lane.
    ranges: Vec<Range>,
    /// Whether that row of tiles has transparent pixels: then its ranges are not those of the luma.
    transparent: bool,
}

#[derive(Clone, Copy, Debug)]
struct Range {
    low: Lanes,
    high: Lanes,
}

impl Range {
    fn empty() -> Self {
        Self { low: Lanes::splat(u8::MAX), high: Lanes::splat(u8::MIN) }
    }

    #[inline]
    fn with(self, pixels: Lanes) -> Self {
        Self { low: self.low.min(pixels), high: self.high.max(pixels) }
    }
}

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
            luma: vec![0; area],
            rows: 0,
            ranges: vec![Range::empty(); tiles.columns()],
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
        if !rows.len().is_multiple_of(row_bytes) || rows.len() / row_bytes > self.height - self.rows
        {
            return Err(ImageError::WrongLength);
        }
        let mut rest = rows;
        while !rest.is_empty() {
            // As far as the end of a row of tiles, so that ranges stay in few registers.
            let count = (TILE - self.rows % TILE).min(rest.len() / row_bytes);
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
        if self.rows * self.width != self.luma.len() {
            return Err(ImageError::WrongLength);
        }
        Ok(Luma { width: self.width, height: self.height, pixels: self.luma, tiles: self.tiles })
    }

    /// Adds rows of one row of tiles.
    fn push_band(&mut self, rgba: &[u8]) {
        let width = self.width;
        let rows = rgba.len() / (4 * width);
        let start = self.rows * width;
        let band = &mut self.luma[start..start + rows * width];
        let to_luma = ToLuma::new();
        let mut all = Lanes::splat(u8::MAX);
        for (pixels, out) in rgba.chunks_exact(4 * width).zip(band.chunks_exact_mut(width)) {
            let (groups, _) = pixels.as_chunks();
            let (outs, _) = out.as_chunks_mut();
            for ((group, out), range) in groups.iter().zip(outs).zip(&mut self.ranges) {
                let pixels = quarters(group);
                let [a, b, c, d] = pixels;
                all = all.and(a.and(b).and(c.and(d)));
                let luma = to_luma.luma(pixels);
                *out = luma.bytes();
                *range = range.with(luma);
            }
        }
        let opaque = all.bytes().iter().skip(3).step_by(4).all(|&alpha| alpha == u8::MAX);
        self.transparent |= !opaque;
        let done = if opaque { width / LANES * LANES } else { 0 };
        if done < width {
            for (pixels, out) in rgba.chunks_exact(4 * width).zip(band.chunks_exact_mut(width)) {
                for (pixel, out) in pixels.chunks_exact(4).zip(out.iter_mut()).skip(done) {
                    *out = over_white(pixel[0], pixel[1], pixel[2], pixel[3]);
                    if let Some(tile) = self.ranges.get_mut(width / LANES) {
                        *tile = tile.with(Lanes::splat(*out));
                    }
                }
            }
        }
        self.rows += rows;
        if self.rows.is_multiple_of(TILE) || self.rows == self.height {
            self.finish_tiles(self.rows.div_ceil(TILE) - 1);
        }
    }

    fn finish_tiles(&mut self, tile_row: usize) {
        for (column, tile) in self.ranges.iter_mut().enumerate() {
            let range = std::mem::replace(tile, Range::empty());
            self.tiles.set(column, tile_row, range.low.lowest(), range.high.highest());
        }
        if std::mem::take(&mut self.transparent) {
            for y in tile_row * TILE..self.rows {
                self.tiles.measure(y, &self.luma[y * self.width..(y + 1) * self.width]);
            }
        }
    }
}

#[inline]
fn quarters(pixels: &[u8; 4 * LANES]) -> [Lanes; 4] {
    let (quarters, _) = pixels.as_chunks();
    let [a, b, c, d] = [&quarters[0], &quarters[1], &quarters[2], &quarters[3]];
    [Lanes::of(a), Lanes::of(b), Lanes::of(c), Lanes::of(d)]
}

fn over_white(red: u8, green: u8, blue: u8, alpha: u8) -> u8 {
    let luma = luma_of(red, green, blue);
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
