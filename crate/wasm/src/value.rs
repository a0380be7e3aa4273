//! Stored values as text: base64url without padding (RFC 4648 §5), as `storage.local` holds JSON.

use data_encoding::BASE64URL_NOPAD;

use crate::failure::Failure;

/// The longest stored value read, as text: a body of 2 MiB.
const MAX_TEXT: usize = 3 * 1024 * 1024;

/// A stored value that is absent stays absent; one that is no base64url is damaged: it becomes
/// bytes that are nothing, so that the core reports it like any other damage.
#[cfg(feature = "kdf")]
pub(crate) fn stored(text: Option<&str>) -> Option<Vec<u8>> {
    text.map(|text| decode(text).unwrap_or_default())
}

pub(crate) fn decode(text: &str) -> Result<Vec<u8>, Failure> {
    decode_bytes(text.as_bytes())
}

fn decode_bytes(text: &[u8]) -> Result<Vec<u8>, Failure> {
    if text.len() > MAX_TEXT {
        return Err(Failure::new("malformedValue"));
    }
    BASE64URL_NOPAD.decode(text).map_err(|_| Failure::new("malformedValue"))
}

pub(crate) fn encode(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

/// Takes exactly `N` bytes: random ones, a key, a replica.
pub(crate) fn array<const N: usize>(bytes: &[u8]) -> Result<[u8; N], Failure> {
    bytes.try_into().map_err(|_| Failure::MALFORMED_REQUEST)
}

/// Long texts, which wasm-bindgen would carry over one character at a time.
#[cfg(feature = "core")]
pub(crate) mod long {
    use js_sys::{JsString, Uint8Array};
    use wasm_bindgen::prelude::wasm_bindgen;

    /// In UTF-16 units. Buffers of this size are taken from memory that was used before.
    const CHUNK: u32 = 32 * 1024;

    #[wasm_bindgen]
    extern "C" {
        /// The Encoding standard's, which every host of the module has.
        type TextEncoder;
        #[wasm_bindgen(constructor)]
        fn new() -> TextEncoder;
        #[wasm_bindgen(method)]
        fn encode(this: &TextEncoder, text: &JsString) -> Uint8Array;
    }

    /// As [`stored`](super::stored).
    pub(crate) fn stored(text: &JsString) -> Vec<u8> {
        if text.length() as usize > super::MAX_TEXT {
            return Vec::new();
        }
        let length = text.length();
        let encoder = TextEncoder::new();
        let mut utf8 = Vec::with_capacity(length as usize);
        for start in (0..length).step_by(CHUNK as usize) {
            let end = length.min(start + CHUNK);
            let bytes = encoder.encode(&text.substring(start, end));
            // A character outside ASCII is longer, and refused below like any other.
            let at = utf8.len();
            utf8.resize(at + bytes.length() as usize, 0);
            bytes.copy_to(utf8.get_mut(at..).unwrap_or_default());
        }
        super::decode_bytes(&utf8).unwrap_or_default()
    }
}
