//! Sixteen pixels at a time: the loops that touch every pixel of a picture.
//!
//! Plain loops over arrays that compilers turn into vector instructions, except where they do not for
//! WebAssembly: there, safe intrinsics with the plain loop as their twin.

/// Pixels handled together, the width of a vector register in bytes.
pub(super) const LANES: usize = 16;

/// Luma of sixteen opaque RGBA pixels. Takes their bytes into `all` by and, so that its every fourth byte
/// tells whether they were opaque.
///
/// (R + 2G + B) / 4, rounded: within 5 % of the BT.601 weights for greys and near them for colours, at
/// two averaging instructions.
#[inline]
pub(super) fn luma(rgba: &[u8; 4 * LANES], all: &mut [u8; LANES]) -> [u8; LANES] {
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    return wasm::luma(rgba, all);
    #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
    return plain::luma(rgba, all);
}

/// Takes `pixels` into the range from `low` to `high`, lane by lane.
#[inline]
pub(super) fn widen(low: &mut [u8; LANES], high: &mut [u8; LANES], pixels: &[u8; LANES]) {
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    wasm::widen(low, high, pixels);
    #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
    plain::widen(low, high, pixels);
}

/// Bit i is set where pixel i is below `threshold`.
#[inline]
pub(super) fn below(pixels: &[u8; LANES], threshold: u8) -> u16 {
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    return wasm::below(pixels, threshold);
    #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
    return plain::below(pixels, threshold);
}

#[cfg_attr(
    all(target_arch = "wasm32", target_feature = "simd128"),
    allow(dead_code, reason = "the twin that tests compare with")
)]
mod plain {
    use super::LANES;

    pub(super) fn luma(rgba: &[u8; 4 * LANES], all: &mut [u8; LANES]) -> [u8; LANES] {
        let mut luma = [0; LANES];
        for (out, pixel) in luma.iter_mut().zip(rgba.chunks_exact(4)) {
            *out = super::luma_of(pixel[0], pixel[1], pixel[2]);
        }
        for quarter in rgba.chunks_exact(LANES) {
            for lane in 0..LANES {
                all[lane] &= quarter[lane];
            }
        }
        luma
    }

    pub(super) fn widen(low: &mut [u8; LANES], high: &mut [u8; LANES], pixels: &[u8; LANES]) {
        for lane in 0..LANES {
            low[lane] = low[lane].min(pixels[lane]);
            high[lane] = high[lane].max(pixels[lane]);
        }
    }

    pub(super) fn below(pixels: &[u8; LANES], threshold: u8) -> u16 {
        let mut bits = 0;
        for (lane, &pixel) in pixels.iter().enumerate() {
            bits |= u16::from(pixel < threshold) << lane;
        }
        bits
    }
}

