//! Finder patterns (clause 6.3.3): from a candidate place to a quadrilateral with sub-pixel corners, or to
//! nothing.

use std::f32::consts::FRAC_1_SQRT_2;

use super::close_up::{self, CloseUp};
use super::geometry::{Line, Point, diagonals_cross};
use super::image::Image;
use super::rank::median;

/// A place where the runs 1:1:3:1:1 were met, in pixel coordinates.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) centre: Point,
    /// Module width and height, as far as the runs tell.
    pub(super) module: Point,
    /// Whether light and dark are exchanged.
    pub(super) inverted: bool,
    pub(super) frame: Frame,
}

/// What bounds the pattern on the outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// A quiet zone: the outer dark ring can be seen.
    Quiet,
    /// Nothing: the outer ring merges with a dark surrounding, as of a code without quiet zone on a dark
    /// page. Only the light ring and the core can be seen.
    Merged,
}

/// A finder pattern found and verified.
#[derive(Clone, Copy, Debug)]
pub(super) struct FinderPattern {
    pub(super) centre: Point,
    /// The outer corners, in order around the pattern; which is first is arbitrary.
    pub(super) corners: [Point; 4],
    /// Mean side of a module in pixels.
    pub(super) module: f32,
    pub(super) inverted: bool,
    /// Whether the outline was seen. If not, the corners are those of an upright pattern.
    pub(super) outlined: bool,
}

impl FinderPattern {
    /// What the runs tell of a pattern too small or blurred for its outline to be fitted.
    fn guess(candidate: &Candidate) -> Option<Self> {
        let Candidate { centre, module, inverted, frame } = *candidate;
        let alike = module.x.max(module.y) <= MAX_GUESS_RATIO * module.x.min(module.y);
        let corners = [(-3.5, -3.5), (3.5, -3.5), (3.5, 3.5), (-3.5, 3.5)]
            .map(|(x, y)| centre + Point::new(x * module.x, y * module.y));
        let module = (module.x + module.y) * 0.5;
        (alike && frame == Frame::Quiet).then_some(Self {
            centre,
            corners,
            module,
            inverted,
            outlined: false,
        })
    }

    /// The same pattern in a picture `factor` times as large.
    pub(super) fn scaled(&self, factor: f32) -> Self {
        self.mapped(factor, |point| point * factor)
    }

    /// The same pattern where `map`, which enlarges by `factor`, takes it.
    pub(super) fn mapped(&self, factor: f32, map: impl Fn(Point) -> Point) -> Self {
        Self {
            centre: map(self.centre),
            corners: self.corners.map(map),
            module: self.module * factor,
            ..*self
        }
    }
}

/// Rays from the centre on which edges are sought: ten for each side.
const RAYS: usize = 40;
/// At least so many rays must meet an edge.
const MIN_EDGES: usize = 26;
/// Luma between core and ring; less is noise.
const MIN_CONTRAST: f32 = 12.0;
/// Of the 49 modules so many must have the right tone. Patterns on screens have all, blurred or bent ones
/// miss some at the border.
const MIN_MATCHING_MODULES: usize = 41;
/// So many more if the surrounding takes the place of the outer ring, which then always matches, or if
/// the outline is far from square, as are those fitted to letters.
const EXTRA_MATCHING_MODULES: usize = 3;
/// Sides or diagonals in this proportion are far from square.
const SLANTED: f32 = 1.5;
/// Outlines far from square with smaller modules than this, in pixels, are letters: a symbol that is seen
/// at a slant so small cannot be read.
const MIN_SLANTED_MODULE: f32 = 2.5;
/// Width and height of a pattern whose outline is not seen may differ so much.
const MAX_GUESS_RATIO: f32 = 1.25;
/// Modules around the centre that are looked at.
const REACH: f32 = 7.0;
/// The outer border is 7/5 as large as the border of the light ring.
const LIGHT_RING_TO_BORDER: f32 = 7.0 / 5.0;

/// The directions of the rays.
#[derive(Clone, Debug)]
pub(super) struct Rays([Point; RAYS]);

impl Rays {
    pub(super) fn new() -> Self {
        // One ray to the next, without the tables of the trigonometric functions.
        let step = Point::new(0.987_688_3, 0.156_434_47);
        let mut directions = [Point::new(1.0, 0.0); RAYS];
        for index in 1..RAYS {
            directions[index] = turned(directions[index - 1], step);
        }
        Self(directions)
    }
}

