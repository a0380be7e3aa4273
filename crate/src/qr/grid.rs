//! The grid: where in the picture each module of a symbol lies.

use super::geometry::{Homography, Point};
use super::image::Image;
use super::tables::Version;

/// Modules of more pixels than this are sampled at five points, against noise and dots of printing.
const MULTISAMPLE_MODULE: f32 = 3.5;
/// Distance of the outer of the five points from the centre, in modules.
const MULTISAMPLE_OFFSET: f32 = 0.22;

/// A symbol's place in a picture.
#[derive(Clone, Debug)]
pub(super) struct Grid<'a> {
    pub(super) image: Image<'a>,
    pub(super) version: Version,
    pub(super) inverted: bool,
    pub(super) transform: Homography,
    pub(super) mesh: Option<Mesh>,
}

/// Displacements from the perspective transform, at nodes on lines of modules: for symbols that are not
/// flat.
#[derive(Clone, Debug)]
pub(super) struct Mesh {
    /// Module coordinates of the lines, the same in both directions, at least two, ascending.
    pub(super) axis: Vec<f32>,
    /// Displacement in pixels at each crossing, row by row.
    pub(super) shifts: Vec<Point>,
}

impl Mesh {
    /// The displacement at `module`, interpolated between four nodes.
    fn shift(&self, module: Point) -> Point {
        let (column, x) = self.cell(module.x);
        let (row, y) = self.cell(module.y);
        let node = |column: usize, row: usize| self.shifts[row * self.axis.len() + column];
        let upper = node(column, row) * (1.0 - x) + node(column + 1, row) * x;
        let lower = node(column, row + 1) * (1.0 - x) + node(column + 1, row + 1) * x;
        upper * (1.0 - y) + lower * y
    }

    /// The cell a coordinate lies in, and where in it: a little beyond 0 to 1 outside the outer lines.
    fn cell(&self, coordinate: f32) -> (usize, f32) {
        let inner = &self.axis[1..self.axis.len() - 1];
        let index = inner.iter().take_while(|&&line| coordinate > line).count();
        let (from, to) = (self.axis[index], self.axis[index + 1]);
        (index, ((coordinate - from) / (to - from)).clamp(-0.3, 1.3))
    }
}

impl Grid<'_> {
    /// Modules a side.
    pub(super) fn size(&self) -> usize {
        self.version.size()
    }

    /// The pixel of a point in module coordinates.
    pub(super) fn pixel(&self, module: Point) -> Point {
        let pixel = self.transform.map(module);
        match &self.mesh {
            Some(mesh) => pixel + mesh.shift(module),
            None => pixel,
        }
    }

    /// The luma at a point in module coordinates, low where dark also if the symbol is inverted.
    pub(super) fn sample(&self, module: Point) -> f32 {
        let luma = self.image.sample(self.pixel(module));
        if self.inverted { 255.0 - luma } else { luma }
    }

    /// The side of a module in the middle, in pixels.
    pub(super) fn module_side(&self) -> f32 {
        let middle = self.size() as f32 * 0.5;
        let centre = self.pixel(Point::new(middle, middle));
        (self.pixel(Point::new(middle + 1.0, middle)) - centre).length()
    }

    /// The outer corners: top left, top right, bottom right, bottom left.
    pub(super) fn corners(&self) -> [Point; 4] {
        let size = self.size() as f32;
        [(0.0, 0.0), (size, 0.0), (size, size), (0.0, size)]
            .map(|(x, y)| self.pixel(Point::new(x, y)))
    }

    /// The luma of every module, row by row.
    pub(super) fn sample_modules(&self) -> Vec<f32> {
        let size = self.size();
        let multisample = self.module_side() > MULTISAMPLE_MODULE;
        let mut samples = Vec::with_capacity(size * size);
        for row in 0..size {
            for column in 0..size {
                let (x, y) = (column as f32 + 0.5, row as f32 + 0.5);
                let centre = self.sample(Point::new(x, y));
                samples.push(if multisample {
                    let around: f32 = [(-1.0, 0.0), (1.0, 0.0), (0.0, -1.0), (0.0, 1.0)]
                        .iter()
                        .map(|(dx, dy)| {
                            let (dx, dy) = (dx * MULTISAMPLE_OFFSET, dy * MULTISAMPLE_OFFSET);
                            self.sample(Point::new(x + dx, y + dy))
                        })
                        .sum();
                    (2.0 * centre + around) / 6.0
                } else {
                    centre
                });
            }
        }
        samples
    }

    /// How well the timing patterns (clause 6.3.5) alternate under this grid, −1 to 1.
    ///
    /// A wrong version shifts some modules by half, which turns steps against the pattern.
    pub(super) fn timing_contrast(&self) -> f32 {
        let (mut with, mut total) = (0.0f32, 0.0f32);
        for vertical in [false, true] {
            let mut previous: Option<f32> = None;
            for index in 7..self.size() - 7 {
                let along = index as f32 + 0.5;
                let point = if vertical { Point::new(6.5, along) } else { Point::new(along, 6.5) };
                let luma = self.sample(point);
                if let Some(previous) = previous {
                    // Even modules are dark.
                    let step = if index % 2 == 0 { previous - luma } else { luma - previous };
                    with += step;
                    total += step.abs();
                }
                previous = Some(luma);
            }
        }
        if total < 1.0 { 0.0 } else { with / total }
    }

    /// Mean difference between light ring and core of the three finder patterns.
    pub(super) fn finder_contrast(&self) -> f32 {
        let far = self.size() as f32 - 3.5;
        let contrast: f32 = [(3.5, 3.5), (far, 3.5), (3.5, far)]
            .iter()
            .map(|&(x, y)| {
                let ring = [(-2.0, 0.0), (2.0, 0.0), (0.0, -2.0), (0.0, 2.0)]
                    .iter()
                    .map(|(dx, dy)| self.sample(Point::new(x + dx, y + dy)))
                    .sum::<f32>();
                ring / 4.0 - self.sample(Point::new(x, y))
            })
            .sum();
        contrast / 3.0
    }
}

