//! Lists of `otpauth://` URIs, one on a line: the tongue that most programs speak. Among them may
//! stand `otpauth-migration://` URIs, and the parameter `codeDisplay` of Ente Auth.

use percent_encoding::percent_decode_str;

use super::Importer;
use super::document::Document;
use super::error::ImportError;
use super::json::Json;
use super::migration::Parts;
use super::note::Line;
use super::parameters;
use super::report::{Collector, Extras, Names, Refusal};

/// Any list of URIs.
pub(super) struct OtpauthList;

impl Importer for OtpauthList {
    fn recognise(&self, file: &Document<'_>) -> Option<&'static str> {
        let text = file.list()?;
        let is_migration = text.lines().any(|line| Parts::is_part(line.trim()));
        Some(if is_migration { "google-authenticator" } else { "otpauth" })
    }

    fn read(
        &self,
        file: &Document<'_>,
        _: Option<&[u8]>,
        to: &mut Collector<'_>,
    ) -> Result<(), ImportError> {
        read_lines(file.list().unwrap_or_default(), to)
    }
}

/// Reads each line of a list.
pub(super) fn read_lines(text: &str, to: &mut Collector<'_>) -> Result<(), ImportError> {
    let mut parts = Parts::default();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        // Programs and people put remarks between the lines.
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if Parts::is_part(line) {
            parts.read(line, to)?;
        } else if line.contains("://") {
            read_line(line, to)?;
        } else {
            to.refuse(&format!("Line {}", index + 1), Refusal::NotAUri)?;
        }
    }
    parts.finish(to)
}

fn read_line(line: &str, to: &mut Collector<'_>) -> Result<(), ImportError> {
    let (uri, display) = split_display(line);
    let mut extras = Extras::default();
    let display = display.as_deref().and_then(|display| Json::parse(display).ok());
    if let Some(display) = &display {
        extras.note(display.get("note").text().as_deref());
        let tags: Vec<_> = display.get("tags").elements().iter().filter_map(Json::text).collect();
        extras.line(Line::Tags, Some(&tags.join(", ")));
        extras.pinned = display.get("pinned").truth();
        if display.get("trashed").truth() {
            return parameters::refuse_uri(&uri, Refusal::InTrash, to);
        }
    }
    parameters::add_uri(&uri, Names::default(), extras, to)
}

/// Takes the JSON that Ente keeps in the parameter `codeDisplay` out of a URI, which it makes
/// longer than a URI may be.
fn split_display(line: &str) -> (String, Option<String>) {
    let Some((path, query)) = line.split_once('?') else { return (line.to_owned(), None) };
    let mut display = None;
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| match pair.strip_prefix("codeDisplay=") {
            Some(json) => {
                let json = json.replace('+', " ");
                display = percent_decode_str(&json).decode_utf8().ok().map(Into::into);
                false
            }
            None => true,
        })
        .collect();
    (format!("{path}?{}", kept.join("&")), display)
}
