//! Which three finder patterns belong to one symbol.

use super::finder::FinderPattern;
use super::geometry::Point;
use super::rank::{Ranked, sorted};

/// Nearest neighbours of a pattern that may share its symbol; beyond, other symbols lie between.
const MAX_NEIGHBOURS: usize = 14;
/// Centres of a version 1 symbol are 14 modules apart, those of version 40 170; seen at a slant, less
/// and more.
const MIN_DISTANCE: f32 = 10.0;
const MAX_DISTANCE: f32 = 260.0;
/// How far a neighbour may lie off the axes of a pattern, as a sine.
const MAX_OFF_AXIS: f32 = 0.42;
/// How far the two sides may be from a right angle, as a cosine.
const MAX_SKEW: f32 = 0.5;
/// How far their lengths may differ.
const MAX_RATIO: f32 = 2.2;

/// Three patterns: the one between the other two, then clockwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Triple {
    pub(super) top_left: usize,
    pub(super) top_right: usize,
    pub(super) bottom_left: usize,
}

/// A pattern's own module axes.
struct Axes {
    across: Point,
    down: Point,
    determinant: f32,
}

impl Axes {
    fn of(pattern: &FinderPattern) -> Option<Self> {
        let [a, b, c, d] = pattern.corners;
        let across = ((b - a) + (c - d)) * (1.0 / 14.0);
        let down = ((d - a) + (c - b)) * (1.0 / 14.0);
        let determinant = across.cross(down);
        (determinant.abs() > 1e-6).then_some(Self { across, down, determinant })
    }

    /// `offset` in modules of the pattern.
    fn local(&self, offset: Point) -> Point {
        Point::new(
            offset.cross(self.down) / self.determinant,
            self.across.cross(offset) / self.determinant,
        )
    }
}

struct Neighbour {
    index: usize,
    /// From the pattern, in its modules.
    local: Point,
    distance: f32,
    /// How far off the axes of the pattern, as a sine.
    off_axis: f32,
}

/// All plausible triples among the patterns that `usable` admits, the most plausible first.
pub(super) fn triples(patterns: &[FinderPattern], usable: impl Fn(usize) -> bool) -> Vec<Triple> {
    let mut triples = Vec::new();
    let mut ranking = Vec::new();
    for corner in (0..patterns.len()).filter(|&index| usable(index)) {
        let Some(axes) = Axes::of(&patterns[corner]) else { continue };
        let neighbours = neighbours(patterns, corner, &axes, &usable);
        for first in &neighbours {
            for second in &neighbours {
                if let Some(score) = implausibility(patterns, corner, first, second) {
                    ranking.push(Ranked { score, index: triples.len() });
                    triples.push(Triple {
                        top_left: corner,
                        top_right: first.index,
                        bottom_left: second.index,
                    });
                }
            }
        }
    }
    sorted(ranking).iter().map(|ranked| triples[ranked.index]).collect()
}

fn neighbours(
    patterns: &[FinderPattern],
    corner: usize,
    axes: &Axes,
    usable: impl Fn(usize) -> bool,
) -> Vec<Neighbour> {
    let own = &patterns[corner];
    let mut found = Vec::new();
    let mut ranking = Vec::new();
    for (index, pattern) in patterns.iter().enumerate() {
        let ratio = pattern.module / own.module;
        if index == corner
            || pattern.inverted != own.inverted
            || !(0.5..=2.0).contains(&ratio)
            || !usable(index)
        {
            continue;
        }
        let local = axes.local(pattern.centre - own.centre);
        let distance = local.length();
        let off_axis = local.x.abs().min(local.y.abs()) / distance;
        if (MIN_DISTANCE..=MAX_DISTANCE).contains(&distance) && off_axis <= MAX_OFF_AXIS {
            ranking.push(Ranked { score: distance, index: found.len() });
            found.push(Some(Neighbour { index, local, distance, off_axis }));
        }
    }
    sorted(ranking)
        .iter()
        .take(MAX_NEIGHBOURS)
        .filter_map(|ranked| found[ranked.index].take())
        .collect()
}

/// How little three patterns look like one symbol: near 0 for a small upright one, `None` if not at all.
fn implausibility(
    patterns: &[FinderPattern],
    corner: usize,
    first: &Neighbour,
    second: &Neighbour,
) -> Option<f32> {
    let own = &patterns[corner];
    let (a, b) = (&patterns[first.index], &patterns[second.index]);
    if first.index == second.index || (a.centre - own.centre).cross(b.centre - own.centre) <= 0.0 {
        return None;
    }
    let skew = (first.local.dot(second.local) / (first.distance * second.distance)).abs();
    let ratio = unlikeness(first.distance, second.distance);
    if skew > MAX_SKEW || ratio > MAX_RATIO - 1.0 {
        return None;
    }
    let modules = unlikeness(a.module, b.module) + unlikeness(a.module, own.module);
    let off_axis = first.off_axis + second.off_axis;
    Some(
        skew + 0.7 * off_axis
            + 0.8 * ratio
            + 0.3 * modules
            + 0.000_75 * (first.distance + second.distance),
    )
}

/// 0 for equal lengths, 1 for twice.
fn unlikeness(a: f32, b: f32) -> f32 {
    a.max(b) / a.min(b) - 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(x: f32, y: f32, module: f32) -> FinderPattern {
        let half = module * 3.5;
        FinderPattern {
            centre: Point::new(x, y),
            corners: [(-half, -half), (half, -half), (half, half), (-half, half)]
                .map(|(dx, dy)| Point::new(x + dx, y + dy)),
            module,
            inverted: false,
            outlined: true,
        }
    }

    #[test]
    fn puts_the_right_angle_at_the_top_left_and_goes_clockwise() {
        let patterns =
            [pattern(10.0, 50.0, 2.0), pattern(50.0, 10.0, 2.0), pattern(10.0, 10.0, 2.0)];
        let found = triples(&patterns, |_| true);
        assert_eq!(found[0], Triple { top_left: 2, top_right: 1, bottom_left: 0 });
    }

    #[test]
    fn prefers_the_patterns_of_one_symbol_to_those_of_two() {
        let mut patterns = Vec::new();
        for left in [0.0, 60.0, 120.0] {
            for (x, y) in [(10.0, 10.0), (50.0, 10.0), (10.0, 50.0)] {
                patterns.push(pattern(left + x, y, 2.0));
            }
        }
        let found = triples(&patterns, |_| true);
        for triple in &found[..3] {
            let symbol = triple.top_left / 3;
            assert_eq!((triple.top_right / 3, triple.bottom_left / 3), (symbol, symbol));
        }
    }

    #[test]
    fn ignores_unusable_inverted_and_unlike_patterns() {
        let mut patterns =
            vec![pattern(10.0, 50.0, 2.0), pattern(50.0, 10.0, 2.0), pattern(10.0, 10.0, 2.0)];
        assert!(triples(&patterns, |index| index != 1).is_empty());
        patterns[0].inverted = true;
        assert!(triples(&patterns, |_| true).is_empty());
        patterns[0] = pattern(10.0, 50.0, 5.0);
        assert!(triples(&patterns, |_| true).is_empty());
    }
}
