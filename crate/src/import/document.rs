//! A file on its way to being recognised: JSON, a table, text or bytes.

use std::borrow::Cow;

use super::error::ImportError;
use super::json::Json;
use super::table::Table;

/// The beginnings of the lines that hold a code.
const SCHEMES: [&str; 3] = ["otpauth://", "otpauth-migration://", "steam://"];

/// A file, read as far as its form goes.
pub(super) enum Document<'a> {
    Json(Json<'a>),
    /// Comma-separated values, and the text they were read from.
    Table(Table, &'a str),
    Text(&'a str),
    Bytes(&'a [u8]),
}

impl<'a> Document<'a> {
    /// Takes the bytes of a file, and its text if it is text.
    pub(super) fn parse(bytes: &'a [u8], text: Option<&'a str>) -> Result<Self, ImportError> {
        let Some(text) = text else { return Ok(Self::Bytes(bytes)) };
        let start = text.trim_start();
        if start.starts_with(['{', '[']) {
            return Json::parse(text).map(Self::Json);
        }
        if is_code_line(start) || !start.lines().next().is_some_and(Table::looks_like_a_header) {
            return Ok(Self::Text(text));
        }
        Ok(Self::Table(Table::parse(start)?, text))
    }

    pub(super) fn json(&self) -> Option<&Json<'a>> {
        match self {
            Self::Json(json) => Some(json),
            _ => None,
        }
    }

    pub(super) fn bytes(&self) -> Option<&'a [u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The text of a list: at least one of its lines holds a code.
    pub(super) fn list(&self) -> Option<&'a str> {
        match self {
            Self::Text(text) | Self::Table(_, text) => {
                text.lines().any(|line| is_code_line(line.trim_start())).then_some(*text)
            }
            _ => None,
        }
    }
}

/// Whether a line begins like a key URI or its relatives, in any case.
fn is_code_line(line: &str) -> bool {
    let begins = |scheme: &&str| {
        line.as_bytes()
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme.as_bytes()))
    };
    SCHEMES.iter().any(begins)
}

/// The text of a file in UTF-8, or in UTF-16 with a byte order mark; without the mark. `None` when
/// it is not text.
pub(super) fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let utf16 = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = rest.as_chunks::<2>().0.iter().map(|&pair| unit(pair));
        char::decode_utf16(units).collect::<Result<String, _>>().ok().map(Cow::Owned)
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => {
            let text = core::str::from_utf8(bytes).ok()?;
            let text = text.strip_prefix('\u{feff}').unwrap_or(text);
            (!text.contains('\0')).then_some(Cow::Borrowed(text))
        }
    }
}
