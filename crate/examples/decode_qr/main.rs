//! `decode_qr [--fast] [--explain DIR] IMAGE...`: prints one line of JSON for each picture, or for each
//! path on standard input if none is given.
//!
//! With `--explain DIR` it draws into DIR what each stage saw.

use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use doorcode::qr::{Charset, Code, Effort, Image, Model, Payload, decode, decode_observed};
use image::DynamicImage;
use serde_json::{Value, json};

mod explain;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut effort = Effort::PHOTO;
    let mut explain = None;
    let mut paths = Vec::new();
    let mut arguments = std::env::args_os().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--fast") => effort = Effort::Fast,
            Some("--explain") => {
                let folder = arguments.next().ok_or("--explain needs a folder")?;
                std::fs::create_dir_all(&folder)?;
                explain = Some(PathBuf::from(folder));
            }
            _ => paths.push(PathBuf::from(argument)),
        }
    }
    let mut out = io::stdout().lock();
    let mut print = |path: &Path| -> io::Result<()> {
        let line = describe(path, effort, explain.as_deref())
            .unwrap_or_else(|error| json!({ "path": path, "error": error.to_string() }));
        writeln!(out, "{line}")
    };
    if paths.is_empty() {
        for path in io::stdin().lock().lines() {
            print(Path::new(&path?))?;
        }
    }
    paths.iter().try_for_each(|path| print(path))?;
    Ok(())
}

fn describe(
    path: &Path,
    effort: Effort,
    explain: Option<&Path>,
) -> Result<Value, Box<dyn std::error::Error>> {
    let picture = image::ImageReader::open(path)?.with_guessed_format()?.decode()?;
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let luma = luma(&picture);
    let image = Image::new(&luma, width, height)?;
    let start = Instant::now();
    let codes = decode(image, effort);
    let elapsed = start.elapsed();
    if let Some(folder) = explain {
        let mut drawing = explain::Drawing::new(&luma, width, height);
        decode_observed(image, effort, &mut drawing);
        let name = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy();
        drawing.save(folder, &name)?;
    }
    Ok(json!({
        "path": path,
        "codes": codes.iter().map(view).collect::<Vec<_>>(),
        "ms": elapsed.as_secs_f64() * 1000.0,
    }))
}

/// Luma by the weights of BT.601, transparent pixels over white.
fn luma(picture: &DynamicImage) -> Vec<u8> {
    let rgba = picture.to_rgba8();
    let of = |pixel: &image::Rgba<u8>| {
        let [red, green, blue, alpha] = pixel.0.map(u32::from);
        let luma = (red * 299 + green * 587 + blue * 114 + 500) / 1000;
        u8::try_from((luma * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
    };
    rgba.pixels().map(of).collect()
}

fn view(code: &Code) -> Value {
    let mut view = json!({
        "text": text(&code.payload),
        "corners": code.corners.map(|corner| [corner.x, corner.y]),
        "model": match code.model {
            Model::One => 1,
            Model::Two => 2,
        },
        "version": code.version.number(),
        "level": format!("{:?}", code.level),
        "mask": code.mask,
        "correctedErrors": code.corrected_errors,
        "mirrored": code.mirrored,
        "inverted": code.inverted,
    });
    if let (Some(append), Some(view)) = (code.structured_append, view.as_object_mut()) {
        let place =
            json!({ "index": append.index, "count": append.count, "parity": append.parity });
        view.insert("structuredAppend".into(), place);
    }
    view
}

/// The text, with tables for the character sets the core has none for.
fn text(payload: &Payload) -> String {
    let decode_run = |(charset, run): (Charset, &[u8])| {
        let label = charset.label().unwrap_or("iso-8859-1");
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes());
        match encoding {
            Some(encoding) => encoding.decode_without_bom_handling(run).0.into_owned(),
            None => String::from_utf8_lossy(run).into_owned(),
        }
    };
    payload.text().unwrap_or_else(|| payload.runs().map(decode_run).collect())
}