/// `direction` turned by the angle of the unit vector `by`.
fn turned(direction: Point, by: Point) -> Point {
    Point::new(direction.x * by.x - direction.y * by.y, direction.x * by.y + direction.y * by.x)
}

/// The unit vector of half the angle of the unit vector `direction`, between −90° and 90°.
fn half_angle(direction: Point) -> Point {
    let x = ((1.0 + direction.x) * 0.5).max(0.0).sqrt();
    let y = ((1.0 - direction.x) * 0.5).max(0.0).sqrt();
    Point::new(x, y.copysign(direction.y))
}

/// Looks at the luma around a candidate and fits the pattern's outline; closer, if it is small.
pub(super) fn verify(
    image: Image<'_>,
    rays: &Rays,
    candidate: &Candidate,
) -> Option<FinderPattern> {
    let pattern = fit(image, rays, candidate);
    let module = candidate.module;
    if pattern.is_some() || module.x.max(module.y) > close_up::MAX_MODULE {
        return pattern;
    }
    let reach = module * REACH;
    let close_up = CloseUp::around(image, &[candidate.centre - reach, candidate.centre + reach])?;
    let enlarged = Candidate {
        centre: close_up.enlarged(candidate.centre),
        module: module * 2.0,
        ..*candidate
    };
    match fit(close_up.image(), rays, &enlarged) {
        Some(pattern) => Some(pattern.mapped(0.5, |point| close_up.reduced(point))),
        None => FinderPattern::guess(candidate),
    }
}

fn fit(image: Image<'_>, rays: &Rays, candidate: &Candidate) -> Option<FinderPattern> {
    let tones = Tones::around(image, candidate)?;
    let edges = find_edges(image, rays, candidate, &tones)?;
    let mut corners = fit_outline(candidate.centre, &edges)?;
    let centre = diagonals_cross(&corners)?;
    if candidate.frame == Frame::Merged {
        corners = corners.map(|corner| centre + (corner - centre) * LIGHT_RING_TO_BORDER);
    }
    let off = centre - candidate.centre;
    if off.x.abs() > 1.7 * candidate.module.x + 1.0 || off.y.abs() > 1.7 * candidate.module.y + 1.0
    {
        return None;
    }
    let sides = [0, 1, 2, 3].map(|side| (corners[(side + 1) % 4] - corners[side]).length());
    let longest = sides.iter().copied().fold(0.0, f32::max);
    let shortest = sides.iter().copied().fold(f32::MAX, f32::min);
    // Seen at a slant a side shrinks, but a pattern below six pixels has no modules left to tell apart.
    if longest > 4.0 * shortest || shortest < 6.0 {
        return None;
    }
    let diagonals = [0, 1].map(|corner| (corners[corner + 2] - corners[corner]).length());
    let slanted = longest > SLANTED * shortest
        || diagonals[0] > SLANTED * diagonals[1]
        || diagonals[1] > SLANTED * diagonals[0];
    let module = sides.iter().sum::<f32>() / 28.0;
    if slanted && module < MIN_SLANTED_MODULE {
        return None;
    }
    let doubtful = slanted || candidate.frame == Frame::Merged;
    let extra = if doubtful { EXTRA_MATCHING_MODULES } else { 0 };
    if matching_modules(image, &corners, &tones) < MIN_MATCHING_MODULES + extra {
        return None;
    }
    Some(FinderPattern { centre, corners, module, inverted: candidate.inverted, outlined: true })
}

/// The tones of a pattern.
struct Tones {
    /// Half way between core and light ring.
    middle: f32,
    /// 1, or −1 if inverted.
    sign: f32,
}

impl Tones {
    fn around(image: Image<'_>, candidate: &Candidate) -> Option<Self> {
        let Candidate { centre, module, .. } = *candidate;
        let mut core = 0.0;
        for dy in [-0.8, 0.0, 0.8] {
            for dx in [-0.8, 0.0, 0.8] {
                core += image.sample(centre + Point::new(dx * module.x, dy * module.y));
            }
        }
        core /= 9.0;
        // On the axes, along which the runs were measured: there the ring is where it should be also
        // if the pattern is seen at a slant.
        let ring: f32 = [(2.0, 0.0), (-2.0, 0.0), (0.0, 2.0), (0.0, -2.0)]
            .iter()
            .map(|(x, y)| image.sample(centre + Point::new(x * module.x, y * module.y)))
            .sum();
        let ring = ring / 4.0;
        let sign = if candidate.inverted { -1.0 } else { 1.0 };
        ((ring - core) * sign >= MIN_CONTRAST).then_some(Self { middle: (ring + core) * 0.5, sign })
    }

