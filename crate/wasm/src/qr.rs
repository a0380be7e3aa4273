//! The module of the Worker that scans: pixels in, strip by strip, codes out.
//!
//! Of a picture only luma is kept here, a byte a pixel; its RGBA pixels pass through a few rows at a
//! time.
#![expect(clippy::missing_errors_doc, reason = "each throws `CoreError`, whose kinds say why")]

use doorcode::qr::{
    Charset, Code, Effort, ImageError, Level, Luma, LumaBuilder, Payload, Point, Search, decode,
};
use gloo_timers::callback::Timeout;
use js_sys::{Array, Date, Object, Reflect, Uint8Array, Uint8ClampedArray};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use web_sys::TextDecoder;

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

    #[wasm_bindgen(typescript_type = "(codes: QrCode[]) => void")]
    /// Takes the codes of a deep scan.
    pub type CodesTaker;

    #[wasm_bindgen(method, js_name = call)]
    fn call(this: &CodesTaker, receiver: &JsValue, codes: &QrCodes);

    #[wasm_bindgen(typescript_type = "ImageData")]
    /// Rows of RGBA pixels, as a canvas gives them.
    pub type Strip;

    #[wasm_bindgen(method, getter)]
    fn data(this: &Strip) -> Uint8ClampedArray;

    #[wasm_bindgen(method, getter)]
    fn width(this: &Strip) -> u32;

    /// Copies all of `pixels` to `to`, which is as long.
    #[wasm_bindgen(js_namespace = ["Uint8Array", "prototype", "set"], js_name = call)]
    fn copy(to: &mut [u8], pixels: &Uint8ClampedArray);
}

/// Samples that a millisecond is good for, on a machine not of the fastest: a pass that lasts longer than
/// the time that is left ends by its budget.
const SAMPLES_PER_MILLISECOND: f64 = 200_000.0;

/// Bytes of pixels that are copied at a time, at least a row: few enough for them to be still in the
/// processor's cache when they become luma. Twice as many were measured to be far slower.
const BYTES_AT_ONCE: u32 = 60 << 10;

/// One picture: its strips are pushed from top to bottom, then it is scanned, as often as wanted.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Scanner {
    width: u32,
    picture: Picture,
    search: Option<Search>,
}

#[derive(Debug)]
enum Picture {
    Growing {
        builder: LumaBuilder,
        rows: Vec<u8>,
    },
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
        let row_bytes = 4 * width.max(1);
        let rows = (BYTES_AT_ONCE / row_bytes).clamp(1, height.max(1));
        let rows = vec![0; (rows * row_bytes) as usize];
        Ok(Self { width, picture: Picture::Growing { builder, rows }, search: None })
    }

    /// Adds the next rows of the picture, of its full width. A few dozen rows at a time keep memory low.
    #[wasm_bindgen(js_name = pushStrip)]
    pub fn push_strip(&mut self, strip: &Strip) -> Result<(), Failure> {
        let Picture::Growing { builder, rows } = &mut self.picture else {
            return Err(Failure::MALFORMED_REQUEST);
        };
        if strip.width() != self.width {
            return Err(Failure::MALFORMED_REQUEST);
        }
        let pushed = push_rows(builder, rows, &strip.data());
        if pushed.is_err() {
            self.picture = Picture::Broken;
        }
        Ok(pushed?)
    }

    /// Looks once: milliseconds, for pages that are scanned unasked.
    pub fn scan(&mut self) -> Result<QrCodes, Failure> {
        Ok(views(&decode(self.whole()?.image(), Effort::Fast)))
    }

    /// Looks again and again, each time with more effort, for about `milliseconds` while nothing is found;
    /// then hands over the codes. The picture goes with it.
    ///
    /// Between two looks a Worker can take messages.
    #[wasm_bindgen(js_name = deepScan)]
    pub fn deep_scan(mut self, milliseconds: f64, then: CodesTaker) -> Result<(), Failure> {
        self.whole()?;
        look_on(self, Date::now() + milliseconds, then);
        Ok(())
    }

    /// Looks once more, for `milliseconds` at most. Gives nothing while there is more to try.
    fn look_deeper(&mut self, milliseconds: f64) -> Option<QrCodes> {
        let search = self.search.take();
        let image = self.whole().ok()?.image();
        let mut search = search.unwrap_or_else(|| Search::deep(image, u64::MAX));
        // A cast of a negative or huge number saturates.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
        search.limit((milliseconds * SAMPLES_PER_MILLISECOND) as u64);
        if search.step(image) {
            self.search = Some(search);
            None
        } else {
            Some(views(search.codes()))
        }
    }

    /// The picture, once its last strip was pushed.
    fn whole(&mut self) -> Result<&Luma, Failure> {
        self.picture = match std::mem::replace(&mut self.picture, Picture::Broken) {
            Picture::Growing { builder, .. } => Picture::Whole(builder.finish()?),
            other => other,
        };
        match &self.picture {
            Picture::Whole(luma) => Ok(luma),
            _ => Err(Failure::MALFORMED_REQUEST),
        }
    }
}

fn look_on(mut scanner: Scanner, end: f64, then: CodesTaker) {
    match scanner.look_deeper(end - Date::now()) {
        Some(codes) => then.call(&JsValue::UNDEFINED, &codes),
        None => drop(Timeout::new(0, move || look_on(scanner, end, then)).forget()),
    }
}

/// Adds the rows in `pixels`, as many at a time as `rows` has room for.
fn push_rows(
    builder: &mut LumaBuilder,
    rows: &mut [u8],
    pixels: &Uint8ClampedArray,
) -> Result<(), ImageError> {
    let most = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let mut from = 0;
    while from < pixels.length() {
        let part = pixels.subarray(from, from.saturating_add(most));
        let rows = rows.get_mut(..part.length() as usize).unwrap_or_default();
        if rows.is_empty() {
            return Err(ImageError::WrongLength);
        }
        copy(rows, &part);
        builder.push_rgba(rows)?;
        from += part.length();
    }
    Ok(())
}

fn views(codes: &[Code]) -> QrCodes {
    array(codes.iter().map(view)).unchecked_into()
}

fn array(items: impl IntoIterator<Item = JsValue>) -> Array {
    let array = Array::new();
    for item in items {
        array.push(&item);
    }
    array
}

fn view(code: &Code) -> JsValue {
    let corner = |corner: &Point| array([corner.x.into(), corner.y.into()]).into();
    let level = match code.level {
        Level::L => "L",
        Level::M => "M",
        Level::Q => "Q",
        Level::H => "H",
    };
    let text = text(&code.payload);
    let mut properties: Vec<(&str, JsValue)> = vec![
        ("corners", array(code.corners.iter().map(corner)).into()),
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
