//! A decoder for QR codes (ISO/IEC 18004), stage by stage.
//!
//! | stage | module |
//! |---|---|
//! | RGBA to luma | `luma` |
//! | luma to dark and light | `binarize` |
//! | candidates for finder patterns, and patterns | `scan`, `finder` |
//! | three patterns make a symbol | `grouping` |
//! | where its modules lie | `grid`, `alignment`, `refine`, `version_info` |
//! | how dark they are | `modules` |
//! | level and mask | `format_info` |
//! | codewords, corrected | `codewords`, `model1`, `reed_solomon` |
//! | text | `segments`, `charset` |
//!
//! [`Effort::Fast`] looks once, which is enough for codes on screens. [`Effort::Deep`] goes on where that
//! found nothing: smaller sizes of the picture, other thresholds, erasures, refined grids. `search` plans
//! both.
//!
//! Any pixels may be given. There is no panic and no unbounded work: sizes are limited by
//! [`MAX_SIDE`] and [`MAX_PIXELS`], a fast search by the number of patterns, a deep one by its budget.

#![allow(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::many_single_char_names,
    clippy::similar_names,
    reason = "arithmetic on pixels: sides are at most 2¹⁴, so that all coordinates fit every type used, \
              indices come from loops over the sides, and x, y, dx, dy are the plain names"
)]
#![cfg_attr(test, allow(clippy::float_cmp, reason = "the figures of tests are exact in binary"))]

mod alignment;
mod binarize;
mod charset;
mod close_up;
mod codewords;
mod finder;
mod format_info;
mod geometry;
mod grid;
mod grouping;
mod image;
mod lanes;
mod lock;
mod luma;
mod model1;
mod modules;
mod observer;
mod rank;
mod reed_solomon;
mod refine;
mod scan;
mod search;
mod segments;
mod symbol;
mod tables;
mod version_info;
mod work;

pub use charset::Charset;
pub use geometry::Point;
pub use image::{Image, ImageError, MAX_PIXELS, MAX_SIDE};
pub use luma::{Luma, LumaBuilder};
pub use observer::{GridSeen, Observer, ScanSeen};
pub use search::Search;
pub use segments::{Payload, StructuredAppend};
pub use tables::{Level, Model, Version};

/// How hard to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// One pass. A 4K screen costs a few milliseconds, whether there is a code on it or not.
    Fast,
    /// The fast pass, then others while nothing is found or patterns of further codes are left.
    Deep {
        /// The budget of the further passes, counted in samples of the picture. A sample costs about a
        /// nanosecond natively and two in WebAssembly; the pass that spends the budget ends at once.
        samples: u64,
    },
}

impl Effort {
    /// Enough for a photo of 12 megapixels.
    pub const PHOTO: Self = Self::Deep { samples: 100_000_000 };
}

/// A code found and read.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    /// What it says.
    pub payload: Payload,
    /// Its outer corners in pixels: top left, top right, bottom right, bottom left as the symbol is
    /// written, so that they tell how it is turned.
    pub corners: [Point; 4],
    /// Which kind of QR code it is.
    pub model: Model,
    /// Its version, which tells its size.
    pub version: Version,
    /// Its error-correction level.
    pub level: Level,
    /// Its mask pattern reference, 0 to 7.
    pub mask: u8,
    /// Codewords that were wrong and have been corrected.
    pub corrected_errors: usize,
    /// Whether it is a mirror image.
    pub mirrored: bool,
    /// Whether it is light on dark.
    pub inverted: bool,
    /// Its place among the symbols that make up the message, if it is one of several.
    pub structured_append: Option<StructuredAppend>,
}

/// Finds and reads the QR codes in `image`.
///
/// ```
/// use doorcode::qr::{Effort, Image, decode};
///
/// let page = vec![255; 640 * 480];
/// let image = Image::new(&page, 640, 480)?;
/// assert!(decode(image, Effort::Fast).is_empty());
/// # Ok::<(), doorcode::qr::ImageError>(())
/// ```
pub fn decode(image: Image<'_>, effort: Effort) -> Vec<Code> {
    decode_observed(image, effort, &mut ())
}

/// [`decode`], telling `observer` what each stage saw.
pub fn decode_observed(image: Image<'_>, effort: Effort, observer: &mut dyn Observer) -> Vec<Code> {
    let (mut search, unread) = Search::fast(image, observer);
    if let Effort::Deep { samples } = effort {
        search.plan(image, samples, unread);
        while search.step_observed(image, observer) {}
    }
    search.into_codes()
}
