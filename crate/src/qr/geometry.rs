//! Points, lines and the perspective transform between module and pixel coordinates.
//!
//! Pixel coordinates are continuous: pixel (0, 0) covers the square from (0, 0) to (1, 1). Module
//! coordinates likewise, with the symbol from (0, 0) to (size, size).

use std::ops::{Add, Mul, Sub};

/// A point, or a displacement.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right, in pixels.
    pub x: f32,
    /// Downwards, in pixels.
    pub y: f32,
}

impl Point {
    /// The point (x, y).
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    pub(super) fn length(self) -> f32 {
        self.dot(self).sqrt()
    }

    pub(super) fn dot(self, other: Self) -> f32 {
        self.x * other.x + self.y * other.y
    }

    /// Positive if `other` lies clockwise from `self` on the screen, where y grows downwards.
    pub(super) fn cross(self, other: Self) -> f32 {
        self.x * other.y - self.y * other.x
    }

    /// Whether both coordinates differ by less than `distance`.
    pub(super) fn is_near(self, other: Self, distance: f32) -> bool {
        (self.x - other.x).abs() < distance && (self.y - other.y).abs() < distance
    }
}

impl Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }
}

impl Sub for Point {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }
}

impl Mul<f32> for Point {
    type Output = Self;
    fn mul(self, factor: f32) -> Self {
        Self::new(self.x * factor, self.y * factor)
    }
}

/// The mean of `points`, which must not be empty.
pub(super) fn mean(points: &[Point]) -> Point {
    points.iter().fold(Point::default(), |sum, &point| sum + point) * (1.0 / points.len() as f32)
}

/// Where the diagonals of a quadrilateral meet, `None` if they are parallel.
pub(super) fn diagonals_cross(corners: &[Point; 4]) -> Option<Point> {
    let first = corners[2] - corners[0];
    let second = corners[3] - corners[1];
    let determinant = first.cross(second);
    if determinant.abs() < 1e-3 {
        return None;
    }
    let along = (corners[1] - corners[0]).cross(second) / determinant;
    Some(corners[0] + first * along)
}

/// The line of points p with normal · p = offset.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) normal: Point,
    pub(super) offset: f32,
}

impl Line {
    /// Total least squares through `points`, `None` for fewer than three.
    pub(super) fn fit(points: &[Point]) -> Option<Self> {
        if points.len() < 3 {
            return None;
        }
        let centre = mean(points);
        let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
        for &point in points {
            let d = point - centre;
            xx += d.x * d.x;
            xy += d.x * d.y;
            yy += d.y * d.y;
        }
        // The direction of largest spread is the eigenvector of the scatter matrix.
        let half = (xx - yy) * 0.5;
        let root = (half * half + xy * xy).sqrt();
        let direction =
            if half >= 0.0 { Point::new(half + root, xy) } else { Point::new(xy, root - half) };
        let length = direction.length();
        if length < 1e-6 {
            return None;
        }
        let normal = Point::new(-direction.y / length, direction.x / length);
        Some(Self { normal, offset: normal.dot(centre) })
    }

    pub(super) fn distance(&self, point: Point) -> f32 {
        (self.normal.dot(point) - self.offset).abs()
    }

    /// Where two lines meet, `None` if the angle between them is under about 17°.
    pub(super) fn meet(&self, other: &Self) -> Option<Point> {
        let determinant = self.normal.cross(other.normal);
        if determinant.abs() < 0.3 {
            return None;
        }
        Some(Point::new(
            (self.offset * other.normal.y - self.normal.y * other.offset) / determinant,
            (self.normal.x * other.offset - self.offset * other.normal.x) / determinant,
        ))
    }
}

/// A pair of points that a transform should take to each other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Correspondence {
    pub(super) module: Point,
    pub(super) pixel: Point,
    pub(super) weight: f32,
}

/// A perspective transform from module to pixel coordinates.
#[derive(Clone, Copy, Debug)]
pub(super) struct Homography([f32; 9]);

impl Homography {
    /// Weighted least squares over at least four correspondences; `None` if they are degenerate.
    pub(super) fn fit(pairs: &[Correspondence]) -> Option<Self> {
        let modules = Normalisation::of(pairs.iter().map(|pair| pair.module));
        let pixels = Normalisation::of(pairs.iter().map(|pair| pair.pixel));
        let mut normal = [[0f64; 9]; 8];
        for pair in pairs {
            let (u, v) = modules.apply(pair.module);
            let (x, y) = pixels.apply(pair.pixel);
            let weight = f64::from(pair.weight);
            for equation in [
                [u, v, 1.0, 0.0, 0.0, 0.0, -u * x, -v * x, x],
                [0.0, 0.0, 0.0, u, v, 1.0, -u * y, -v * y, y],
            ] {
                add(&mut normal, &equation, weight);
            }
        }
        let solution = solve(&mut normal)?;
        Some(Self(modules.compose(&solution, &pixels)))
    }

    /// The pixel of a point in module coordinates.
    #[inline]
    pub(super) fn map(&self, module: Point) -> Point {
        let h = &self.0;
        let w = h[6] * module.x + h[7] * module.y + h[8];
        Point::new(
            (h[0] * module.x + h[1] * module.y + h[2]) / w,
            (h[3] * module.x + h[4] * module.y + h[5]) / w,
        )
    }
}

