//! One symbol: from three finder patterns to its contents.

use super::alignment;
use super::codewords;
use super::finder::FinderPattern;
use super::format_info::{self, Format};
use super::geometry::{Correspondence, Homography, Point};
use super::grid::Grid;
use super::image::Image;
use super::lock;
use super::modules::{Modules, Softening};
use super::observer::{GridSeen, Observer};
use super::rank::{Ranked, sorted};
use super::refine;
use super::segments::{self, Payload, StructuredAppend};
use super::tables::{Model, Version};
use super::version_info;
use super::work::Work;

/// The centre of a pattern is known better than its corners.
const CENTRE_WEIGHT: f32 = 4.0;
/// An alignment pattern holds the corner that no finder pattern is near.
const ALIGNMENT_WEIGHT: f32 = 8.0;
/// Timing patterns that alternate less are none, −1 to 1. Nearly all symbols that can be read have 0.9,
/// nearly all chance triples less than 0.5.
const MIN_TIMING: f32 = 0.5;
/// A second choice of version must be more convincing.
const MIN_SECOND_TIMING: f32 = 0.7;

/// Version information that agrees makes up for weak timing patterns, as of large symbols on paper that
/// is not flat.
const MIN_TIMING_WITH_VERSION: f32 = 0.3;

/// Of separators and timing patterns so many have the right tone if the grid is nearly right, by chance
/// half of them. Symbols with less have format information that agrees by so many votes of 15.
const MIN_AGREEMENT: f32 = 0.7;
const MIN_VOTES: f32 = 9.0;

/// How much is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Care {
    /// Once, as a symbol on a screen needs.
    Quick,
    /// Second choices, erasures and refined grids, as photos need.
    Thorough,
}

/// A symbol read.
#[derive(Clone, Debug)]
pub(super) struct Symbol {
    pub(super) payload: Payload,
    pub(super) structured_append: Option<StructuredAppend>,
    pub(super) version: Version,
    pub(super) format: Format,
    pub(super) corrected: usize,
    pub(super) mirrored: bool,
    pub(super) inverted: bool,
    /// Top left, top right, bottom right, bottom left, as the symbol is written.
    pub(super) corners: [Point; 4],
}

/// Reads the symbol of three patterns: top left, top right and bottom left.
pub(super) fn read(
    image: Image<'_>,
    patterns: [&FinderPattern; 3],
    care: Care,
    work: &mut Work,
    observer: &mut dyn Observer,
) -> Option<Symbol> {
    let corner = Corner::of(patterns);
    let choices = match care {
        Care::Quick => 1,
        Care::Thorough => 2,
    };
    for (rank, (timing, grid)) in corner.grids(image, work).into_iter().take(choices).enumerate() {
        if timing < MIN_TIMING || (rank > 0 && timing < MIN_SECOND_TIMING) {
            continue;
        }
        if !is_plausible(&grid, work) {
            continue;
        }
        if let Some(symbol) = corner.read_grid(grid, care, work, observer) {
            return Some(symbol);
        }
    }
    None
}

/// Whether there is anything of a symbol between the finder patterns: separators and timing patterns, or
/// format information.
fn is_plausible(grid: &Grid<'_>, work: &mut Work) -> bool {
    if refine::frame_agreement(grid) >= MIN_AGREEMENT {
        return true;
    }
    let size = grid.size();
    work.spend(4 * (size * size) as u64);
    let modules = Modules::soften(&grid.sample_modules(), size, Softening::PLAIN);
    [&modules, &modules.transposed()]
        .into_iter()
        .filter_map(|modules| format_info::read(modules, Model::Two))
        .any(|format| format.votes >= MIN_VOTES)
}

/// Three finder patterns with their corners in the symbol's order.
struct Corner<'a> {
    patterns: [&'a FinderPattern; 3],
    quads: [[Point; 4]; 3],
}

