//! Sixteen pixels at a time: the loops that touch every pixel of a picture.
//!
//! Plain loops over arrays that compilers turn into vector instructions, except where they do not for
//! WebAssembly: there, intrinsics with the plain loop as their twin.

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub(super) use plain::{Lanes, ToLuma};
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(super) use wasm::{Lanes, ToLuma};

/// Pixels handled together, the width of a vector register in bytes.
pub(super) const LANES: usize = 16;

/// Luma of one opaque pixel, rounded as two averaging instructions round.
#[inline]
pub(super) fn luma_of(red: u8, green: u8, blue: u8) -> u8 {
    let mean = (u16::from(red) + u16::from(blue)).div_ceil(2);
    ((mean + u16::from(green)).div_ceil(2)) as u8
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod plain {
    use super::{LANES, luma_of};

    /// Sixteen bytes.
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub(in super::super) struct Lanes([u8; LANES]);

    impl Lanes {
        /// The same byte in each lane.
        pub(in super::super) fn splat(byte: u8) -> Self {
            Self([byte; LANES])
        }

        pub(in super::super) fn of(bytes: &[u8; LANES]) -> Self {
            Self(*bytes)
        }

        pub(in super::super) fn bytes(self) -> [u8; LANES] {
            self.0
        }

        fn pick(self, other: Self, pick: impl Fn(u8, u8) -> u8) -> Self {
            let mut lanes = self.0;
            lanes.iter_mut().zip(other.0).for_each(|(lane, other)| *lane = pick(*lane, other));
            Self(lanes)
        }

        pub(in super::super) fn min(self, other: Self) -> Self {
            self.pick(other, u8::min)
        }

        pub(in super::super) fn max(self, other: Self) -> Self {
            self.pick(other, u8::max)
        }

        pub(in super::super) fn and(self, other: Self) -> Self {
            self.pick(other, |a, b| a & b)
        }

        /// The lowest of the bytes.
        pub(in super::super) fn lowest(self) -> u8 {
            self.0.into_iter().fold(u8::MAX, u8::min)
        }

        /// The highest of the bytes.
        pub(in super::super) fn highest(self) -> u8 {
            self.0.into_iter().fold(u8::MIN, u8::max)
        }

        /// Bit i is set where lane i is below `threshold`.
        pub(in super::super) fn below(self, threshold: u8) -> u16 {
            (0..).zip(self.0).fold(0, |bits, (at, byte)| bits | u16::from(byte < threshold) << at)
        }
    }

    /// The way from RGBA to luma.
    pub(in super::super) struct ToLuma;

    impl ToLuma {
        pub(in super::super) fn new() -> Self {
            Self
        }

        /// Luma of sixteen opaque RGBA pixels.
        ///
        /// (R + 2G + B) / 4, rounded: within 5 % of the BT.601 weights for greys and near them for
        /// colours, at two averaging instructions.
        #[expect(clippy::unused_self, reason = "its twin keeps a register")]
        pub(in super::super) fn luma(&self, rgba: [Lanes; 4]) -> Lanes {
            let mut luma = [0; LANES];
            for (out, quarter) in luma.chunks_exact_mut(4).zip(rgba) {
                for (out, pixel) in out.iter_mut().zip(quarter.0.chunks_exact(4)) {
                    *out = luma_of(pixel[0], pixel[1], pixel[2]);
                }
            }
            Lanes(luma)
        }
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod wasm {
    use super::LANES;
    use std::arch::wasm32::{
        i16x8_shuffle, i32x4_shuffle, i64x2_shuffle, u8x16_avgr, u8x16_bitmask, u8x16_extract_lane,
        u8x16_lt, u8x16_max, u8x16_min, u8x16_narrow_i16x8, u8x16_splat, u16x8_narrow_i32x4,
        u32x4_shr, u32x4_splat, v128, v128_and, v128_not,
    };
    use std::hint::black_box;

    /// Sixteen bytes in a register; see the plain twin.
    #[derive(Clone, Copy, Debug)]
    pub(in super::super) struct Lanes(v128);

    impl Lanes {
        #[inline]
        pub(in super::super) fn splat(byte: u8) -> Self {
            Self(u8x16_splat(byte))
        }

        #[inline]
        pub(in super::super) fn of(bytes: &[u8; LANES]) -> Self {
            Self(bytemuck::cast(*bytes))
        }

        #[inline]
        pub(in super::super) fn bytes(self) -> [u8; LANES] {
            bytemuck::cast(self.0)
        }

        #[inline]
        pub(in super::super) fn min(self, other: Self) -> Self {
            Self(u8x16_min(self.0, other.0))
        }

        #[inline]
        pub(in super::super) fn max(self, other: Self) -> Self {
            Self(u8x16_max(self.0, other.0))
        }

        #[inline]
        pub(in super::super) fn and(self, other: Self) -> Self {
            Self(v128_and(self.0, other.0))
        }

        #[inline]
        pub(in super::super) fn lowest(self) -> u8 {
            // Of halves, of quarters, of eighths, of the two that are left.
            let v = self.0;
            let v = u8x16_min(v, i64x2_shuffle::<1, 0>(v, v));
            let v = u8x16_min(v, i32x4_shuffle::<1, 0, 3, 2>(v, v));
            let v = u8x16_min(v, i16x8_shuffle::<1, 0, 3, 2, 5, 4, 7, 6>(v, v));
            u8x16_extract_lane::<0>(v).min(u8x16_extract_lane::<1>(v))
        }

        #[inline]
        pub(in super::super) fn highest(self) -> u8 {
            !Self(v128_not(self.0)).lowest()
        }

        #[inline]
        pub(in super::super) fn below(self, threshold: u8) -> u16 {
            u8x16_bitmask(u8x16_lt(self.0, u8x16_splat(threshold)))
        }
    }

    /// The way from RGBA to luma; see the plain twin.
    pub(in super::super) struct ToLuma {
        last_byte: v128,
    }

    impl ToLuma {
        #[inline]
        pub(in super::super) fn new() -> Self {
            // Were the mask known, the compiler would take narrowing for sixteen moves of a byte.
            Self { last_byte: black_box(u32x4_splat(0xff)) }
        }

        #[inline]
        pub(in super::super) fn luma(&self, [a, b, c, d]: [Lanes; 4]) -> Lanes {
            // Shifted by two bytes blue comes to red's place, by one green: averages of all bytes are
            // fewer instructions than shuffles that gather each colour. The last byte is luma.
            let luma = |Lanes(pixels)| {
                let mean = u8x16_avgr(pixels, u32x4_shr(pixels, 16));
                v128_and(u8x16_avgr(mean, u32x4_shr(pixels, 8)), self.last_byte)
            };
            let (low, high) =
                (u16x8_narrow_i32x4(luma(a), luma(b)), u16x8_narrow_i32x4(luma(c), luma(d)));
            Lanes(u8x16_narrow_i16x8(low, high))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise<const COUNT: usize>(seed: u32) -> [u8; COUNT] {
        let mut state = seed;
        std::array::from_fn(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
    }

    #[test]
    fn each_lane_stands_alone() {
        for seed in 0..=255u8 {
            let (a, b) = (noise(seed.into()), noise(u32::from(seed) + 1000));
            let (x, y) = (Lanes::of(&a), Lanes::of(&b));
            let pairs = |pick: fn(u8, u8) -> u8| std::array::from_fn(|lane| pick(a[lane], b[lane]));
            assert_eq!(x.bytes(), a);
            assert_eq!(x.min(y).bytes(), pairs(u8::min));
            assert_eq!(x.max(y).bytes(), pairs(u8::max));
            assert_eq!(x.and(y).bytes(), pairs(|a, b| a & b));
            assert_eq!(x.lowest(), a.into_iter().min().unwrap());
            assert_eq!(x.highest(), a.into_iter().max().unwrap());
            let below =
                (0..LANES).filter(|&lane| a[lane] < seed).fold(0, |bits, lane| bits | 1 << lane);
            assert_eq!(x.below(seed), below);
            assert_eq!(Lanes::splat(seed).bytes(), [seed; LANES]);
        }
        assert_eq!(Lanes::splat(254).below(255), 0xffff);
        assert_eq!(Lanes::splat(0).below(0), 0);
    }

    #[test]
    fn luma_of_sixteen_pixels_is_that_of_each() {
        for seed in 0..200 {
            let rgba: [[u8; LANES]; 4] = [0, 1, 2, 3].map(|quarter| noise(4 * seed + quarter));
            let luma = ToLuma::new().luma(rgba.map(|quarter| Lanes::of(&quarter)));
            for (pixel, luma) in rgba.as_flattened().chunks_exact(4).zip(luma.bytes()) {
                assert_eq!(luma, luma_of(pixel[0], pixel[1], pixel[2]));
            }
        }
    }
}
