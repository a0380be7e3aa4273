//! Part of a picture at twice its size, for modules of one or two pixels.

use std::ops::Range;

use super::geometry::Point;
use super::image::{Image, Plane};

/// Modules larger than this, in pixels, gain nothing by enlargement.
pub(super) const MAX_MODULE: f32 = 2.6;
/// Pixels around what is looked at.
const MARGIN: f32 = 4.0;

/// A cut-out of a picture at twice its size.
///
/// Interpolated by cubics, which unlike straight lines restore some of the contrast that small modules
/// have lost to their neighbours.
#[derive(Debug)]
pub(super) struct CloseUp {
    plane: Plane,
    origin: Point,
}

impl CloseUp {
    /// The box around `points` with a margin; `None` if it lies outside the picture.
    pub(super) fn around(image: Image<'_>, points: &[Point]) -> Option<Self> {
        let bounds = |pick: fn(Point) -> f32, limit: usize| {
            let least = points.iter().map(|&point| pick(point)).fold(f32::MAX, f32::min);
            let most = points.iter().map(|&point| pick(point)).fold(f32::MIN, f32::max);
            // Casts of floats saturate.
            let (from, to) = ((least - MARGIN) as usize, (most + MARGIN) as usize);
            (from, to.min(limit))
        };
        let (left, right) = bounds(|point| point.x, image.width);
        let (top, bottom) = bounds(|point| point.y, image.height);
        (left < right && top < bottom).then(|| Self {
            plane: double(image, left..right, top..bottom),
            origin: Point::new(left as f32, top as f32),
        })
    }

    pub(super) fn image(&self) -> Image<'_> {
        self.plane.image()
    }

    /// Where a point of the picture is in the enlargement.
    pub(super) fn enlarged(&self, point: Point) -> Point {
        (point - self.origin) * 2.0
    }

    /// Where a point of the enlargement is in the picture.
    pub(super) fn reduced(&self, point: Point) -> Point {
        point * 0.5 + self.origin
    }
}

/// Catmull and Rom's cubic a quarter of a pixel from the second of four pixels towards the third, in
/// parts of [`WHOLE`].
const CUBIC: [i32; 4] = [-9, 111, 29, -3];
const WHOLE: i32 = 128;

fn cubic(values: [i32; 4]) -> i32 {
    values.iter().zip(CUBIC).map(|(value, weight)| value * weight).sum()
}

fn double(image: Image<'_>, columns: Range<usize>, rows: Range<usize>) -> Plane {
    let (width, height) = (columns.len() * 2, rows.len() * 2);
    let mut luma = Vec::with_capacity(width * height);
    // Columns beside the cut-out have part in it, as far as the picture has them.
    let first = columns.start.saturating_sub(2);
    let last = (columns.end + 2).min(image.width);
    let mut line = Vec::with_capacity(last - first);
    for y in rows.start * 2..rows.end * 2 {
        let rows = taps(y, image.height).map(|row| &image.row(row)[first..last]);
        line.clear();
        line.extend((0..last - first).map(|x| cubic(rows.map(|row| i32::from(row[x])))));
        luma.extend((columns.start * 2..columns.end * 2).map(|x| {
            let sum = cubic(taps(x, image.width).map(|column| line[column - first]));
            ((sum + WHOLE * WHOLE / 2) / (WHOLE * WHOLE)).clamp(0, 255) as u8
        }));
    }
    Plane { width, height, luma }
}

/// The pixels that pixel `at` of a doubled line is made of, the nearest one second.
fn taps(at: usize, length: usize) -> [usize; 4] {
    let nearest = at / 2;
    let (before, after) = (nearest.saturating_sub(1), (nearest + 1).min(length - 1));
    if at % 2 == 1 {
        [before, nearest, after, (nearest + 2).min(length - 1)]
    } else {
        [after, nearest, before, nearest.saturating_sub(2)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(luma: &[u8], side: usize, from: Point, to: Point) -> CloseUp {
        CloseUp::around(Image::new(luma, side, side).unwrap(), &[from, to]).unwrap()
    }

    #[test]
    fn flat_stays_flat_and_slopes_stay_straight() {
        let luma: Vec<u8> = (0..400).map(|at| (at % 20 * 8 + 20) as u8).collect();
        let close_up = around(&luma, 20, Point::new(10.0, 10.0), Point::new(11.0, 11.0));
        let image = close_up.image();
        assert_eq!((image.width(), image.height()), (18, 18));
        for y in 0..18 {
            assert_eq!(image.row(y)[..4], [66, 70, 74, 78], "row {y}");
        }
    }

    #[test]
    fn gives_lines_of_a_pixel_more_contrast_than_straight_lines_would() {
        let luma: Vec<u8> = (0..400).map(|at| if at % 2 == 0 { 100 } else { 150 }).collect();
        let close_up = around(&luma, 20, Point::new(10.0, 10.0), Point::new(11.0, 11.0));
        // A quarter of the way between 100 and 150 straight lines give 112.5.
        assert_eq!(close_up.image().row(9)[8], 108);
    }

    #[test]
    fn takes_points_there_and_back_at_the_edge_of_a_picture() {
        let close_up = around(&[7; 400], 20, Point::new(-9.0, 18.0), Point::new(2.0, 99.0));
        assert_eq!((close_up.image().width(), close_up.image().height()), (12, 12));
        assert!(close_up.image().luma().iter().all(|&luma| luma == 7));
        let point = Point::new(3.0, 19.0);
        assert_eq!(close_up.enlarged(point), Point::new(6.0, 10.0));
        assert_eq!(close_up.reduced(close_up.enlarged(point)), point);
    }

    #[test]
    fn there_is_none_beside_the_picture() {
        let image = Image::new(&[7; 400], 20, 20).unwrap();
        assert!(CloseUp::around(image, &[Point::new(40.0, 4.0)]).is_none());
        assert!(CloseUp::around(image, &[Point::new(f32::NAN, 4.0)]).is_none());
    }
}