impl<'a> Corner<'a> {
    fn of(patterns: [&'a FinderPattern; 3]) -> Self {
        let across = patterns[1].centre - patterns[0].centre;
        let down = patterns[2].centre - patterns[0].centre;
        let quad = |pattern| ordered_corners(pattern, across, down);
        // A pattern whose outline was not seen is turned like one whose was.
        let model = patterns.into_iter().find(|pattern| pattern.outlined);
        let quads = patterns.map(|pattern| match model {
            Some(model) if !pattern.outlined => {
                quad(model).map(|corner| corner - model.centre + pattern.centre)
            }
            _ => quad(pattern),
        });
        Self { patterns, quads }
    }

    /// The module coordinates of the patterns' top left corners in a symbol of `size`.
    fn origins(size: f32) -> [Point; 3] {
        [Point::default(), Point::new(size - 7.0, 0.0), Point::new(0.0, size - 7.0)]
    }

    /// Where centres and corners of the patterns lie in a symbol of `size`.
    fn correspondences(&self, size: f32) -> Vec<Correspondence> {
        let mut pairs = Vec::with_capacity(16);
        for ((pattern, quad), origin) in
            self.patterns.iter().zip(&self.quads).zip(Self::origins(size))
        {
            let outline = [(0.0, 0.0), (7.0, 0.0), (7.0, 7.0), (0.0, 7.0)];
            for (&pixel, (x, y)) in quad.iter().zip(outline) {
                let module = origin + Point::new(x, y);
                pairs.push(Correspondence { module, pixel, weight: 1.0 });
            }
            pairs.push(Correspondence {
                module: origin + Point::new(3.5, 3.5),
                pixel: pattern.centre,
                weight: CENTRE_WEIGHT,
            });
        }
        pairs
    }

    /// The size in modules, as the distances and sizes of the patterns tell.
    fn estimated_size(&self) -> f32 {
        let side = |quad: &[Point; 4], [a, b, c, d]: [usize; 4]| {
            ((quad[b] - quad[a]).length() + (quad[c] - quad[d]).length()) / 14.0
        };
        let across = |quad: &[Point; 4]| side(quad, [0, 1, 2, 3]);
        let down = |quad: &[Point; 4]| side(quad, [0, 3, 2, 1]);
        let [a, b, c] = self.patterns.map(|pattern| pattern.centre);
        let columns = (b - a).length() * 2.0 / (across(&self.quads[0]) + across(&self.quads[1]));
        let rows = (c - a).length() * 2.0 / (down(&self.quads[0]) + down(&self.quads[2]));
        (columns + rows) * 0.5 + 7.0
    }

    /// A grid for each version that is near the estimate, the one with the clearest timing patterns
    /// first.
    fn grids<'i>(&self, image: Image<'i>, work: &mut Work) -> Vec<(f32, Grid<'i>)> {
        let size = self.estimated_size();
        let nearest = ((size - 17.0) / 4.0).round() as i32;
        // The estimate is off by a few percent.
        let spread = match size {
            ..35.0 => 1,
            ..60.0 => 2,
            _ => 3,
        };
        let mut grids = Vec::new();
        let mut ranking = Vec::new();
        for off in -spread..=spread {
            let Some(grid) = u8::try_from(nearest + off)
                .ok()
                .and_then(|number| self.grid(image, Version::new(number)?))
            else {
                continue;
            };
            work.spend(4 * grid.size() as u64);
            let mut timing = grid.timing_contrast() - 0.02 * off.abs() as f32;
            if grid.version.has_version_information()
                && timing > MIN_TIMING_WITH_VERSION
                && version_info::read(&grid) == Some(grid.version)
            {
                timing += 1.0;
            }
            ranking.push(Ranked { score: -timing, index: grids.len() });
            grids.push(Some(grid));
        }
        sorted(ranking)
            .iter()
            .filter_map(|ranked| Some((-ranked.score, grids[ranked.index].take()?)))
            .collect()
    }

    fn grid<'i>(&self, image: Image<'i>, version: Version) -> Option<Grid<'i>> {
        let transform = Homography::fit(&self.correspondences(version.size() as f32))?;
        let inverted = self.patterns[0].inverted;
        Some(Grid { image, version, inverted, transform, mesh: None })
    }

    /// The transform with the last alignment pattern as well, if it can be found.
    fn align(&self, grid: &Grid<'_>) -> Option<Homography> {
        let (module, pattern) = alignment::find_last(grid)?;
        let mut pairs = self.correspondences(grid.size() as f32);
        pairs.push(Correspondence { module, pixel: pattern.centre, weight: ALIGNMENT_WEIGHT });
        Homography::fit(&pairs)
    }

    /// Tries grids of growing effort.
    fn read_grid(
        &self,
        mut grid: Grid<'_>,
        care: Care,
        work: &mut Work,
        observer: &mut dyn Observer,
    ) -> Option<Symbol> {
        if let Some(aligned) = self.align(&grid) {
            // What looks like the alignment pattern may be data: the better fit decides which is tried
            // first.
            let mut second = grid.clone();
            grid.transform = aligned;
            let fixed = refine::fixed_modules(grid.version);
            if refine::fit(&second, &fixed) > refine::fit(&grid, &fixed) {
                std::mem::swap(&mut second, &mut grid);
            }
            if care == Care::Thorough
                && let Some(symbol) = read_modules(&second, Care::Quick, work, observer)
            {
                return Some(symbol);
            }
        }
        if let Some(symbol) = read_modules(&grid, Care::Quick, work, observer) {
            return Some(symbol);
        }
        grid.mesh = alignment::find_mesh(&grid);
        if grid.mesh.is_some()
            && let Some(symbol) = read_modules(&grid, care, work, observer)
        {
            return Some(symbol);
        }
        if care == Care::Quick || work.is_spent() {
            return None;
        }
        grid.mesh = None;
        let flat = grid.clone();
        refine::refine(&mut grid, self.patterns[0].module, work);
        if let Some(symbol) = read_modules(&grid, care, work, observer) {
            return Some(symbol);
        }
        [flat, grid].into_iter().find_map(|mut grid| {
            grid.mesh = Some(lock::lock(&grid, work)?);
            read_modules(&grid, care, work, observer)
        })
    }
}

