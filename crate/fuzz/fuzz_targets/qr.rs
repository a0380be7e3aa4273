//! Any pixels of any width: no panic, and an end.
#![no_main]

use doorcode::qr::{Effort, Image, LumaBuilder, decode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let [width, transparent, luma @ ..] = data else { return };
    let width = usize::from(*width);
    let height = luma.len().checked_div(width).unwrap_or(0);
    let luma = &luma[..width * height];
    if let Ok(image) = Image::new(luma, width, height) {
        for code in decode(image, Effort::Deep { samples: 3_000_000 }) {
            let _ = code.payload.text();
        }
    }
    // The same bytes as RGBA, in bands of a row.
    let height = height / 4;
    let mut builder = LumaBuilder::new(width, height).expect("a small picture");
    for row in luma[..width * height * 4].chunks(width.max(1) * 4) {
        let mut row = row.to_vec();
        if transparent % 2 == 0 {
            row.iter_mut().skip(3).step_by(4).for_each(|alpha| *alpha = 255);
        }
        builder.push_rgba(&row).expect("whole rows");
    }
    let picture = builder.finish().expect("all rows");
    decode(picture.image(), Effort::Fast);
});
