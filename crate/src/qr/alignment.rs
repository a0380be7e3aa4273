//! Alignment patterns (clause 6.3.6): found near where the grid expects them, they correct the grid.

use super::geometry::Point;
use super::grid::{Grid, Mesh};

/// Distance between the places tried first, in modules.
const COARSE_STEP: f32 = 0.5;
/// The search ends at steps below this, in modules.
const FINEST_STEP: f32 = 0.06;
/// A place loses this much luma a module of distance, so that of similar places the nearest wins.
const DISTANCE_PENALTY: f32 = 0.4;
/// Strength above this part of the best belongs to the same pattern.
const PLATEAU: f32 = 0.8;
/// How strong a pattern must be, as a part of the contrast of the finder patterns.
const MIN_STRENGTH: f32 = 0.4;

/// An alignment pattern found.
#[derive(Clone, Copy, Debug)]
pub(super) struct AlignmentPattern {
    /// Its centre in pixels.
    pub(super) centre: Point,
    /// How much lighter its ring is than centre and border.
    strength: f32,
}

/// Looks for a pattern within `radius` modules of where the grid has `module`, its centre, displaced by
/// `shift` pixels.
fn find(grid: &Grid<'_>, module: Point, shift: Point, radius: f32) -> AlignmentPattern {
    let origin = grid.pixel(module);
    let across = grid.pixel(module + Point::new(1.0, 0.0)) - origin;
    let down = grid.pixel(module + Point::new(0.0, 1.0)) - origin;
    let origin = origin + shift;
    let place = |offset: Point| origin + across * offset.x + down * offset.y;
    let strength = |offset: Point| {
        let sample = |x: i8, y: i8| {
            let point = place(offset + Point::new(f32::from(x), f32::from(y)));
            let luma = grid.image.sample(point);
            if grid.inverted { -luma } else { luma }
        };
        let (mut ring, mut border) = (0.0, 0.0);
        for y in -2..=2i8 {
            for x in -2..=2i8 {
                match x.abs().max(y.abs()) {
                    1 => ring += sample(x, y),
                    2 => border += sample(x, y),
                    _ => {}
                }
            }
        }
        ring / 8.0 - 0.45 * sample(0, 0) - 0.55 * border / 16.0
    };
    let steps = (radius / COARSE_STEP).ceil() as i32;
    let mut best = (f32::MIN, Point::default());
    for row in -steps..=steps {
        for column in -steps..=steps {
            let offset = Point::new(column as f32, row as f32) * COARSE_STEP;
            let score = strength(offset) - DISTANCE_PENALTY * offset.length();
            if score > best.0 {
                best = (score, offset);
            }
        }
    }
    let mut offset = best.1;
    let mut top = strength(offset);
    let mut step = COARSE_STEP / 2.0;
    while step > FINEST_STEP {
        let directions = [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)];
        let better = directions.into_iter().find_map(|(x, y)| {
            let next = offset + Point::new(x, y) * step;
            let score = strength(next);
            (score > top).then_some((score, next))
        });
        match better {
            Some(better) => (top, offset) = better,
            None => step *= 0.5,
        }
    }
    // Sharp modules of several pixels give equal strength over much of a module: take the middle.
    for axis in [Point::new(1.0, 0.0), Point::new(0.0, 1.0)] {
        let reach = |sign: f32| {
            let steps = (1..=8u8).map(|step| f32::from(step) * sign / 8.0);
            steps
                .take_while(|&by| strength(offset + axis * by) > PLATEAU * top)
                .last()
                .unwrap_or(0.0)
        };
        offset = offset + axis * ((reach(1.0) + reach(-1.0)) * 0.5);
    }
    AlignmentPattern { centre: place(offset), strength: top }
}

/// The pattern nearest the bottom right corner, which no finder pattern holds in place.
pub(super) fn find_last(grid: &Grid<'_>) -> Option<(Point, AlignmentPattern)> {
    if grid.version.number() < 2 {
        return None;
    }
    let size = grid.size() as f32;
    let module = Point::new(size - 6.5, size - 6.5);
    // The error of extrapolation grows with the size.
    let found = find(grid, module, Point::default(), 1.5 + size / 14.0);
    (found.strength > MIN_STRENGTH * grid.finder_contrast()).then_some((module, found))
}

/// Displacements at all alignment patterns, for versions that have more than one (7 and up).
///
/// From the top left on, each pattern is sought where its neighbours' displacements suggest.
pub(super) fn find_mesh(grid: &Grid<'_>) -> Option<Mesh> {
    let axis: Vec<f32> =
        grid.version.alignment_axis().iter().map(|&line| line as f32 + 0.5).collect();
    let count = axis.len();
    if count < 3 {
        return None;
    }
    let needed = MIN_STRENGTH * grid.finder_contrast();
    let mut shifts = vec![Point::default(); count * count];
    for diagonal in 0..2 * count - 1 {
        for row in diagonal.saturating_sub(count - 1)..=diagonal.min(count - 1) {
            let column = diagonal - row;
            if matches!((column, row), (0, 0))
                || (column, row) == (count - 1, 0)
                || (column, row) == (0, count - 1)
            {
                continue;
            }
            let neighbours = [(1, 0), (0, 1), (1, 1)].map(|(left, up)| {
                let (column, row) = (column.checked_sub(left)?, row.checked_sub(up)?);
                shifts.get(row * count + column).copied()
            });
            let known: Vec<Point> = neighbours.into_iter().flatten().collect();
            let expected = super::geometry::mean(&known);
            let module = Point::new(axis[column], axis[row]);
            let found = find(grid, module, expected, 2.0);
            shifts[row * count + column] =
                if found.strength > needed { found.centre - grid.pixel(module) } else { expected };
        }
    }
    Some(Mesh { axis, shifts })
}

#[cfg(test)]
mod tests {
    use super::super::geometry::{Correspondence, Homography};
    use super::super::image::Image;
    use super::super::tables::Version;
    use super::*;

    #[test]
    fn finds_a_pattern_beside_its_expected_place() {
        // Version 2 at 4 pixels a module; the pattern lies 3 pixels right and 2 up of where it should.
        let (module, width) = (4usize, 120usize);
        let mut luma = vec![230u8; width * width];
        let centre = (18.5 * 4.0 + 3.0, 18.5 * 4.0 - 2.0);
        for y in 0..width {
            for x in 0..width {
                let u = ((x as f32 + 0.5 - centre.0) / module as f32).abs();
                let v = ((y as f32 + 0.5 - centre.1) / module as f32).abs();
                let ring = u.max(v);
                if ring < 0.5 || (1.5..2.5).contains(&ring) {
                    luma[y * width + x] = 20;
                }
            }
        }
        let pairs =
            [(0.0, 0.0), (25.0, 0.0), (25.0, 25.0), (0.0, 25.0)].map(|(x, y)| Correspondence {
                module: Point::new(x, y),
                pixel: Point::new(x * 4.0, y * 4.0),
                weight: 1.0,
            });
        let grid = Grid {
            image: Image::new(&luma, width, width).unwrap(),
            version: Version::new(2).unwrap(),
            inverted: false,
            transform: Homography::fit(&pairs).unwrap(),
            mesh: None,
        };
        let (at, found) = find_last(&grid).unwrap();
        assert_eq!(at, Point::new(18.5, 18.5));
        assert!(found.centre.is_near(Point::new(centre.0, centre.1), 0.4), "{found:?}");
    }
}
