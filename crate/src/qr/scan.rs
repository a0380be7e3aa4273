//! The scan for candidates: rows of bits, the runs 1:1:3:1:1 in them, and cross-checks along columns.

use super::binarize::{Binarizer, words};
use super::finder::{Candidate, FinderPattern, Frame, Rays, verify};
use super::geometry::Point;
use super::image::Image;
use super::work::Work;

/// Most finder patterns kept of one scan; a sheet of labels has a few hundred.
const MAX_PATTERNS: usize = 400;
/// Rejected places remembered, so that the next rows through them cost nothing.
const REMEMBERED_REJECTIONS: usize = 64;
/// Luma between core and light ring along a run.
const MIN_CONTRAST: i32 = 12;
/// Width and height of a module may differ so much, seen at a slant.
const MAX_UNLIKE: f32 = 3.2;
/// So much on an upright page, where modules are square.
const MAX_UNLIKE_UPRIGHT: f32 = 1.6;
/// Work of one verification, in samples.
const VERIFY_WORK: u64 = 2_000;

/// How thorough a scan is.
#[derive(Clone, Copy, Debug)]
pub(super) struct ScanSettings {
    /// Every so manieth row is looked at; a finder pattern's core is three modules high.
    pub(super) stride: usize,
    /// Whether patterns that merge with their surroundings are sought also where they are turned.
    pub(super) turned_merged: bool,
}

/// Lengths of five runs of equal tone.
type Runs = [i32; 5];

/// Finds the finder patterns of `image` as `binarizer` sees it.
pub(super) fn scan(
    image: Image<'_>,
    binarizer: &mut dyn Binarizer,
    settings: ScanSettings,
    work: &mut Work,
) -> Vec<FinderPattern> {
    let mut scanner =
        Scanner { image, settings, rays: Rays::new(), found: Vec::new(), rejected: Vec::new() };
    let mut bits = vec![0; words(image.width)];
    for y in (settings.stride / 2..image.height).step_by(settings.stride) {
        if !work.spend(binarizer.row_work(image.width)) || scanner.found.len() >= MAX_PATTERNS {
            break;
        }
        binarizer.fill_row(image, y, &mut bits);
        scanner.scan_row(&bits, y, work);
    }
    scanner.found
}

struct Scanner<'a> {
    image: Image<'a>,
    settings: ScanSettings,
    rays: Rays,
    found: Vec<FinderPattern>,
    rejected: Vec<(Point, f32)>,
}