    fn is_dark(&self, luma: f32) -> bool {
        (luma - self.middle) * self.sign < 0.0
    }
}

type Edges = [Option<Point>; RAYS];

/// Follows each ray from the core outwards to the border that can be seen.
fn find_edges(
    image: Image<'_>,
    rays: &Rays,
    candidate: &Candidate,
    tones: &Tones,
) -> Option<Edges> {
    let module = candidate.module.x.min(candidate.module.y);
    let walk = Walk {
        image,
        tones,
        frame: candidate.frame,
        module,
        step: if module > 3.0 { 1.0 } else { 0.5 },
        limit: candidate.module.x.max(candidate.module.y) * 7.0,
    };
    let mut edges = [None; RAYS];
    for (edge, &direction) in edges.iter_mut().zip(&rays.0) {
        *edge = walk.edge(candidate.centre, direction);
    }
    (edges.iter().flatten().count() >= MIN_EDGES).then_some(edges)
}

struct Walk<'a> {
    image: Image<'a>,
    tones: &'a Tones,
    frame: Frame,
    /// The smaller side of a module.
    module: f32,
    /// Distance between samples.
    step: f32,
    limit: f32,
}

impl Walk<'_> {
    fn edge(&self, centre: Point, direction: Point) -> Option<Point> {
        let at = |distance: f32| centre + direction * distance;
        let mut distance = 0.8 * self.module;
        let mut previous = self.image.sample(at(distance));
        let mut core_end = None;
        let mut ring_end = None;
        while distance < self.limit {
            distance += self.step;
            let point = at(distance);
            if !self.image.contains(point) {
                // A pattern may end where the picture does.
                return ring_end.map(|_| point);
            }
            let luma = self.image.sample(point);
            let dark = self.tones.is_dark(luma);
            let crossing = || {
                let fraction = ((self.tones.middle - previous) / (luma - previous)).clamp(0.0, 1.0);
                distance - self.step + self.step * fraction
            };
            match (core_end, ring_end) {
                (None, _) if !dark => core_end = Some(distance),
                (Some(core), None) if dark => {
                    if self.frame == Frame::Merged {
                        let end = crossing();
                        let plausible =
                            end - core > 0.2 * self.module && end < 2.9 * core + 1.5 * self.module;
                        return plausible.then(|| at(end));
                    }
                    ring_end = Some(distance);
                }
                (_, Some(ring)) if !dark => {
                    let end = crossing();
                    let plausible =
                        end - ring > 0.25 * self.module && end < 3.2 * ring + 2.0 * self.module;
                    return plausible.then(|| at(end));
                }
                _ => {}
            }
            previous = luma;
        }
        None
    }
}

/// Fits four lines to the edges and intersects them.
///
/// Seen at a slant the outline is a parallelogram; it is fitted where it would be a square.
fn fit_outline(centre: Point, edges: &Edges) -> Option<[Point; 4]> {
    let offsets: Vec<Point> = edges.iter().flatten().map(|&edge| edge - centre).collect();
    let slant = Slant::of(&offsets)?;
    let mut edges: Vec<Edge> = offsets.iter().map(|&offset| Edge::new(offset, &slant)).collect();
    let typical = median(edges.iter().map(|edge| edge.radius))?;
    edges.retain(|edge| (typical * 0.45..=typical * 2.2).contains(&edge.radius));
    // The radius of a square is largest at the corners: the phase of its fourth harmonic.
    let mut harmonic = Point::default();
    for edge in &edges {
        let doubled = turned(edge.direction, edge.direction);
        let fourth = turned(doubled, doubled);
        harmonic = harmonic + fourth * ((edge.radius - typical) * edge.weight);
    }
    let fourth = harmonic * (1.0 / harmonic.length().max(1e-6));
    let to_corner = half_angle(half_angle(fourth));
    let eighth = Point::new(FRAC_1_SQRT_2, FRAC_1_SQRT_2);
    let quarter = Point::new(0.0, 1.0);
    let first = turned(to_corner, eighth);
    let second = turned(first, quarter);
    let (a, b) = (fit_side(&edges, first)?, fit_side(&edges, second)?);
    let (c, d) = (fit_side(&edges, first * -1.0)?, fit_side(&edges, second * -1.0)?);
    let corners = [d.meet(&a)?, a.meet(&b)?, b.meet(&c)?, c.meet(&d)?];
    Some(corners.map(|corner| centre + slant.restore(corner)))
}

