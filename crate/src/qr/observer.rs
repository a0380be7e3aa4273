//! A view into the stages, for whoever asks why a picture was not read.

use super::geometry::Point;
use super::tables::Version;

/// Is told what each stage saw. Every method does nothing unless it is implemented.
pub trait Observer {
    /// A scan for finder patterns is done.
    fn scan(&mut self, _scan: &ScanSeen<'_>) {}

    /// A grid was sampled.
    fn grid(&mut self, _grid: &GridSeen<'_>) {}
}

/// Watches nothing.
impl Observer for () {}

/// What a scan for finder patterns saw.
#[derive(Debug)]
pub struct ScanSeen<'a> {
    /// How dark was told from light.
    pub method: &'static str,
    /// Whether much was tried.
    pub thorough: bool,
    /// How many times smaller the picture was.
    pub scale: f32,
    /// Outlines of the finder patterns, in pixels of the whole picture.
    pub patterns: &'a [[Point; 4]],
}

/// What was sampled for one symbol.
#[derive(Debug)]
pub struct GridSeen<'a> {
    /// The outer corners in pixels of the scanned picture.
    pub corners: [Point; 4],
    /// The version assumed.
    pub version: Version,
    /// Whether tones were exchanged.
    pub inverted: bool,
    /// The luma of each module, row by row.
    pub samples: &'a [f32],
    /// Whether it could be read.
    pub read: bool,
}