impl Scanner<'_> {
    /// Goes from edge to edge; the ends of the row count as edges.
    fn scan_row(&mut self, bits: &[u64], y: usize, work: &mut Work) {
        // Starts of the last five runs, and where the last of them ends.
        let mut edges = [0i32; 6];
        let mut count = 1;
        let mut previous = bits.first().map_or(0, |word| word & 1);
        let width = self.image.width as i32;
        for (index, &word) in bits.iter().enumerate() {
            let mut changes = word ^ (word << 1 | previous);
            previous = word >> 63;
            while changes != 0 {
                let at = (index * 64) as i32 + changes.trailing_zeros().cast_signed();
                changes &= changes - 1;
                edges = [edges[1], edges[2], edges[3], edges[4], edges[5], at.min(width)];
                count += 1;
                if count >= 6 && is_centre(&edges) {
                    self.look(&edges, y, work);
                }
                if at >= width {
                    return;
                }
            }
        }
        if edges[5] < width {
            edges = [edges[1], edges[2], edges[3], edges[4], edges[5], width];
            if count >= 5 && is_centre(&edges) {
                self.look(&edges, y, work);
            }
        }
    }

    /// Cross-checks five runs in row `y` and verifies what passes.
    fn look(&mut self, edges: &[i32; 6], y: usize, work: &mut Work) {
        let [a, b, c, d, e, f] = *edges;
        let Some(module) = measure([b - a, c - b, d - c, e - d, f - e]) else { return };
        let Some(candidate) = self.cross_check(edges, y, module) else { return };
        if !work.spend(VERIFY_WORK) {
            return;
        }
        let pattern = verify(self.image, &self.rays, &candidate);
        if let Some(pattern) = pattern {
            let near =
                |old: &FinderPattern| old.centre.is_near(pattern.centre, 1.5 * pattern.module);
            match self.found.iter_mut().find(|old| near(old)) {
                Some(old) if pattern.outlined && !old.outlined => *old = pattern,
                Some(_) => {}
                None => self.found.push(pattern),
            }
        }
        if pattern.is_none_or(|pattern| !pattern.outlined) {
            if self.rejected.len() >= REMEMBERED_REJECTIONS * 2 {
                self.rejected.drain(..REMEMBERED_REJECTIONS);
            }
            self.rejected.push((candidate.centre, candidate.module.x));
        }
    }

    fn is_known(&self, centre: Point, module: f32) -> bool {
        let found = self.found.iter().any(|pattern| {
            pattern.outlined
                && pattern.centre.is_near(centre, 2.1 * pattern.module)
                && module < 2.0 * pattern.module
        });
        found || self.rejected.iter().any(|&(place, module)| place.is_near(centre, 0.7 * module))
    }

    /// Measures the column through the core, then the row through the centre of that column.
    fn cross_check(
        &self,
        edges: &[i32; 6],
        y: usize,
        (row_module, row_frame): (f32, Frame),
    ) -> Option<Candidate> {
        let unlike = if row_frame == Frame::Quiet || self.settings.turned_merged {
            MAX_UNLIKE
        } else {
            MAX_UNLIKE_UPRIGHT
        };
        let tones = RunTones::of(self.image.row(y), edges)?;
        let x = edges[2].midpoint(edges[3]);
        let reach = row_module * unlike;
        let column = Cross::measure(self.image, &tones, (x, y as i32), true, reach)?;
        let (height, column_frame) = measure(column.runs)?;
        let centre = Point::new((edges[2] + edges[3]) as f32 * 0.5, y as f32 + 0.5);
        if self.is_known(centre, row_module) {
            return None;
        }
        if height > reach || row_module > unlike * height {
            return None;
        }
        let centre_y = y as f32 + 0.5 + column.offset;
        let row = Cross::measure(self.image, &tones, (x, centre_y as i32), false, reach)?;
        let (width, row_frame) = measure(row.runs)?;
        let frame = if column_frame == Frame::Quiet && row_frame == Frame::Quiet {
            Frame::Quiet
        } else {
            Frame::Merged
        };
        let candidate = Candidate {
            centre: Point::new(x as f32 + 0.5 + row.offset, centre_y),
            module: Point::new(width, height),
            inverted: tones.inverted,
            frame,
        };
        let plausible = frame == Frame::Quiet
            || self.settings.turned_merged
            || self.has_upright_rings(&candidate, &tones);
        plausible.then_some(candidate)
    }

    /// A quick test for patterns without quiet zone, which much of a page's text resembles: the core
    /// dark, the ring at distance 2 light, the ring at distance 3 dark, with few exceptions.
    fn has_upright_rings(&self, candidate: &Candidate, tones: &RunTones) -> bool {
        let dark = |column: f32, row: f32| {
            let offset = Point::new(column * candidate.module.x, row * candidate.module.y);
            let point = candidate.centre + offset;
            self.image.contains(point)
                && tones.is_dark(self.image.row(point.y as usize)[point.x as usize])
        };
        let wrong_in_ring = |distance: i32, expected: bool| {
            let radius = distance as f32;
            (-distance..=distance)
                .map(|step| step as f32)
                .flat_map(|step| [(step, -radius), (step, radius), (-radius, step), (radius, step)])
                .filter(|&(column, row)| dark(column, row) != expected)
                .count()
        };
        let core = [-0.9, 0.0, 0.9];
        core.iter().all(|&row| core.iter().all(|&column| dark(column, row)))
            && wrong_in_ring(2, false) <= 2
            && wrong_in_ring(3, true) <= 2
    }
}

/// Whether the middle run of five is long enough to be a core; most runs of text are not.
#[inline]
fn is_centre(edges: &[i32; 6]) -> bool {
    let (left, core, right) = (edges[2] - edges[1], edges[3] - edges[2], edges[4] - edges[3]);
    core > left && core > right && core <= 6 * left.min(right) + 2
}

