//! The last resort for the grid: its corners are moved until the function patterns fit best.

use super::geometry::{Correspondence, Homography, Point};
use super::grid::Grid;
use super::tables::Version;
use super::work::Work;

/// Rounds of moving all four corners; each halves the step or finds better corners.
const ROUNDS: usize = 7;
/// The first step, in modules.
const FIRST_STEP: f32 = 0.7;
/// A step that brought nothing shrinks by this.
const SHRINK: f32 = 0.6;

/// A module whose tone the standard fixes.
pub(super) struct FixedModule {
    centre: Point,
    /// 1 if light, −1 if dark: luma times this is high where it fits.
    sign: f32,
}

impl FixedModule {
    fn new(x: usize, y: usize, dark: bool) -> Self {
        Self {
            centre: Point::new(x as f32 + 0.5, y as f32 + 0.5),
            sign: if dark { -1.0 } else { 1.0 },
        }
    }
}

/// Finder patterns with separators, alignment patterns and timing patterns.
pub(super) fn fixed_modules(version: Version) -> Vec<FixedModule> {
    let size = version.size();
    let mut modules = frame_modules(version);
    let mut square = |x: usize, y: usize, radius: usize, light_ring: usize| {
        for row in 0..=2 * radius {
            for column in 0..=2 * radius {
                let ring = row.abs_diff(radius).max(column.abs_diff(radius));
                let (x, y) = (x + column - radius, y + row - radius);
                modules.push(FixedModule::new(x, y, ring != light_ring));
            }
        }
    };
    for (x, y) in [(3, 3), (size - 4, 3), (3, size - 4)] {
        square(x, y, 3, 2);
    }
    for (x, y) in version.alignment_centres() {
        square(x, y, 2, 1);
    }
    modules
}

/// Separators and timing patterns: what chance does not put between three finder patterns.
fn frame_modules(version: Version) -> Vec<FixedModule> {
    let size = version.size();
    let mut modules = Vec::new();
    for index in 0..8 {
        for (x, y) in [(7, index), (size - 8, index), (7, size - 1 - index)] {
            modules.push(FixedModule::new(x, y, false));
        }
        // The corners belong to both arms of a separator.
        if index < 7 {
            for (x, y) in [(index, 7), (size - 1 - index, 7), (index, size - 8)] {
                modules.push(FixedModule::new(x, y, false));
            }
        }
    }
    for index in 8..size - 8 {
        for (x, y) in [(index, 6), (6, index)] {
            modules.push(FixedModule::new(x, y, index % 2 == 0));
        }
    }
    modules
}

/// The part of separators and timing patterns that has the right tone under `grid`.
pub(super) fn frame_agreement(grid: &Grid<'_>) -> f32 {
    let modules = frame_modules(grid.version);
    let luma: Vec<f32> = modules.iter().map(|module| grid.sample(module.centre)).collect();
    let mean = luma.iter().sum::<f32>() / luma.len() as f32;
    let right =
        luma.iter().zip(&modules).filter(|(luma, module)| (*luma - mean) * module.sign > 0.0);
    right.count() as f32 / luma.len() as f32
}

/// How well the tones of `modules` agree with `grid`: higher is better.
pub(super) fn fit(grid: &Grid<'_>, modules: &[FixedModule]) -> f32 {
    modules.iter().map(|module| module.sign * grid.sample(module.centre)).sum()
}

/// Moves the corners of `grid`, which has no mesh, uphill.
pub(super) fn refine(grid: &mut Grid<'_>, module: f32, work: &mut Work) {
    let fixed = fixed_modules(grid.version);
    let size = grid.size() as f32;
    let modules =
        [(0.0, 0.0), (size, 0.0), (size, size), (0.0, size)].map(|(x, y)| Point::new(x, y));
    let mut corners = grid.corners();
    let mut best = fit(grid, &fixed);
    let mut step = module * FIRST_STEP;
    for _ in 0..ROUNDS {
        let mut improved = false;
        for corner in 0..4 {
            for (x, y) in [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)] {
                if !work.spend(fixed.len() as u64) {
                    return;
                }
                let mut moved = corners;
                moved[corner] = moved[corner] + Point::new(x, y) * step;
                let mut next = 0;
                let pairs = moved.map(|pixel| {
                    next += 1;
                    Correspondence { module: modules[next - 1], pixel, weight: 1.0 }
                });
                let Some(transform) = Homography::fit(&pairs) else { continue };
                let before = std::mem::replace(&mut grid.transform, transform);
                let score = fit(grid, &fixed);
                if score > best {
                    best = score;
                    corners = moved;
                    improved = true;
                } else {
                    grid.transform = before;
                }
            }
        }
        if !improved {
            step *= SHRINK;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixes_the_modules_of_all_function_patterns() {
        // Version 1: three patterns of 8 x 8 modules with separators, and two timing patterns of five.
        assert_eq!(fixed_modules(Version::new(1).unwrap()).len(), 3 * 64 + 10);
        // Version 2 adds an alignment pattern and four modules to each timing pattern.
        assert_eq!(fixed_modules(Version::new(2).unwrap()).len(), 3 * 64 + 25 + 18);
    }
}
