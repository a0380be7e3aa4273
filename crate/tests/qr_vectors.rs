//! Pictures named after their defect: each `tests/vectors/qr/NAME.png` has its texts in `NAME.json`.

use std::fs;
use std::path::Path;

use doorcode::qr::{Effort, Image, decode};
use serde_json::Value;

#[test]
fn every_picture_gives_its_texts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/qr");
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "png") {
            continue;
        }
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let described: Value =
            serde_json::from_slice(&fs::read(path.with_extension("json")).unwrap()).unwrap();
        assert!(described["source"].is_string(), "{name} names no source");
        let expected: Vec<&str> = described["texts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|text| text.as_str().unwrap())
            .collect();
        assert_eq!(expected.is_empty(), name.starts_with("rejects-"), "{name}");
        let picture = image::open(&path).unwrap().into_luma8();
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let image = Image::new(picture.as_raw(), width, height).unwrap();
        let codes = decode(image, Effort::PHOTO);
        let texts: Vec<String> = codes.iter().map(|code| code.payload.text().unwrap()).collect();
        assert_eq!(texts, expected, "{name}");
        count += 1;
    }
    assert!(count > 10, "only {count} pictures");
}
