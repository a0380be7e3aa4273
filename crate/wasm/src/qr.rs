//! The module of the Worker that scans: pixels in, strip by strip, codes out.
//!
//! Of a picture only luma is kept here, a byte a pixel; its RGBA pixels pass through one strip at a
//! time.
#![expect(clippy::missing_errors_doc, reason = "each throws `CoreError`, whose kinds say why")]

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use doorcode::qr::{
    Charset, Code, Effort, ImageError, Level, Luma, LumaBuilder, Payload, Point, Search, decode,
};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Date, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use wasm_bindgen_futures::future_to_promise;
use web_sys::{ImageData, TextDecoder};

use crate::failure::Failure;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A QR code that was read. */
export type QrCode = {
  text: string;
  /** With `text` in no known character set: the bytes themselves. */
  bytes?: Uint8Array<ArrayBuffer>;
  /** The outer corners in pixels, as the symbol is written: top left, then clockwise; x before y. */
  corners: [number, number][];
  /** 1 to 40. */
  version: number;
  level: "L" | "M" | "Q" | "H";
  /** 0 to 7. */
  mask: number;
  correctedErrors: number;
  mirrored: boolean;
  inverted: boolean;
  /** The code is part `index`, counted from 0, of a message in `count` codes. */
  structuredAppend?: { index: number; count: number; parity: number };
};
"#;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(typescript_type = "QrCode[]")]
    /// See the TypeScript type of this name.
    pub type QrCodes;
}

/// Samples that a millisecond is good for, on a machine not of the fastest: a pass that lasts longer than
/// the time that is left ends by its budget.
const SAMPLES_PER_MILLISECOND: f64 = 200_000.0;

/// One picture: its strips are pushed from top to bottom, then it is scanned, as often as wanted.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Scanner {
    width: u32,
    state: Rc<State>,
}

/// Shared with a deep scan, which outlives the call that began it.
#[derive(Debug)]
struct State {
    picture: RefCell<Picture>,
    cancelled: Cell<bool>,
}

#[derive(Debug)]
enum Picture {
    Growing(LumaBuilder),
    Whole(Luma),
    /// Its last strip did not fit.
    Broken,
}

impl From<ImageError> for Failure {
    fn from(error: ImageError) -> Self {
        Self::new(match error {
            ImageError::TooLarge => "pictureTooLarge",
            ImageError::WrongLength => "malformedRequest",
        })
    }
}

#[wasm_bindgen]
impl Scanner {
    /// Starts a picture of `width` × `height` pixels; throws `pictureTooLarge` beyond 16 384 pixels a
    /// side or 67 million in all.
    #[wasm_bindgen(constructor)]
    pub fn new(width: u32, height: u32) -> Result<Self, Failure> {
        let builder = LumaBuilder::new(width as usize, height as usize)?;
        Ok(Self {
            width,
            state: Rc::new(State {
                picture: RefCell::new(Picture::Growing(builder)),
                cancelled: Cell::new(false),
            }),
        })
    }

    /// Adds the next rows of the picture, of its full width. A few dozen rows at a time keep memory low.
    #[wasm_bindgen(js_name = pushStrip)]
    pub fn push_strip(&self, strip: &ImageData) -> Result<(), Failure> {
        let mut picture = self.state.picture.borrow_mut();
        match &mut *picture {
            Picture::Growing(builder) if strip.width() == self.width => {
                Ok(builder.push_rgba(&strip.data().0)?)
            }
            _ => Err(Failure::MALFORMED_REQUEST),
        }
    }

    /// Looks once: milliseconds, for pages that are scanned unasked.
    pub fn scan(&self) -> Result<QrCodes, Failure> {
        self.state.complete()?;
        let Picture::Whole(luma) = &*self.state.picture.borrow() else {
            return Err(Failure::MALFORMED_REQUEST);
        };
        Ok(views(&decode(luma.image(), Effort::Fast)))
    }

    /// Looks again and again with more effort, for about `milliseconds`, while nothing is found.
    ///
    /// Between passes the Worker can take messages, such as one to [`Scanner::cancel`].
    #[wasm_bindgen(js_name = deepScan, unchecked_return_type = "Promise<QrCode[]>")]
    pub fn deep_scan(&self, milliseconds: f64) -> Promise {
        // Not in the future, which begins to run only after a cancellation that follows at once.
        self.state.cancelled.set(false);
        let state = Rc::clone(&self.state);
        future_to_promise(async move { Ok(state.deep_scan(milliseconds).await?.into()) })
    }

    /// Ends a deep scan after its current pass; it still gives what it has found.
    pub fn cancel(&self) {
        self.state.cancelled.set(true);
    }
}

impl State {
    async fn deep_scan(&self, milliseconds: f64) -> Result<QrCodes, Failure> {
        let end = Date::now() + milliseconds;
        self.complete()?;
        let mut search = None;
        loop {
            if let Picture::Whole(luma) = &*self.picture.borrow() {
                let image = luma.image();
                let search = search.get_or_insert_with(|| Search::deep(image, u64::MAX));
                let left = end - Date::now();
                // A cast of a negative or huge number saturates.
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "saturates"
                )]
                search.limit((left * SAMPLES_PER_MILLISECOND) as u64);
                if self.cancelled.get() || !search.step(image) {
                    return Ok(views(search.codes()));
                }
            }
            TimeoutFuture::new(0).await;
        }
    }

    fn complete(&self) -> Result<(), Failure> {
        let mut picture = self.picture.borrow_mut();
        *picture = match std::mem::replace(&mut *picture, Picture::Broken) {
            Picture::Growing(builder) => Picture::Whole(builder.finish()?),
            other => other,
        };
        match &*picture {
            Picture::Whole(_) => Ok(()),
            _ => Err(Failure::MALFORMED_REQUEST),
        }
    }
}

fn views(codes: &[Code]) -> QrCodes {
    codes.iter().map(view).collect::<Array>().unchecked_into()
}

fn view(code: &Code) -> JsValue {
    let corner = |corner: Point| Array::of2(&JsValue::from(corner.x), &JsValue::from(corner.y));
    let level = match code.level {
        Level::L => "L",
        Level::M => "M",
        Level::Q => "Q",
        Level::H => "H",
    };
    let text = text(&code.payload);
    let mut properties: Vec<(&str, JsValue)> = vec![
        ("corners", code.corners.map(corner).iter().collect::<Array>().into()),
        ("version", code.version.number().into()),
        ("level", level.into()),
        ("mask", code.mask.into()),
        ("correctedErrors", code.corrected_errors.into()),
        ("mirrored", code.mirrored.into()),
        ("inverted", code.inverted.into()),
    ];
    if text.is_none() {
        properties.push(("bytes", Uint8Array::from(code.payload.bytes()).into()));
    }
    properties.push(("text", text.unwrap_or_default().into()));
    if let Some(append) = code.structured_append {
        let place = [
            ("index", append.index.into()),
            ("count", append.count.into()),
            ("parity", append.parity.into()),
        ];
        properties.push(("structuredAppend", object(&place)));
    }
    object(&properties)
}

fn object(properties: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in properties {
        // Cannot fail: the object is new and of our making.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object.into()
}

/// The text, with the browser's tables for the character sets the core has none for.
fn text(payload: &Payload) -> Option<String> {
    let decode_run = |(charset, run): (Charset, &[u8])| {
        let decoder = TextDecoder::new_with_label(charset.label()?).ok()?;
        decoder.decode_with_u8_array(run).ok()
    };
    payload.text().or_else(|| payload.runs().map(decode_run).collect())
}
