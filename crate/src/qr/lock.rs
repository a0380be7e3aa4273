//! A grid for paper that is not flat: node by node, it locks in where modules contrast most.
//!
//! Function patterns fix the grid in a few places only. But data modules show as well whether the grid
//! is on them: sampled near their edges they are grey, in their middles dark or light.

use super::geometry::{Point, mean};
use super::grid::{Grid, Mesh};
use super::work::Work;

/// Modules from node to node, at most: bent paper is nearly straight over so few.
const SPACING: f32 = 5.0;
/// Modules around a node that are looked at, each way.
const REACH: i8 = 3;
/// How far from where its neighbours suggest a node is sought, in steps and modules. Half a module is as
/// far as the grid can be told from one that is a module off.
const STEPS: i8 = 3;
const STEP: f32 = 0.15;
/// Each module is sampled at the middle and this far from it, so that the middle stands out.
const ARM: f32 = 0.28;
/// A shift must bring this much more contrast a module of distance.
const DISTANCE_PENALTY: f32 = 0.06;

/// Finds the displacement at each node; `None` if the budget is spent.
///
/// `grid` has no mesh. Nodes are visited from the top left on, where a finder pattern holds the grid.
pub(super) fn lock(grid: &Grid<'_>, work: &mut Work) -> Option<Mesh> {
    let size = grid.size() as f32;
    let first = 3.5;
    let cells = ((size - 2.0 * first) / SPACING).ceil();
    let axis: Vec<f32> = (0..=cells as usize)
        .map(|node| first + node as f32 * (size - 2.0 * first) / cells)
        .collect();
    let count = axis.len();
    let mut shifts = vec![Point::default(); count * count];
    for diagonal in 1..2 * count - 1 {
        for row in diagonal.saturating_sub(count - 1)..=diagonal.min(count - 1) {
            let column = diagonal - row;
            let known: Vec<Point> = [(1, 0), (0, 1), (1, 1)]
                .into_iter()
                .filter_map(|(left, up)| {
                    Some(shifts[row.checked_sub(up)? * count + column.checked_sub(left)?])
                })
                .collect();
            let node = Point::new(axis[column], axis[row]);
            shifts[row * count + column] = find(grid, node, mean(&known), work)?;
        }
    }
    Some(Mesh { axis, shifts: smooth(&shifts, count) })
}

/// The displacement near `expected`, in pixels, at which the modules around `node` contrast most.
fn find(grid: &Grid<'_>, node: Point, expected: Point, work: &mut Work) -> Option<Point> {
    let samples = i64::from(2 * REACH + 1).pow(2) * i64::from(2 * STEPS + 1).pow(2) * 5;
    if !work.spend(samples.unsigned_abs()) {
        return None;
    }
    let origin = grid.pixel(node);
    let across = grid.pixel(node + Point::new(1.0, 0.0)) - origin;
    let down = grid.pixel(node + Point::new(0.0, 1.0)) - origin;
    let centre = Point::new(node.x.floor() + 0.5, node.y.floor() + 0.5) - node;
    let origin = origin + across * centre.x + down * centre.y + expected;
    let mut best = (f32::MIN, Point::default());
    for row in -STEPS..=STEPS {
        for column in -STEPS..=STEPS {
            let shift = (across * f32::from(column) + down * f32::from(row)) * STEP;
            let distance = Point::new(f32::from(column), f32::from(row)).length() * STEP;
            let contrast = contrast(grid, origin + shift, across, down);
            let score = contrast * (1.0 - DISTANCE_PENALTY * distance);
            if score > best.0 {
                best = (score, shift);
            }
        }
    }
    Some(expected + best.1)
}

/// The mean deviation of the modules around the one at `origin` from their mean.
fn contrast(grid: &Grid<'_>, origin: Point, across: Point, down: Point) -> f32 {
    const SIDE: usize = 2 * REACH as usize + 1;
    let mut modules = [0.0; SIDE * SIDE];
    let offsets =
        (-REACH..=REACH).flat_map(|row| (-REACH..=REACH).map(move |column| (column, row)));
    for (module, (column, row)) in modules.iter_mut().zip(offsets) {
        let middle = origin + across * f32::from(column) + down * f32::from(row);
        let arms = [across * ARM, across * -ARM, down * ARM, down * -ARM];
        *module = grid.image.sample(middle)
            + arms.iter().map(|&arm| grid.image.sample(middle + arm)).sum::<f32>();
    }
    let mean = modules.iter().sum::<f32>() / modules.len() as f32;
    modules.iter().map(|module| (module - mean).abs()).sum()
}

/// Each shift as the mean of itself and its neighbours, itself as heavy as all of them.
fn smooth(shifts: &[Point], count: usize) -> Vec<Point> {
    let at = |column: usize, row: usize| {
        (column < count && row < count).then(|| shifts[row * count + column])
    };
    let smoothed = |index: usize| {
        let (column, row) = (index % count, index / count);
        let neighbours = [
            at(column.wrapping_sub(1), row),
            at(column + 1, row),
            at(column, row.wrapping_sub(1)),
            at(column, row + 1),
        ];
        let known: Vec<Point> = neighbours.into_iter().flatten().collect();
        (shifts[index] + mean(&known)) * 0.5
    };
    (0..shifts.len()).map(smoothed).collect()
}

#[cfg(test)]
mod tests {
    use super::super::geometry::{Correspondence, Homography};
    use super::super::image::Image;
    use super::super::tables::Version;
    use super::*;

    #[test]
    fn follows_modules_that_bend_away() {
        // Modules of four pixels that sink by up to three pixels in the middle of each row.
        let (module, size) = (4.0f32, 29usize);
        let side = 140usize;
        let bend = |x: f32| 3.0 * (x / (module * size as f32) * std::f32::consts::PI).sin();
        let dark = |column: usize, row: usize| {
            (column * 31 + row * 17 + column * row * 7).wrapping_mul(2_654_435_761) >> 20 & 1 == 1
        };
        let mut luma = vec![255u8; side * side];
        for y in 0..side {
            for x in 0..side {
                let u = (x as f32 + 0.5) / module;
                let v = (y as f32 + 0.5 - bend(x as f32 + 0.5)) / module;
                let inside = v >= 0.0 && u < size as f32 && v < size as f32;
                if inside && dark(u as usize, v as usize) {
                    luma[y * side + x] = 0;
                }
            }
        }
        let full = size as f32;
        let pairs =
            [(0.0, 0.0), (full, 0.0), (full, full), (0.0, full)].map(|(x, y)| Correspondence {
                module: Point::new(x, y),
                pixel: Point::new(x * module, y * module),
                weight: 1.0,
            });
        let mut grid = Grid {
            image: Image::new(&luma, side, side).unwrap(),
            version: Version::new(3).unwrap(),
            inverted: false,
            transform: Homography::fit(&pairs).unwrap(),
            mesh: None,
        };
        let wrong = |grid: &Grid<'_>| {
            let samples = grid.sample_modules();
            (0..size * size)
                .filter(|&index| (samples[index] < 128.0) != dark(index % size, index / size))
                .count()
        };
        assert!(wrong(&grid) > 60, "{}", wrong(&grid));
        grid.mesh = lock(&grid, &mut Work::unlimited());
        assert!(wrong(&grid) < 20, "{}", wrong(&grid));
    }
}
