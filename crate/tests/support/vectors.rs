//! Reads the vector files: one JSON file per case, named after it.
#![allow(dead_code, clippy::unwrap_used, reason = "each test crate uses its part; tests may panic")]

use std::path::Path;

use serde_json::Value;

/// The vectors of one folder whose names begin with `prefix`, sorted, at least one.
pub(crate) fn vectors(folder: &str, prefix: &str) -> Vec<(String, Value)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors").join(folder);
    let mut cases: Vec<(String, Value)> = std::fs::read_dir(path)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap())
        })
        .filter(|(name, _)| name.starts_with(prefix))
        .collect();
    cases.sort_by(|(left, _), (right, _)| left.cmp(right));
    assert!(!cases.is_empty(), "no vector in {folder} begins with {prefix}");
    cases
}

/// The member as text.
pub(crate) fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value[member].as_str().unwrap_or_else(|| panic!("no text member {member}"))
}