/// Luma of one opaque pixel, rounded as two averaging instructions round.
#[inline]
pub(super) fn luma_of(red: u8, green: u8, blue: u8) -> u8 {
    let mean = (u16::from(red) + u16::from(blue)).div_ceil(2);
    ((mean + u16::from(green)).div_ceil(2)) as u8
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod wasm {
    use super::LANES;
    use std::arch::wasm32::{
        i8x16_shuffle, i64x2_shuffle, u8x16_avgr, u8x16_bitmask, u8x16_extract_lane, u8x16_lt,
        u8x16_max, u8x16_min, u8x16_splat, u64x2, v128, v128_and,
    };

    /// Compiles to one load: made of bytes, it would be many.
    #[inline]
    fn load(pixels: &[u8; LANES]) -> v128 {
        let [low, high] = [0, 8].map(|at| {
            let half = [0, 1, 2, 3, 4, 5, 6, 7].map(|byte| pixels[at + byte]);
            u64::from_le_bytes(half)
        });
        u64x2(low, high)
    }

    /// Compiles to one store.
    #[inline]
    fn store(v: v128) -> [u8; LANES] {
        [
            u8x16_extract_lane::<0>(v),
            u8x16_extract_lane::<1>(v),
            u8x16_extract_lane::<2>(v),
            u8x16_extract_lane::<3>(v),
            u8x16_extract_lane::<4>(v),
            u8x16_extract_lane::<5>(v),
            u8x16_extract_lane::<6>(v),
            u8x16_extract_lane::<7>(v),
            u8x16_extract_lane::<8>(v),
            u8x16_extract_lane::<9>(v),
            u8x16_extract_lane::<10>(v),
            u8x16_extract_lane::<11>(v),
            u8x16_extract_lane::<12>(v),
            u8x16_extract_lane::<13>(v),
            u8x16_extract_lane::<14>(v),
            u8x16_extract_lane::<15>(v),
        ]
    }

    #[inline]
    pub(super) fn luma(rgba: &[u8; 4 * LANES], all: &mut [u8; LANES]) -> [u8; LANES] {
        let (quarters, _) = rgba.as_chunks::<LANES>();
        let (a, b) = (load(&quarters[0]), load(&quarters[1]));
        let (c, d) = (load(&quarters[2]), load(&quarters[3]));
        *all = store(v128_and(load(all), v128_and(v128_and(a, b), v128_and(c, d))));
        // Reds then greens of eight pixels in one register, blues of eight in another.
        let rg0 = i8x16_shuffle::<0, 4, 8, 12, 16, 20, 24, 28, 1, 5, 9, 13, 17, 21, 25, 29>(a, b);
        let rg1 = i8x16_shuffle::<0, 4, 8, 12, 16, 20, 24, 28, 1, 5, 9, 13, 17, 21, 25, 29>(c, d);
        let b0 = i8x16_shuffle::<2, 6, 10, 14, 18, 22, 26, 30, 2, 6, 10, 14, 18, 22, 26, 30>(a, b);
        let b1 = i8x16_shuffle::<2, 6, 10, 14, 18, 22, 26, 30, 2, 6, 10, 14, 18, 22, 26, 30>(c, d);
        let red = i64x2_shuffle::<0, 2>(rg0, rg1);
        let green = i64x2_shuffle::<1, 3>(rg0, rg1);
        let blue = i64x2_shuffle::<0, 2>(b0, b1);
        store(u8x16_avgr(u8x16_avgr(red, blue), green))
    }

    #[inline]
    pub(super) fn widen(low: &mut [u8; LANES], high: &mut [u8; LANES], pixels: &[u8; LANES]) {
        *low = store(u8x16_min(load(low), load(pixels)));
        *high = store(u8x16_max(load(high), load(pixels)));
    }

    #[inline]
    pub(super) fn below(pixels: &[u8; LANES], threshold: u8) -> u16 {
        u8x16_bitmask(u8x16_lt(load(pixels), u8x16_splat(threshold)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(seed: u32) -> impl Iterator<Item = u8> {
        let mut state = seed;
        std::iter::repeat_with(move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
    }

    #[test]
    fn luma_is_its_plain_twin() {
        for seed in 0..200 {
            let mut rgba = [0; 64];
            rgba.iter_mut().zip(noise(seed)).for_each(|(byte, random)| *byte = random);
            let (mut all, mut plain_all) = ([255; 16], [255; 16]);
            assert_eq!(luma(&rgba, &mut all), plain::luma(&rgba, &mut plain_all));
            assert_eq!(all, plain_all);
        }
        assert_eq!(luma(&[255; 64], &mut [255; 16]), [255; 16]);
    }

    #[test]
    fn widen_takes_in_each_lane() {
        let (mut low, mut high) = ([100; 16], [100; 16]);
        let mut pixels = [100; 16];
        (pixels[3], pixels[15]) = (7, 250);
        widen(&mut low, &mut high, &pixels);
        assert_eq!((low[3], high[3], low[15], high[15], low[0]), (7, 100, 100, 250, 100));
    }

    #[test]
    fn below_is_its_plain_twin() {
        for seed in 0..=255u8 {
            let mut pixels = [0; 16];
            pixels.iter_mut().zip(noise(seed.into())).for_each(|(byte, random)| *byte = random);
            assert_eq!(below(&pixels, seed), plain::below(&pixels, seed));
        }
        assert_eq!(below(&[254; 16], 255), 0xffff);
        assert_eq!(below(&[0; 16], 0), 0);
    }
}