/// Shift and scale to around zero and one, without which the equations are ill-conditioned.
struct Normalisation {
    x: f64,
    y: f64,
    scale: f64,
}

impl Normalisation {
    fn of(points: impl Iterator<Item = Point> + Clone) -> Self {
        let count = points.clone().count().max(1) as f64;
        let x = points.clone().map(|point| f64::from(point.x)).sum::<f64>() / count;
        let y = points.clone().map(|point| f64::from(point.y)).sum::<f64>() / count;
        let spread = points
            .map(|point| (f64::from(point.x) - x).abs() + (f64::from(point.y) - y).abs())
            .sum::<f64>();
        Self { x, y, scale: spread / count + 1e-9 }
    }

    fn apply(&self, point: Point) -> (f64, f64) {
        ((f64::from(point.x) - self.x) / self.scale, (f64::from(point.y) - self.y) / self.scale)
    }

    /// The transform `inner` between normalised coordinates, as one between plain coordinates.
    fn compose(&self, inner: &[f64; 8], pixels: &Self) -> [f32; 9] {
        let inner = [
            [inner[0], inner[1], inner[2]],
            [inner[3], inner[4], inner[5]],
            [inner[6], inner[7], 1.0],
        ];
        // Right factor: normalise the modules. Left factor: undo the normalisation of the pixels.
        let right = inner.map(|[a, b, c]| {
            [a / self.scale, b / self.scale, c - (a * self.x + b * self.y) / self.scale]
        });
        let mut result = [0f32; 9];
        for column in 0..3 {
            result[column] = (pixels.scale * right[0][column] + pixels.x * right[2][column]) as f32;
            result[3 + column] =
                (pixels.scale * right[1][column] + pixels.y * right[2][column]) as f32;
            result[6 + column] = right[2][column] as f32;
        }
        result
    }
}

/// Adds an equation to the normal equations. A slice, as compilers would unroll all of an array.
#[inline(never)]
fn add(normal: &mut [[f64; 9]], equation: &[f64; 9], weight: f64) {
    for (row, &factor) in normal.iter_mut().zip(equation) {
        for (sum, &coefficient) in row.iter_mut().zip(equation) {
            *sum += weight * factor * coefficient;
        }
    }
}

/// Gauss–Jordan elimination of eight normal equations.
#[inline(never)]
fn solve(equations: &mut [[f64; 9]]) -> Option<[f64; 8]> {
    for pivot in 0..equations.len() {
        let mut largest = pivot;
        for row in pivot + 1..equations.len() {
            if equations[row][pivot].abs() > equations[largest][pivot].abs() {
                largest = row;
            }
        }
        equations.swap(pivot, largest);
        // Degenerate points can also bring NaN.
        let size = equations[pivot][pivot].abs();
        if size.is_nan() || size <= 1e-12 {
            return None;
        }
        let pivot_row = equations[pivot];
        for (index, row) in equations.iter_mut().enumerate() {
            if index != pivot {
                let factor = row[pivot] / pivot_row[pivot];
                for column in pivot..9 {
                    row[column] -= factor * pivot_row[column];
                }
            }
        }
    }
    let mut solution = [0.0; 8];
    for (index, value) in solution.iter_mut().enumerate() {
        *value = equations[index][8] / equations[index][index];
    }
    Some(solution)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(u: f32, v: f32, x: f32, y: f32) -> Correspondence {
        Correspondence { module: Point::new(u, v), pixel: Point::new(x, y), weight: 1.0 }
    }

    #[test]
    fn homography_meets_four_corners_exactly() {
        let pairs = [
            pair(0.0, 0.0, 100.0, 80.0),
            pair(25.0, 0.0, 300.0, 90.0),
            pair(25.0, 25.0, 280.0, 310.0),
            pair(0.0, 25.0, 90.0, 260.0),
        ];
        let homography = Homography::fit(&pairs).unwrap();
        for pair in pairs {
            assert!((homography.map(pair.module) - pair.pixel).length() < 0.01);
        }
    }

    #[test]
    fn homography_of_points_on_a_line_is_refused() {
        let pairs = [0.0, 1.0, 2.0, 3.0].map(|t| pair(t, t, t * 10.0, t * 10.0));
        assert!(Homography::fit(&pairs).is_none());
    }

    #[test]
    fn line_fits_points_and_meets_another() {
        let horizontal = Line::fit(&[0.0, 1.0, 2.0].map(|x| Point::new(x, 5.0))).unwrap();
        let vertical = Line::fit(&[0.0, 1.0, 2.0].map(|y| Point::new(7.0, y))).unwrap();
        let corner = horizontal.meet(&vertical).unwrap();
        assert!((corner - Point::new(7.0, 5.0)).length() < 1e-4);
        assert!(horizontal.meet(&horizontal).is_none());
    }

    #[test]
    fn diagonals_of_a_square_cross_in_its_middle() {
        let square =
            [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)].map(|(x, y)| Point::new(x, y));
        assert_eq!(diagonals_cross(&square), Some(Point::new(2.0, 2.0)));
    }
}
