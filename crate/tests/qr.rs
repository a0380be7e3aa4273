//! Round trips through an encoder that shares no code with the decoder.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::similar_names,
    clippy::unwrap_used,
    reason = "helpers of tests, on small drawings"
)]

use doorcode::qr::{Charset, Code, Effort, Image, Level, Luma, LumaBuilder, decode};
use proptest::prelude::*;
use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, QrSegmentMode, Version};

const LEVELS: [(QrCodeEcc, Level); 4] = [
    (QrCodeEcc::Low, Level::L),
    (QrCodeEcc::Medium, Level::M),
    (QrCodeEcc::Quartile, Level::Q),
    (QrCodeEcc::High, Level::H),
];

/// A picture of dark modules on a light page.
#[derive(Clone)]
struct Page {
    luma: Vec<u8>,
    side: usize,
}

impl Page {
    /// Draws `code` at `module` pixels a module with a quiet zone of `quiet` modules.
    fn of(code: &QrCode, module: usize, quiet: usize) -> Self {
        let size = usize::try_from(code.size()).unwrap();
        let side = (size + 2 * quiet) * module;
        let place = |pixel: usize| i32::try_from(pixel / module).unwrap() - quiet as i32;
        let luma = (0..side * side)
            .map(|at| if code.get_module(place(at % side), place(at / side)) { 0 } else { 255 })
            .collect();
        Self { luma, side }
    }

    fn mapped(&self, pixel: impl Fn(usize, usize) -> u8) -> Self {
        let luma = (0..self.luma.len()).map(|at| pixel(at % self.side, at / self.side)).collect();
        Self { luma, side: self.side }
    }

    fn at(&self, x: usize, y: usize) -> u8 {
        self.luma[y * self.side + x]
    }

    fn read(&self, effort: Effort) -> Vec<Code> {
        decode(Image::new(&self.luma, self.side, self.side).unwrap(), effort)
    }
}

fn encode(segments: &[QrSegment], level: QrCodeEcc, version: u8, mask: u8) -> QrCode {
    let version = Version::new(version);
    QrCode::encode_segments_advanced(
        segments,
        level,
        version,
        version,
        Some(Mask::new(mask)),
        false,
    )
    .unwrap()
}

fn sole(codes: &[Code]) -> &Code {
    assert_eq!(codes.len(), 1, "codes found");
    &codes[0]
}

fn text(code: &Code) -> String {
    code.payload.text().expect("a text in UTF-8")
}

#[test]
fn reads_every_version_at_every_level_with_every_mask() {
    for version in 1..=40 {
        for (ecc, level) in LEVELS {
            for mask in 0..8 {
                let expected = format!("V{version}");
                let segments = QrSegment::make_segments(&expected);
                let page = Page::of(&encode(&segments, ecc, version, mask), 2, 4);
                // The quick search alone misses one of the 1280.
                let mut codes = page.read(Effort::Fast);
                if codes.is_empty() {
                    codes = page.read(Effort::PHOTO);
                }
                let code = sole(&codes);
                assert_eq!((text(code), code.version.number()), (expected, version));
                assert_eq!((code.level, code.mask, code.corrected_errors), (level, mask, 0));
            }
        }
    }
}

#[test]
fn reads_every_mode_in_each_class_of_count_widths() {
    let kanji_bits = |value: u16| (0..13).rev().map(move |bit| value >> bit & 1 == 1);
    for version in [2, 12, 30] {
        let kanji = QrSegment::new(
            QrSegmentMode::Kanji,
            2,
            [0xd9f, 0x1aaa].into_iter().flat_map(kanji_bits).collect(),
        );
        for (segments, expected) in [
            (vec![QrSegment::make_numeric("0123456789012345")], &b"0123456789012345"[..]),
            (vec![QrSegment::make_alphanumeric("AC-42 $%*+./:")], b"AC-42 $%*+./:"),
            (vec![QrSegment::make_bytes("zürich".as_bytes())], "zürich".as_bytes()),
            (vec![kanji.clone()], b"\x93\x5f\xe4\xaa"),
            (
                vec![QrSegment::make_numeric("12"), QrSegment::make_alphanumeric("AB"), kanji],
                b"12AB\x93\x5f\xe4\xaa",
            ),
        ] {
            let page = Page::of(&encode(&segments, QrCodeEcc::Medium, version, 3), 2, 4);
            assert_eq!(sole(&page.read(Effort::Fast)).payload.bytes(), expected);
        }
    }
}