/// The symmetric linear map that gives the edges equal spread in all directions.
struct Slant {
    /// Entries xx, xy and yy of the matrix that restores, and of its inverse.
    restore: [f32; 3],
    straighten: [f32; 3],
}

impl Slant {
    fn of(offsets: &[Point]) -> Option<Self> {
        let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
        for offset in offsets {
            xx += offset.x * offset.x;
            xy += offset.x * offset.y;
            yy += offset.y * offset.y;
        }
        // The square root of a symmetric matrix M is (M + √det M) / √(trace M + 2 √det M).
        let root = (xx * yy - xy * xy).max(0.0).sqrt();
        let scale = (xx + yy + 2.0 * root).sqrt();
        let [a, b, d] = [(xx + root) / scale, xy / scale, (yy + root) / scale];
        let determinant = a * d - b * b;
        // The scale is chosen so that areas stay the same.
        let unit = determinant.sqrt();
        (unit > 1e-3).then(|| Self {
            restore: [a / unit, b / unit, d / unit],
            straighten: [d / unit, -b / unit, a / unit],
        })
    }

    fn apply([a, b, d]: [f32; 3], point: Point) -> Point {
        Point::new(a * point.x + b * point.y, b * point.x + d * point.y)
    }

    fn restore(&self, point: Point) -> Point {
        Self::apply(self.restore, point)
    }
}

/// An edge, straightened.
struct Edge {
    offset: Point,
    radius: f32,
    direction: Point,
    /// How wide an angle the ray stands for, relative to others.
    weight: f32,
}

impl Edge {
    fn new(offset: Point, slant: &Slant) -> Self {
        let straight = Slant::apply(slant.straighten, offset);
        let radius = straight.length().max(1e-3);
        Self {
            offset: straight,
            radius,
            direction: straight * (1.0 / radius),
            weight: offset.dot(offset) / (radius * radius),
        }
    }
}

/// The line through the edges on the side that `outward` points to, without outliers.
fn fit_side(edges: &[Edge], outward: Point) -> Option<Line> {
    // Within 37° of the normal; the corners themselves are rounded by blur.
    let side = edges.iter().filter(|edge| edge.direction.dot(outward) > 0.8);
    let mut points: Vec<Point> = side.map(|edge| edge.offset).collect();
    let first = Line::fit(&points)?;
    let residual = median(points.iter().map(|&point| first.distance(point)))?;
    let cut = (residual * 3.0).max(0.35);
    points.retain(|&point| first.distance(point) <= cut);
    let line = Line::fit(&points).unwrap_or(first);
    (line.normal.dot(outward).abs() >= 0.6).then_some(line)
}

/// How many of the 7 × 7 modules have the tone of a finder pattern.
fn matching_modules(image: Image<'_>, corners: &[Point; 4], tones: &Tones) -> usize {
    let mut matching = 0;
    for row in 0..7i32 {
        for column in 0..7i32 {
            let (u, v) = ((column as f32 + 0.5) / 7.0, (row as f32 + 0.5) / 7.0);
            let top = corners[0] * (1.0 - u) + corners[1] * u;
            let bottom = corners[3] * (1.0 - u) + corners[2] * u;
            let dark = tones.is_dark(image.sample(top * (1.0 - v) + bottom * v));
            // Concentric: distance 2 from the centre is light, all else dark.
            let expected = (row - 3).abs().max((column - 3).abs()) != 2;
            matching += usize::from(dark == expected);
        }
    }
    matching
}

