//! The search: passes over a picture at several sizes, from the quick to the thorough.

use super::Code;
use super::binarize::{Binarizer, MeanThreshold, TileThresholds, Tiles, TurningPoints};
use super::close_up::CloseUp;
use super::finder::FinderPattern;
use super::geometry::Point;
use super::grouping::triples;
use super::image::{Image, MIN_SIDE, Plane};
use super::observer::{Observer, ScanSeen};
use super::scan::{ScanSettings, scan};
use super::symbol::{Care, Symbol, read};
use super::work::Work;

/// Pictures lower than this are scanned row by row even in a quick pass.
const SMALL_HEIGHT: usize = 400;
/// Rows of a quick pass: the core of a pattern is three modules high, modules above a pixel.
const QUICK_STRIDE: usize = 3;
/// Each further size is half the one before.
const MAX_HALVINGS: usize = 4;
/// Sizes with a shorter side than this hold no symbol that a larger size does not.
const MIN_HALVED_SIDE: usize = 50;
/// Only so large a picture is also searched at twice its size.
const MAX_DOUBLED_AREA: usize = 2_500_000;

/// Smaller modules than this part of a symbol's own, in its middle, are those of another symbol.
const MAX_INNER_MODULE: f32 = 0.6;

/// Once a code was found, looking for more may cost this part of the budget: mostly there are none.
const FURTHER_PART: u64 = 8;
/// Work to double a pixel, in samples.
const DOUBLE_WORK: u64 = 20;

/// How a pass tells dark from light.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    Tiles,
    Mean { radius: usize, bias: u32 },
    Turns { min_step: u8 },
}

/// One scan of one size of the picture.
#[derive(Clone, Copy, Debug)]
struct Pass {
    /// Halvings of the picture; −1 doubles it.
    level: i8,
    method: Method,
    care: Care,
}

/// A resumable search. [`Search::step`] does one pass at a time, so that a caller can do something else
/// in between or stop.
#[derive(Debug)]
pub struct Search {
    codes: Vec<Code>,
    /// Halved sizes, made when first needed.
    halved: Vec<Plane>,
    /// Passes to do, the next last.
    passes: Vec<Pass>,
    /// Finder patterns that no symbol was read from, of the pass that left the most of them since one was.
    unread: usize,
    work: Work,
    /// Work that looking for more may cost once a code was found.
    further: u64,
}

impl Search {
    /// The quick pass alone: what a scan of a page costs.
    pub(super) fn fast(image: Image<'_>, observer: &mut dyn Observer) -> (Self, usize) {
        let mut search = Self {
            codes: Vec::new(),
            halved: Vec::new(),
            passes: Vec::new(),
            unread: 0,
            work: Work::unlimited(),
            further: 0,
        };
        let stride = if image.height < SMALL_HEIGHT { 1 } else { QUICK_STRIDE };
        let pass = Pass { level: 0, method: Method::Tiles, care: Care::Quick };
        let unread = search.run(image, pass, stride, observer);
        (search, unread)
    }

    /// Begins a thorough search with a budget in samples.
    pub fn deep(image: Image<'_>, samples: u64) -> Self {
        let (mut search, unread) = Self::fast(image, &mut ());
        search.plan(image, samples, unread);
        search
    }

    pub(super) fn plan(&mut self, image: Image<'_>, samples: u64, unread: usize) {
        self.work = Work::limited(samples);
        self.further = samples / FURTHER_PART;
        if !self.codes.is_empty() {
            self.work.limit(self.further);
        }
        self.unread = unread;
        if image.width < MIN_SIDE || image.height < MIN_SIDE {
            return;
        }
        let levels = (1..=MAX_HALVINGS)
            .take_while(|&level| image.width.min(image.height) >> level >= MIN_HALVED_SIDE)
            .count() as i8;
        let tiles = Method::Tiles;
        let mean = Method::Mean { radius: 20, bias: 5 };
        let turns = Method::Turns { min_step: 16 };
        let mut passes = Vec::new();
        let mut add = |level, method, care| passes.push(Pass { level, method, care });
        for level in 1..=levels {
            add(level, tiles, Care::Quick);
        }
        add(0, turns, Care::Quick);
        for level in (0..=levels).rev() {
            add(level, tiles, Care::Thorough);
            add(level, mean, Care::Thorough);
        }
        add(0, turns, Care::Thorough);
        add(0, Method::Mean { radius: 9, bias: 3 }, Care::Thorough);
        if image.width * image.height <= MAX_DOUBLED_AREA {
            add(-1, tiles, Care::Thorough);
        }
        passes.reverse();
        self.passes = passes;
    }

    /// Does the next pass over `image`, which must be the picture the search began with. `false` once
    /// there is nothing more to do.
    pub fn step(&mut self, image: Image<'_>) -> bool {
        self.step_observed(image, &mut ())
    }

    pub(super) fn step_observed(&mut self, image: Image<'_>, observer: &mut dyn Observer) -> bool {
        if let Some(pass) = self.passes.pop() {
            if pass.care == Care::Thorough && !self.is_worth_more() || self.work.is_spent() {
                self.passes.clear();
            } else {
                let known = self.codes.len();
                let unread = self.run(image, pass, 1, observer);
                if known == 0 && !self.codes.is_empty() {
                    self.work.limit(self.further);
                }
                // A pass that shows fewer patterns does not disprove those of another.
                self.unread =
                    if self.codes.len() > known { unread } else { unread.max(self.unread) };
            }
        }
        !self.passes.is_empty()
    }

    /// Leaves at most `samples` of the budget, as when time runs out.
    pub fn limit(&mut self, samples: u64) {
        self.work.limit(samples);
    }