#[cfg(test)]
mod tests {
    use super::super::geometry::Correspondence;
    use super::*;

    fn grid(image: Image<'_>) -> Grid<'_> {
        let pairs =
            [(0.0, 0.0), (21.0, 0.0), (21.0, 21.0), (0.0, 21.0)].map(|(x, y)| Correspondence {
                module: Point::new(x, y),
                pixel: Point::new(x * 2.0 + 10.0, y * 2.0 + 10.0),
                weight: 1.0,
            });
        Grid {
            image,
            version: Version::new(1).unwrap(),
            inverted: false,
            transform: Homography::fit(&pairs).unwrap(),
            mesh: None,
        }
    }

    /// A page on which columns of modules alternate from dark.
    fn stripes() -> Vec<u8> {
        (0..62 * 62).map(|index| if (index % 62) / 2 % 2 == 1 { 0 } else { 255 }).collect()
    }

    #[test]
    fn maps_modules_to_pixels_and_back_to_corners() {
        let luma = stripes();
        let grid = grid(Image::new(&luma, 62, 62).unwrap());
        assert!(grid.corners()[2].is_near(Point::new(52.0, 52.0), 0.01));
        assert!((grid.module_side() - 2.0).abs() < 0.01);
        let samples = grid.sample_modules();
        assert!(samples[0] < 1.0 && samples[1] > 254.0);
    }

    #[test]
    fn an_inverted_grid_exchanges_tones() {
        let luma = stripes();
        let mut grid = grid(Image::new(&luma, 62, 62).unwrap());
        grid.inverted = true;
        assert!(grid.sample_modules()[0] > 254.0);
    }

    #[test]
    fn a_mesh_shifts_between_its_nodes() {
        let mut shifts = vec![Point::default(); 9];
        shifts[4] = Point::new(4.0, -2.0);
        let mesh = Mesh { axis: vec![0.0, 10.0, 20.0], shifts };
        assert_eq!(mesh.shift(Point::new(10.0, 10.0)), Point::new(4.0, -2.0));
        assert_eq!(mesh.shift(Point::new(5.0, 10.0)), Point::new(2.0, -1.0));
        assert_eq!(mesh.shift(Point::new(0.0, 0.0)), Point::default());
    }
}
