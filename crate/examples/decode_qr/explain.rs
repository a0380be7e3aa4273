//! Drawings of what each stage saw: `NAME.1-patterns.png` with the finder patterns of every scan and the
//! grids that were tried, `NAME.2-grid-N.png` with the modules as they were sampled.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::indexing_slicing,
    reason = "drawing: coordinates are pixels of a picture that was opened"
)]

use std::fmt::Write;
use std::path::Path;

use doorcode::qr::{GridSeen, Observer, Point, ScanSeen};
use image::{GrayImage, ImageResult, Luma, Rgb, RgbImage};

/// At most so many grids are drawn; the first are the quick ones.
const MAX_GRIDS: usize = 40;
/// Side of a module in a drawing, in pixels.
const MODULE: u32 = 8;

const PATTERN: Rgb<u8> = Rgb([40, 90, 255]);
const GRID_READ: Rgb<u8> = Rgb([0, 190, 0]);
const GRID_UNREAD: Rgb<u8> = Rgb([240, 60, 0]);

/// Collects what is seen.
pub(crate) struct Drawing {
    patterns: RgbImage,
    grids: Vec<GrayImage>,
    log: String,
    scale: f32,
}

impl Drawing {
    pub(crate) fn new(luma: &[u8], width: usize, height: usize) -> Self {
        let patterns = RgbImage::from_fn(width as u32, height as u32, |x, y| {
            let value = luma[y as usize * width + x as usize];
            Rgb([value; 3])
        });
        Self { patterns, grids: Vec::new(), log: String::new(), scale: 1.0 }
    }

    pub(crate) fn save(&self, folder: &Path, name: &str) -> ImageResult<()> {
        self.patterns.save(folder.join(format!("{name}.1-patterns.png")))?;
        for (index, grid) in self.grids.iter().enumerate() {
            grid.save(folder.join(format!("{name}.2-grid-{index:02}.png")))?;
        }
        std::fs::write(folder.join(format!("{name}.txt")), &self.log)?;
        Ok(())
    }

    fn outline(&mut self, corners: [Point; 4], colour: Rgb<u8>) {
        for side in 0..4 {
            let (from, to) = (corners[side], corners[(side + 1) % 4]);
            let steps = (to.x - from.x).abs().max((to.y - from.y).abs()).clamp(1.0, 20_000.0);
            for step in 0..=steps as u32 {
                let along = step as f32 / steps;
                let x = (from.x + (to.x - from.x) * along) as i64;
                let y = (from.y + (to.y - from.y) * along) as i64;
                let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) else { continue };
                if let Some(pixel) = self.patterns.get_pixel_mut_checked(x, y) {
                    *pixel = colour;
                }
            }
        }
    }
}

impl Observer for Drawing {
    fn scan(&mut self, scan: &ScanSeen<'_>) {
        self.scale = scan.scale;
        // Writing to a string does not fail.
        let care = if scan.thorough { "thorough" } else { "quick" };
        let _ = writeln!(
            self.log,
            "{care} scan at 1/{} by {}: {} patterns",
            scan.scale,
            scan.method,
            scan.patterns.len()
        );
        for &outline in scan.patterns {
            self.outline(outline, PATTERN);
        }
    }

    fn grid(&mut self, grid: &GridSeen<'_>) {
        let corners =
            grid.corners.map(|corner| Point::new(corner.x * self.scale, corner.y * self.scale));
        self.outline(corners, if grid.read { GRID_READ } else { GRID_UNREAD });
        let outcome = if grid.read { "read" } else { "not read" };
        let version = grid.version.number();
        let _ = writeln!(self.log, "  grid: version {version} at {corners:?}: {outcome}");
        if self.grids.len() < MAX_GRIDS {
            let size = grid.version.size() as u32;
            let drawing = GrayImage::from_fn(size * MODULE, size * MODULE, |x, y| {
                let sample = grid.samples[(y / MODULE * size + x / MODULE) as usize];
                Luma([sample as u8])
            });
            self.grids.push(drawing);
        }
    }
}