/// The module size, if five runs are in proportion 1:1:3:1:1, or 1:3:1 inside outer runs of any length.
///
/// A run may be wrong by half a module, as in all decoders, and by the width of a blurred edge.
fn measure([a, b, core, d, e]: Runs) -> Option<(f32, Frame)> {
    let [a, b, core, d, e] = [a as f32, b as f32, core as f32, d as f32, e as f32];
    let near = |run: f32, expected: f32, tolerance: f32| (run - expected).abs() <= tolerance;
    let module = (a + b + core + d + e) / 7.0;
    let tolerance = 0.55 * module + 0.4;
    if module >= 1.0
        && near(b, module, tolerance)
        && near(d, module, tolerance)
        && near(a, module, tolerance)
        && near(e, module, tolerance)
        && near(core, 3.0 * module, 1.1 * module + 0.5)
        && core >= a.max(e)
    {
        return Some((module, Frame::Quiet));
    }
    let module = (b + core + d) / 5.0;
    let tolerance = 0.5 * module + 0.4;
    (module >= 1.2
        && near(b, module, tolerance)
        && near(d, module, tolerance)
        && near(core, 3.0 * module, 0.9 * module + 0.5)
        && a.min(e) >= 0.5 * module - 0.3)
        .then_some((module, Frame::Merged))
}

/// The tones of the runs that made a candidate: a better threshold for its surroundings than the
/// binariser's.
struct RunTones {
    middle: i32,
    inverted: bool,
}

impl RunTones {
    fn of(row: &[u8], edges: &[i32; 6]) -> Option<Self> {
        let run = |index: usize| {
            let (from, to) = (edges[index] as usize, edges[index + 1] as usize);
            row.get(from..to).filter(|run| !run.is_empty())
        };
        let core = run(2)?;
        let middle = i32::from(core[core.len() / 2]);
        let (left, right) = (run(1)?, run(3)?);
        let mean = |run: &[u8]| i32::from(run[run.len() / 2]);
        let inverted = mean(left) + mean(right) < 2 * middle;
        // The blurred extremes of narrow runs are what tells them apart.
        let extreme = |run: &[u8]| {
            let values = run.iter().map(|&luma| i32::from(luma));
            if inverted { values.min() } else { values.max() }
        };
        let ring = extreme(left)?.midpoint(extreme(right)?);
        ((ring - middle).abs() >= MIN_CONTRAST)
            .then_some(Self { middle: ring.midpoint(middle), inverted })
    }

    fn is_dark(&self, luma: u8) -> bool {
        (i32::from(luma) < self.middle) != self.inverted
    }
}

/// Runs through a core along a column or row.
struct Cross {
    runs: Runs,
    /// From the starting pixel to the middle of the core.
    offset: f32,
}

impl Cross {
    /// Follows the column (`vertical`) or row through `start`, as far as the runs can be those of modules up
    /// to `largest`.
    fn measure(
        image: Image<'_>,
        tones: &RunTones,
        start: (i32, i32),
        vertical: bool,
        largest: f32,
    ) -> Option<Self> {
        let (x, y) = (usize::try_from(start.0).ok()?, usize::try_from(start.1).ok()?);
        if x >= image.width || y >= image.height || !tones.is_dark(image.row(y)[x]) {
            return None;
        }
        // [`measure`] takes no longer ones.
        let longest_core = (largest * 4.1) as i32 + 1;
        let longest_ring = (largest * 1.6) as i32 + 1;
        let at = y * image.width + x;
        let (step, before, after) = if vertical {
            (image.width, y, image.height - 1 - y)
        } else {
            (1, x, image.width - 1 - x)
        };
        let follow = |step: usize, left: usize| {
            Arm::follow(image, tones, (at, step, left), longest_core, longest_ring)
        };
        // A step backwards wraps.
        let (before, after) = (follow(step.wrapping_neg(), before)?, follow(step, after)?);
        Some(Self {
            runs: [
                before.outer,
                before.ring,
                before.core + 1 + after.core,
                after.ring,
                after.outer,
            ],
            offset: (after.core - before.core) as f32 * 0.5,
        })
    }
}

/// Pixels of each tone from a core outwards.
struct Arm {
    core: i32,
    ring: i32,
    outer: i32,
}