    /// What was found so far.
    pub fn codes(&self) -> &[Code] {
        &self.codes
    }

    /// Ends the search.
    pub fn into_codes(self) -> Vec<Code> {
        self.codes
    }

    /// Whether thorough passes may find something: nothing was found, or patterns enough for one more
    /// symbol were left over, of which one may have been missed.
    fn is_worth_more(&self) -> bool {
        self.codes.is_empty() || self.unread >= 2
    }

    /// Does a pass and returns how many finder patterns it left unread.
    fn run(
        &mut self,
        image: Image<'_>,
        pass: Pass,
        stride: usize,
        observer: &mut dyn Observer,
    ) -> usize {
        let doubled;
        let (scaled, scale) = match pass.level {
            0 => (image, 1.0),
            ..0 => {
                self.work.spend(DOUBLE_WORK * (image.width * image.height) as u64);
                let corner = Point::new(image.width as f32, image.height as f32);
                doubled = CloseUp::around(image, &[Point::default(), corner]);
                (doubled.as_ref().map_or(image, CloseUp::image), 0.5)
            }
            level => {
                let level = level.unsigned_abs();
                while self.halved.len() < usize::from(level) {
                    let larger = self.halved.last().map_or(image, Plane::image);
                    let next = Plane::half(larger);
                    self.work.spend((larger.width * larger.height) as u64 / 2);
                    self.halved.push(next);
                }
                (self.halved[usize::from(level) - 1].image(), f32::from(1u16 << level))
            }
        };
        if scaled.width < MIN_SIDE || scaled.height < MIN_SIDE {
            return 0;
        }
        let settings = ScanSettings { stride, turned_merged: pass.care == Care::Thorough };
        let mut binarizer = binarizer(pass.method, scaled);
        let patterns = scan(scaled, &mut *binarizer, settings, &mut self.work);
        let outlines: Vec<[Point; 4]> =
            patterns.iter().map(|pattern| pattern.scaled(scale).corners).collect();
        let method = match pass.method {
            Method::Tiles => "range of tiles",
            Method::Mean { .. } => "mean around",
            Method::Turns { .. } => "turning points",
        };
        let thorough = pass.care == Care::Thorough;
        observer.scan(&ScanSeen { method, thorough, scale, patterns: &outlines });
        solve(scaled, scale, &patterns, pass.care, &mut self.codes, &mut self.work, observer)
    }
}

fn binarizer(method: Method, image: Image<'_>) -> Box<dyn Binarizer> {
    match method {
        Method::Tiles => Box::new(match image.tiles {
            Some(tiles) => TileThresholds::new(tiles),
            None => TileThresholds::new(&Tiles::of(image)),
        }),
        Method::Mean { radius, bias } => Box::new(MeanThreshold::new(radius, bias)),
        Method::Turns { min_step } => Box::new(TurningPoints::new(min_step)),
    }
}

/// Reads what symbols can be read from `patterns` and returns how many patterns are left over.
fn solve(
    image: Image<'_>,
    scale: f32,
    patterns: &[FinderPattern],
    care: Care,
    codes: &mut Vec<Code>,
    work: &mut Work,
    observer: &mut dyn Observer,
) -> usize {
    let mut used: Vec<bool> = patterns
        .iter()
        .map(|pattern| codes.iter().any(|code| code.covers(pattern, scale)))
        .collect();
    // Each pattern takes part in a few triples, of which the first that are tried are right. A page of
    // text has dozens of letters that look like patterns.
    let mut failures = match care {
        Care::Quick => 8 + patterns.len() / 4,
        Care::Thorough => 12 + 2 * patterns.len(),
    };
    for triple in triples(patterns, |index| !used[index]) {
        let corners = [triple.top_left, triple.top_right, triple.bottom_left];
        if corners.iter().any(|&index| used[index]) {
            continue;
        }
        if failures == 0 || work.is_spent() {
            break;
        }
        let chosen = corners.map(|index| &patterns[index]);
        if let Some(symbol) = read(image, chosen, care, work, observer) {
            for index in corners {
                used[index] = true;
            }
            let code = Code::new(symbol, scale);
            for (used, pattern) in used.iter_mut().zip(patterns) {
                *used |= code.covers(pattern, scale);
            }
            codes.push(code);
        } else {
            failures -= 1;
        }
    }
    used.iter().filter(|&&used| !used).count()
}

impl Code {
    fn new(symbol: Symbol, scale: f32) -> Self {
        Self {
            payload: symbol.payload,
            corners: symbol.corners.map(|corner| corner * scale),
            model: symbol.format.model,
            version: symbol.version,
            level: symbol.format.level,
            mask: symbol.format.mask,
            corrected_errors: symbol.corrected,
            mirrored: symbol.mirrored,
            inverted: symbol.inverted,
            structured_append: symbol.structured_append,
        }
    }

    /// Whether `pattern`, of a picture `scale` times smaller, is part of the symbol: it lies in it, and is
    /// not that of a smaller symbol in its middle.
    fn covers(&self, pattern: &FinderPattern, scale: f32) -> bool {
        let point = pattern.centre * scale;
        let side = (self.corners[1] - self.corners[0]).length();
        if pattern.module * scale < MAX_INNER_MODULE * side / self.version.size() as f32 {
            return false;
        }
        let sides = [0, 1, 2, 3].map(|side| {
            let from = self.corners[side];
            (self.corners[(side + 1) % 4] - from).cross(point - from) >= 0.0
        });
        sides == [true; 4] || sides == [false; 4]
    }
}