/// The corners of a pattern as seen along the symbol's axes: top left, top right, bottom right, bottom
/// left.
fn ordered_corners(pattern: &FinderPattern, across: Point, down: Point) -> [Point; 4] {
    let determinant = across.cross(down);
    let local = |corner: Point| {
        let offset = corner - pattern.centre;
        Point::new(offset.cross(down) / determinant, across.cross(offset) / determinant)
    };
    [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)].map(|(x, y)| {
        let towards = Point::new(x, y);
        let mut best = pattern.corners[0];
        for corner in pattern.corners {
            if local(corner).dot(towards) > local(best).dot(towards) {
                best = corner;
            }
        }
        best
    })
}

/// Samples a grid and tries to read it with several ways of softening.
fn read_modules(
    grid: &Grid<'_>,
    care: Care,
    work: &mut Work,
    observer: &mut dyn Observer,
) -> Option<Symbol> {
    let size = grid.size();
    if !work.spend(4 * (size * size) as u64) {
        return None;
    }
    let samples = grid.sample_modules();
    let attempts: &[(Softening, bool)] = match care {
        Care::Quick => &[(Softening::PLAIN, false), (Softening::SHARP, false)],
        Care::Thorough => &[
            (Softening::PLAIN, false),
            (Softening::SHARP, false),
            (Softening::PLAIN, true),
            (Softening::SHARP, true),
            (Softening::WIDE, true),
        ],
    };
    let symbol = attempts.iter().find_map(|&(softening, erasures)| {
        work.spend(4 * (size * size) as u64);
        let modules = Modules::soften(&samples, size, softening);
        read_contents(grid, &modules, erasures)
    });
    observer.grid(&GridSeen {
        corners: grid.corners(),
        version: grid.version,
        inverted: grid.inverted,
        samples: &samples,
        read: symbol.is_some(),
    });
    symbol
}

/// Reads the modules as they are or mirrored, whichever has the clearer format information; and if they
/// cannot be read, as a Model 1 symbol, if its format information is clearer still.
fn read_contents(grid: &Grid<'_>, modules: &Modules, erasures: bool) -> Option<Symbol> {
    let transposed = modules.transposed();
    let clearest = |model| {
        [(&transposed, true), (modules, false)]
            .into_iter()
            .filter_map(|(modules, mirrored)| Some((format_info::read(modules, model)?, mirrored)))
            .max_by(|(a, _), (b, _)| a.votes.total_cmp(&b.votes))
    };
    let read = |(format, mirrored): (Format, bool)| {
        let modules = if mirrored { &transposed } else { modules };
        read_codewords(grid, modules, format, mirrored, erasures)
    };
    let current = clearest(Model::Two);
    current.and_then(read).or_else(|| {
        let votes = current.map_or(0.0, |(format, _)| format.votes);
        clearest(Model::One).filter(|(format, _)| format.votes > votes).and_then(read)
    })
}

fn read_codewords(
    grid: &Grid<'_>,
    modules: &Modules,
    format: Format,
    mirrored: bool,
    erasures: bool,
) -> Option<Symbol> {
    let data = codewords::read(modules, grid.version, format, erasures)?;
    let (payload, structured_append) = segments::parse(&data.bytes, grid.version, format.model)?;
    let mut corners = grid.corners();
    if mirrored {
        corners.swap(1, 3);
    }
    Some(Symbol {
        payload,
        structured_append,
        version: grid.version,
        format,
        corrected: data.corrected,
        mirrored,
        inverted: grid.inverted,
        corners,
    })
}