#[test]
fn an_eci_names_the_character_set() {
    let segments = [QrSegment::make_eci(20), QrSegment::make_bytes(b"\x93\x8c\x8b\x9e")];
    let codes = Page::of(&encode(&segments, QrCodeEcc::Medium, 2, 3), 3, 4).read(Effort::Fast);
    let runs: Vec<_> = sole(&codes).payload.runs().collect();
    assert_eq!(runs, [(Charset::ShiftJis, &b"\x93\x8c\x8b\x9e"[..])]);
}

#[test]
fn reads_turned_mirrored_and_inverted_codes_and_says_so() {
    let code = encode(&QrSegment::make_segments("TURN"), QrCodeEcc::Medium, 3, 2);
    let page = Page::of(&code, 4, 4);
    let last = page.side - 1;
    let turned = page.mapped(|x, y| page.at(y, last - x));
    let mirrored = page.mapped(|x, y| page.at(last - x, y));
    let inverted = page.mapped(|x, y| 255 - page.at(x, y));
    for (page, is_mirrored, is_inverted) in [
        (&page, false, false),
        (&turned, false, false),
        (&mirrored, true, false),
        (&inverted, false, true),
    ] {
        let codes = page.read(Effort::Fast);
        let code = sole(&codes);
        assert_eq!(text(code), "TURN");
        assert_eq!((code.mirrored, code.inverted), (is_mirrored, is_inverted));
    }
}

#[test]
fn corners_follow_the_symbol_as_it_is_turned() {
    let code = encode(&QrSegment::make_segments("CORNERS"), QrCodeEcc::Medium, 2, 2);
    let page = Page::of(&code, 4, 4);
    let (near, far) = (16.0, 16.0 + 100.0);
    let upright = [(near, near), (far, near), (far, far), (near, far)];
    let last = page.side - 1;
    let turned = page.mapped(|x, y| page.at(y, last - x));
    for (page, first) in [(&page, 0), (&turned, 1)] {
        let codes = page.read(Effort::Fast);
        for (index, corner) in sole(&codes).corners.iter().enumerate() {
            let (x, y) = upright[(index + first) % 4];
            let off = (corner.x - x).abs().max((corner.y - y).abs());
            assert!(off < 1.0, "{corner:?} is not at {x}, {y}");
        }
    }
}

/// Flips every bit of whole codewords: of the first ones, which in symbols of one block lie as 2 × 4
/// modules from the bottom right upwards.
fn damage(page: &Page, size: usize, module: usize, quiet: usize, codewords: usize) -> Page {
    page.mapped(|x, y| {
        let (column, row) = (x / module, y / module);
        let inside = |at: usize| (quiet..quiet + size).contains(&at);
        if !inside(column) || !inside(row) {
            return page.at(x, y);
        }
        let (column, row) = (column - quiet, row - quiet);
        let hit = if column >= size - 2 {
            (size - 1 - row) / 4 < codewords.min(3)
        } else if column >= size - 4 && codewords > 3 {
            // The second pair of columns goes downwards from the end of the first.
            row >= size - 12 && (row + 12 - size) / 4 < codewords - 3
        } else {
            false
        };
        if hit { 255 - page.at(x, y) } else { page.at(x, y) }
    })
}

#[test]
fn corrects_damage_up_to_the_limit_and_refuses_one_codeword_more() {
    // Version 1-M: 10 correction codewords, 2 of them for detection only, so 4 errors (Table 9).
    let code = encode(&QrSegment::make_segments("DAMAGE"), QrCodeEcc::Medium, 1, 4);
    let page = Page::of(&code, 4, 4);
    for errors in 0..=4 {
        let codes = damage(&page, 21, 4, 4, errors).read(Effort::Fast);
        assert_eq!(sole(&codes).corrected_errors, errors);
        assert_eq!(text(sole(&codes)), "DAMAGE");
    }
    assert_eq!(damage(&page, 21, 4, 4, 5).read(Effort::Fast), []);
}