impl Arm {
    /// Counts pixels after `at`, `step` apart and `left` to the edge; nothing if one of them is longer than it
    /// may be, or the outer ring is not reached.
    fn follow(
        image: Image<'_>,
        tones: &RunTones,
        (mut at, step, left): (usize, usize, usize),
        longest_core: i32,
        longest_ring: i32,
    ) -> Option<Self> {
        let mut arm = Self { core: 0, ring: 0, outer: 0 };
        for _ in 0..left {
            at = at.wrapping_add(step);
            let dark = tones.is_dark(image.luma[at]);
            if arm.ring == 0 && dark {
                arm.core += 1;
                if arm.core > longest_core {
                    return None;
                }
            } else if arm.outer == 0 && !dark {
                arm.ring += 1;
                if arm.ring > longest_ring {
                    return None;
                }
            } else if dark && arm.outer <= longest_core {
                arm.outer += 1;
            } else {
                break;
            }
        }
        (arm.outer > 0).then_some(arm)
    }
}

#[cfg(test)]
mod tests {
    use super::super::binarize::{TileThresholds, Tiles};
    use super::*;

    /// A light page with finder patterns of `module` pixels at the given places.
    fn page(width: usize, height: usize, module: usize, places: &[(usize, usize)]) -> Vec<u8> {
        let mut luma = vec![240; width * height];
        for &(left, top) in places {
            for y in 0..7 * module {
                for x in 0..7 * module {
                    let ring = (x / module).abs_diff(3).max((y / module).abs_diff(3));
                    if ring != 2 {
                        luma[(top + y) * width + left + x] = 15;
                    }
                }
            }
        }
        luma
    }

    fn find(luma: &[u8], width: usize, height: usize) -> Vec<FinderPattern> {
        let image = Image::new(luma, width, height).unwrap();
        let mut binarizer = TileThresholds::new(&Tiles::of(image));
        let settings = ScanSettings { stride: 3, turned_merged: false };
        scan(image, &mut binarizer, settings, &mut Work::unlimited())
    }

    #[test]
    fn finds_each_pattern_once() {
        let luma = page(200, 120, 3, &[(20, 20), (100, 20), (20, 80)]);
        let found = find(&luma, 200, 120);
        let centres: Vec<Point> = found.iter().map(|pattern| pattern.centre).collect();
        assert_eq!(centres.len(), 3);
        assert!(centres[0].is_near(Point::new(30.5, 30.5), 0.3));
    }

    #[test]
    fn finds_inverted_patterns() {
        let luma: Vec<u8> =
            page(90, 60, 2, &[(20, 20)]).into_iter().map(|luma| 255 - luma).collect();
        let found = find(&luma, 90, 60);
        assert_eq!(found.len(), 1);
        assert!(found[0].inverted);
    }

    #[test]
    fn finds_a_pattern_that_merges_with_a_dark_page() {
        let mut luma = page(90, 90, 3, &[(30, 30)]);
        for (index, pixel) in luma.iter_mut().enumerate() {
            if !(30..60).contains(&(index % 90)) || !(30..60).contains(&(index / 90)) {
                *pixel = 15;
            }
        }
        assert_eq!(find(&luma, 90, 90).len(), 1);
    }

    #[test]
    fn finds_a_pattern_at_the_edges_of_the_picture() {
        assert_eq!(find(&page(40, 40, 3, &[(0, 0)]), 40, 40).len(), 1);
        assert_eq!(find(&page(40, 40, 3, &[(19, 19)]), 40, 40).len(), 1);
    }

    #[test]
    fn measures_runs_in_proportion_only() {
        assert_eq!(measure([2, 2, 6, 2, 2]), Some((2.0, Frame::Quiet)));
        assert_eq!(measure([90, 2, 6, 2, 70]), Some((2.0, Frame::Merged)));
        assert_eq!(measure([2, 2, 2, 2, 2]), None);
        assert_eq!(measure([2, 6, 6, 2, 2]), None);
    }

    #[test]
    fn stops_when_the_budget_is_spent() {
        let luma = page(200, 120, 3, &[(20, 20), (100, 20), (20, 80)]);
        let image = Image::new(&luma, 200, 120).unwrap();
        let mut binarizer = TileThresholds::new(&Tiles::of(image));
        let settings = ScanSettings { stride: 1, turned_merged: false };
        let found = scan(image, &mut binarizer, settings, &mut Work::limited(100));
        assert!(found.is_empty());
    }
}