/// The mean position of the corners, for tests and drawings.
impl FinderPattern {
    #[cfg(test)]
    pub(super) fn middle(&self) -> Point {
        super::geometry::mean(&self.corners)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws a finder pattern turned by `angle` around (40, 40), with modules of `module` pixels, each
    /// pixel the mean of 4 × 4 samples.
    fn draw(module: f32, angle: f32, page: f32, ink: f32) -> Vec<u8> {
        let (cosine, sine) = (angle.cos(), angle.sin());
        let mut luma = Vec::new();
        for y in 0..80u8 {
            for x in 0..80u8 {
                let mut sum = 0.0;
                for sub in 0..16u8 {
                    let dx = f32::from(x) + (f32::from(sub % 4) + 0.5) / 4.0 - 40.0;
                    let dy = f32::from(y) + (f32::from(sub / 4) + 0.5) / 4.0 - 40.0;
                    let u = (dx * cosine + dy * sine) / module;
                    let v = (dy * cosine - dx * sine) / module;
                    let ring = u.abs().max(v.abs());
                    sum += if ring < 1.5 || (2.5..3.5).contains(&ring) { ink } else { page };
                }
                luma.push((sum / 16.0) as u8);
            }
        }
        luma
    }

    fn find(luma: &[u8], module: f32, inverted: bool, frame: Frame) -> Option<FinderPattern> {
        let candidate = Candidate {
            centre: Point::new(40.4, 39.7),
            module: Point::new(module * 1.1, module),
            inverted,
            frame,
        };
        verify(Image::new(luma, 80, 80).unwrap(), &Rays::new(), &candidate)
    }

    #[test]
    fn finds_corners_to_a_fraction_of_a_pixel_at_any_angle() {
        for module in [1.6, 2.0, 3.3, 6.0] {
            for angle in [0.0, 0.2, 0.6, 1.1] {
                let luma = draw(module, angle, 255.0, 0.0);
                let found = find(&luma, module, false, Frame::Quiet)
                    .unwrap_or_else(|| panic!("module {module} angle {angle}"));
                assert!((found.centre - Point::new(40.0, 40.0)).length() < 0.25);
                assert!((found.middle() - found.centre).length() < 0.25);
                assert!((found.module / module - 1.0).abs() < 0.08, "{} {module}", found.module);
            }
        }
    }

    #[test]
    fn finds_a_pattern_seen_at_a_slant() {
        // Sheared by one half and flattened to two thirds: rows of the drawing move and merge.
        let upright = draw(5.0, 0.0, 255.0, 0.0);
        let upright = Image::new(&upright, 80, 80).unwrap();
        let mut luma = Vec::new();
        for y in 0..80u8 {
            for x in 0..80u8 {
                let v = (f32::from(y) + 0.5 - 40.0) * 1.5;
                let u = f32::from(x) + 0.5 - 40.0 - v * 0.5;
                luma.push(upright.sample(Point::new(u + 40.0, v + 40.0)) as u8);
            }
        }
        let candidate = Candidate {
            centre: Point::new(40.4, 39.7),
            module: Point::new(5.0, 3.3),
            inverted: false,
            frame: Frame::Quiet,
        };
        let image = Image::new(&luma, 80, 80).unwrap();
        let found = verify(image, &Rays::new(), &candidate).unwrap();
        // The corners of the upright pattern are 17.5 from its centre.
        let corner = Point::new(40.0 + 17.5 + 8.75, 40.0 + 17.5 / 1.5);
        assert!(found.corners.iter().any(|found| found.is_near(corner, 1.0)), "{found:?}");
    }

    #[test]
    fn finds_inverted_and_pale_patterns() {
        assert!(find(&draw(3.0, 0.1, 20.0, 230.0), 3.0, true, Frame::Quiet).is_some());
        assert!(find(&draw(3.0, 0.1, 130.0, 105.0), 3.0, false, Frame::Quiet).is_some());
        assert!(find(&draw(3.0, 0.1, 130.0, 122.0), 3.0, false, Frame::Quiet).is_none());
    }

    #[test]
    fn finds_the_border_of_a_pattern_that_merges_with_the_page() {
        let mut luma = draw(4.0, 0.0, 255.0, 0.0);
        for (index, pixel) in luma.iter_mut().enumerate() {
            let (x, y) = (index % 80, index / 80);
            if x.abs_diff(40) > 12 || y.abs_diff(40) > 12 {
                *pixel = 0;
            }
        }
        let found = find(&luma, 4.0, false, Frame::Merged).unwrap();
        assert!((found.module - 4.0).abs() < 0.2, "{}", found.module);
    }

    #[test]
    fn refuses_a_disc_in_a_ring_of_text() {
        let luma: Vec<u8> = (0..6400u32)
            .map(|index| if index.wrapping_mul(2_654_435_761) >> 31 == 0 { 0 } else { 255 })
            .collect();
        assert!(find(&luma, 3.0, false, Frame::Quiet).is_none());
    }
}
