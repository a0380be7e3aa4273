//! The picture: a plane of luma, and how to sample it.

use super::binarize::Tiles;
use super::geometry::Point;

/// Longest side of a picture, in pixels: twice an 8K screen.
pub const MAX_SIDE: usize = 16_384;
/// Most pixels of a picture: an 8K screen has 33 million, a phone's photo rarely more than 50.
pub const MAX_PIXELS: usize = 1 << 26;
/// A version 1 symbol without quiet zone at one pixel a module.
pub(super) const MIN_SIDE: usize = 21;

/// Why pixels are not a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImageError {
    /// Wider, higher or larger than this decoder takes.
    #[error("the picture is larger than {MAX_SIDE} pixels a side or {MAX_PIXELS} in all")]
    TooLarge,
    /// The number of bytes does not fit the width and height.
    #[error("the pixels do not fit the width and height")]
    WrongLength,
}

/// Refuses sizes beyond [`MAX_SIDE`] and [`MAX_PIXELS`] and gives the number of pixels.
pub(super) fn checked_area(width: usize, height: usize) -> Result<usize, ImageError> {
    if width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS {
        return Err(ImageError::TooLarge);
    }
    Ok(width * height)
}

/// A borrowed picture: one byte of luma a pixel, row by row, 0 black to 255 white.
#[derive(Clone, Copy, Debug)]
pub struct Image<'a> {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) luma: &'a [u8],
    /// Ranges of its tiles, where whoever made the luma knows them already.
    pub(super) tiles: Option<&'a Tiles>,
}

impl<'a> Image<'a> {
    /// A picture of `width` × `height` pixels. Any size up to the limits is valid, also an empty one.
    ///
    /// # Errors
    ///
    /// [`ImageError::TooLarge`] beyond [`MAX_SIDE`] or [`MAX_PIXELS`], [`ImageError::WrongLength`] if
    /// `luma` is not `width` × `height` bytes.
    pub fn new(luma: &'a [u8], width: usize, height: usize) -> Result<Self, ImageError> {
        if luma.len() != checked_area(width, height)? {
            return Err(ImageError::WrongLength);
        }
        Ok(Self { width, height, luma, tiles: None })
    }

    /// Width in pixels.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Height in pixels.
    pub fn height(&self) -> usize {
        self.height
    }

    /// The luma, row by row.
    pub fn luma(&self) -> &'a [u8] {
        self.luma
    }

    pub(super) fn row(&self, y: usize) -> &'a [u8] {
        &self.luma[y * self.width..(y + 1) * self.width]
    }

    pub(super) fn contains(&self, point: Point) -> bool {
        point.x >= 0.0
            && point.y >= 0.0
            && point.x < self.width as f32
            && point.y < self.height as f32
    }

    /// The luma at `point`, interpolated between the four nearest pixel centres; points outside take
    /// the nearest edge. The picture must be at least two pixels wide and high.
    #[inline(never)]
    pub(super) fn sample(&self, point: Point) -> f32 {
        // Casts of floats saturate, so that NaN and huge values stay inside as well.
        let x = (point.x - 0.5).max(0.0);
        let y = (point.y - 0.5).max(0.0);
        let column = (x as usize).min(self.width - 2);
        let row = (y as usize).min(self.height - 2);
        let fx = (x - column as f32).min(1.0);
        let fy = (y - row as f32).min(1.0);
        let start = row * self.width + column;
        let upper = &self.luma[start..start + 2];
        let lower = &self.luma[start + self.width..start + self.width + 2];
        let (a, b) = (f32::from(upper[0]), f32::from(upper[1]));
        let (c, d) = (f32::from(lower[0]), f32::from(lower[1]));
        let top = a + (b - a) * fx;
        let bottom = c + (d - c) * fx;
        top + (bottom - top) * fy
    }
}

/// An owned plane of luma.
#[derive(Clone, Debug, Default)]
pub(super) struct Plane {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) luma: Vec<u8>,
}

impl Plane {
    pub(super) fn image(&self) -> Image<'_> {
        Image { width: self.width, height: self.height, luma: &self.luma, tiles: None }
    }

    /// `image` at half its size, each pixel the mean of four.
    pub(super) fn half(image: Image<'_>) -> Self {
        let (width, height) = (image.width / 2, image.height / 2);
        let mut luma = vec![0; width * height];
        for (y, out) in luma.chunks_exact_mut(width.max(1)).enumerate() {
            let upper = image.row(2 * y).chunks_exact(2);
            let lower = image.row(2 * y + 1).chunks_exact(2);
            for ((mean, a), b) in out.iter_mut().zip(upper).zip(lower) {
                let sum = u16::from(a[0]) + u16::from(a[1]) + u16::from(b[0]) + u16::from(b[1]);
                *mean = ((sum + 2) / 4) as u8;
            }
        }
        Self { width, height, luma }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_sizes_beyond_the_limits() {
        assert_eq!(checked_area(MAX_SIDE, 4096), Ok(MAX_PIXELS));
        assert_eq!(checked_area(MAX_SIDE + 1, 1), Err(ImageError::TooLarge));
        assert_eq!(checked_area(MAX_SIDE, 4097), Err(ImageError::TooLarge));
        assert_eq!(checked_area(usize::MAX, usize::MAX), Err(ImageError::TooLarge));
    }

    #[test]
    fn refuses_pixels_that_do_not_fit() {
        assert_eq!(Image::new(&[0; 5], 2, 3).unwrap_err(), ImageError::WrongLength);
        assert!(Image::new(&[], 0, 7).is_ok());
    }

    #[test]
    fn samples_between_pixel_centres_and_clamps_outside() {
        let image = Image::new(&[0, 100, 200, 100], 2, 2).unwrap();
        assert_eq!(image.sample(Point::new(0.5, 0.5)), 0.0);
        assert_eq!(image.sample(Point::new(1.0, 0.5)), 50.0);
        assert_eq!(image.sample(Point::new(1.0, 1.0)), 100.0);
        assert_eq!(image.sample(Point::new(-9.0, 99.0)), 200.0);
        assert_eq!(image.sample(Point::new(f32::NAN, f32::INFINITY)), 200.0);
    }

    #[test]
    fn halves_by_the_mean_and_drops_an_odd_edge() {
        let luma = [0, 10, 7, 20, 31, 7, 9, 9, 9];
        let half = Plane::half(Image::new(&luma, 3, 3).unwrap());
        assert_eq!((half.width, half.height, half.luma), (1, 1, vec![15]));
    }
}