#[test]
fn reads_modules_of_one_and_a_half_pixels() {
    let code = encode(&QrSegment::make_segments("SMALL MODULES"), QrCodeEcc::Medium, 4, 6);
    let sharp = Page::of(&code, 6, 4);
    // Each pixel is the mean of 4 × 4.
    let side = sharp.side / 4;
    let luma = (0..side * side)
        .map(|at| {
            let (x, y) = (at % side * 4, at / side * 4);
            let sum: u32 = (0..16).map(|sub| u32::from(sharp.at(x + sub % 4, y + sub / 4))).sum();
            (sum / 16) as u8
        })
        .collect();
    assert_eq!(text(sole(&Page { luma, side }.read(Effort::Fast))), "SMALL MODULES");
}

#[test]
fn reads_a_code_without_quiet_zone_on_a_dark_page() {
    let code = encode(&QrSegment::make_segments("DARK PAGE"), QrCodeEcc::Medium, 4, 6);
    let light = Page::of(&code, 3, 4);
    let edge = 4 * 3;
    let inside = edge..light.side - edge;
    let page =
        light.mapped(
            |x, y| if inside.contains(&x) && inside.contains(&y) { light.at(x, y) } else { 16 },
        );
    assert_eq!(text(sole(&page.read(Effort::Fast))), "DARK PAGE");
}

#[test]
fn reads_many_codes_in_one_picture() {
    let side = 700;
    let mut page = Page { luma: vec![255; side * side], side };
    for index in 0..9usize {
        let code = encode(&QrSegment::make_segments(&format!("N{index}")), QrCodeEcc::Low, 2, 1);
        let one = Page::of(&code, 5, 4);
        let (left, top) = (index % 3 * 230, index / 3 * 230);
        for y in 0..one.side {
            for x in 0..one.side {
                page.luma[(top + y) * side + left + x] = one.at(x, y);
            }
        }
    }
    let mut texts: Vec<String> = page.read(Effort::Fast).iter().map(text).collect();
    texts.sort();
    assert_eq!(texts, (0..9).map(|index| format!("N{index}")).collect::<Vec<_>>());
}

#[test]
fn rgba_in_bands_reads_like_luma() {
    let code = encode(&QrSegment::make_segments("BANDS"), QrCodeEcc::Medium, 2, 5);
    let page = Page::of(&code, 3, 4);
    let rgba: Vec<u8> = page.luma.iter().flat_map(|&grey| [grey, grey, grey, 255]).collect();
    let mut builder = LumaBuilder::new(page.side, page.side).unwrap();
    for rows in rgba.chunks(page.side * 4 * 7) {
        builder.push_rgba(rows).unwrap();
    }
    let luma: Luma = builder.finish().unwrap();
    assert_eq!(decode(luma.image(), Effort::Fast), page.read(Effort::Fast));
}

#[test]
fn tiny_and_empty_pictures_hold_nothing() {
    for (width, height) in [(0, 0), (0, 9), (1, 1), (1, 4000), (4000, 1), (20, 20), (21, 21)] {
        let luma = vec![128; width * height];
        let image = Image::new(&luma, width, height).unwrap();
        assert_eq!(decode(image, Effort::PHOTO), []);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_comes_back(bytes in proptest::collection::vec(any::<u8>(), 1..200), level in 0usize..4, module in 2usize..5) {
        let code = QrCode::encode_binary(&bytes, LEVELS[level].0).unwrap();
        let codes = Page::of(&code, module, 4).read(Effort::Fast);
        prop_assert_eq!(sole(&codes).payload.bytes(), &bytes[..]);
    }

    #[test]
    fn noise_never_panics_and_holds_nothing(
        width in 0usize..90,
        height in 0usize..90,
        seed in any::<u64>(),
        shades in 1u64..5,
    ) {
        let mut state = seed;
        let luma: Vec<u8> = (0..width * height)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                ((state >> 33) % shades * 255 / shades.max(2)) as u8
            })
            .collect();
        let image = Image::new(&luma, width, height).unwrap();
        let effort = Effort::Deep { samples: 500_000 };
        prop_assert_eq!(decode(image, effort), []);
    }
}
