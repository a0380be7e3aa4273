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

/// Finder patterns with separators, alignment patterns and timing patterns.
pub(super) fn fixed_modules(version: Version) -> Vec<FixedModule> {
    let size = version.size();
    let mut modules = Vec::new();
    let mut add = |x: usize, y: usize, dark: bool| {
        if x < size && y < size {
            modules.push(FixedModule {
                centre: Point::new(x as f32 + 0.5, y as f32 + 0.5),
                sign: if dark { -1.0 } else { 1.0 },
            });
        }
    };
    for (x, y) in [(3, 3), (size - 4, 3), (3, size - 4)] {
        // Coordinates one left of column 0 wrap and are dropped.
        for row in 0..9usize {
            for column in 0..9usize {
                let ring = row.abs_diff(4).max(column.abs_diff(4));
                add(
                    (x + column).wrapping_sub(4),
                    (y + row).wrapping_sub(4),
                    ring != 2 && ring != 4,
                );
            }
        }
    }
    for (x, y) in version.alignment_centres() {
        for row in 0..5 {
            for column in 0..5 {
                let ring = usize::abs_diff(row, 2).max(usize::abs_diff(column, 2));
                add(x + column - 2, y + row - 2, ring != 1);
            }
        }
    }
    for index in 8..size - 8 {
        add(index, 6, index % 2 == 0);
        add(6, index, index % 2 == 0);
    }
    modules
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
