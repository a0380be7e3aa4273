//! Module tones: sampled luma turned into how dark each module is among its neighbours.

/// How dark each module of a symbol is: 1 surely dark, −1 surely light, 0 undecided.
#[derive(Clone, Debug)]
pub(super) struct Modules {
    size: usize,
    values: Vec<f32>,
}

/// How samples become tones.
#[derive(Clone, Copy, Debug)]
pub(super) struct Softening {
    /// How far the range of luma is looked for, in modules each way. Wide enough that both tones are in
    /// it, narrow enough to follow shadows.
    pub(super) radius: usize,
    /// Strength of sharpening against the four neighbours: blur of a module into the next.
    pub(super) sharpen: f32,
}

impl Softening {
    pub(super) const PLAIN: Self = Self { radius: 4, sharpen: 0.0 };
    pub(super) const SHARP: Self = Self { radius: 4, sharpen: 0.22 };
    pub(super) const WIDE: Self = Self { radius: 7, sharpen: 0.1 };
}

/// A range smaller than this holds one tone only.
const MIN_RANGE: f32 = 4.0;

impl Modules {
    /// Tones of `samples`, the luma of each module row by row, low where dark.
    pub(super) fn soften(samples: &[f32], size: usize, softening: Softening) -> Self {
        let sharpened;
        let samples = if softening.sharpen > 0.0 {
            sharpened = sharpen(samples, size, softening.sharpen);
            &sharpened
        } else {
            samples
        };
        let radius = softening.radius;
        let lowest =
            |samples: &[f32]| smooth(&windows(samples, size, radius, lesser), size, radius);
        // The highest is the lowest of the negatives, by the same code.
        let negated: Vec<f32> = samples.iter().map(|luma| -luma).collect();
        let (low, negated_high) = (lowest(samples), lowest(&negated));
        let tone = |((&luma, &low), &negated_high): ((&f32, &f32), &f32)| {
            let high = -negated_high;
            let middle = (low + high) * 0.5;
            ((middle - luma) / (high - low).max(MIN_RANGE) * 2.0).clamp(-1.0, 1.0)
        };
        let values = samples.iter().zip(&low).zip(&negated_high).map(tone).collect();
        Self { size, values }
    }

    #[cfg(test)]
    pub(super) fn from_values(size: usize, values: Vec<f32>) -> Self {
        assert_eq!(values.len(), size * size);
        Self { size, values }
    }

    /// Modules a side.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// How dark the module in column `x` and row `y` is.
    #[inline]
    pub(super) fn at(&self, x: usize, y: usize) -> f32 {
        self.values[y * self.size + x]
    }

    /// The mirror image: rows and columns exchanged.
    pub(super) fn transposed(&self) -> Self {
        let values = (0..self.values.len())
            .map(|index| self.at(index / self.size, index % self.size))
            .collect();
        Self { size: self.size, values }
    }
}

/// Adds to each sample `strength` times its difference from the four neighbours. Outside is quiet zone.
fn sharpen(samples: &[f32], size: usize, strength: f32) -> Vec<f32> {
    let quiet = samples.iter().copied().fold(0.0, f32::max);
    let at = |x: usize, y: usize| {
        // Indices below zero wrap to huge ones.
        if x < size && y < size { samples[y * size + x] } else { quiet }
    };
    let mut sharpened = Vec::with_capacity(samples.len());
    for y in 0..size {
        for x in 0..size {
            let neighbours =
                at(x.wrapping_sub(1), y) + at(x + 1, y) + at(x, y.wrapping_sub(1)) + at(x, y + 1);
            sharpened.push(at(x, y) + strength * (4.0 * at(x, y) - neighbours));
        }
    }
    sharpened
}

/// [`f32::min`] for numbers, in one instruction.
fn lesser(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

/// Combines the values in each square of `radius` modules around a module, rows first, then columns.
fn windows(
    values: &[f32],
    size: usize,
    radius: usize,
    combine: impl Fn(f32, f32) -> f32 + Copy,
) -> Vec<f32> {
    let into = |out: &mut [f32], from: &[f32]| {
        out.iter_mut().zip(from).for_each(|(out, &value)| *out = combine(*out, value));
    };
    let mut across = values.to_vec();
    for (out, row) in across.chunks_exact_mut(size).zip(values.chunks_exact(size)) {
        for shift in 1..=radius {
            into(&mut out[shift..], row);
            into(out, &row[shift..]);
        }
    }
    let mut both = across.clone();
    for shift in 1..=radius {
        into(&mut both[shift * size..], &across);
        into(&mut both, &across[shift * size..]);
    }
    both
}

/// The mean of each square of `radius` modules around a module.
fn smooth(values: &[f32], size: usize, radius: usize) -> Vec<f32> {
    let mut means = windows(values, size, radius, |a, b| a + b);
    let span = |at: usize| (at.min(radius) + (size - 1 - at).min(radius) + 1) as f32;
    for (y, row) in means.chunks_exact_mut(size).enumerate() {
        for (x, sum) in row.iter_mut().enumerate() {
            *sum /= span(x) * span(y);
        }
    }
    means
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_tones_apart_across_a_shadow() {
        let size = 21;
        // A checkerboard of which the right side is little lighter than the left side's dark modules.
        let samples: Vec<f32> = (0..size * size)
            .map(|index| {
                let (x, y) = (index % size, index / size);
                let light = 240.0 - 5.0 * x as f32;
                if (x + y) % 2 == 0 { light * 0.5 } else { light }
            })
            .collect();
        let modules = Modules::soften(&samples, size, Softening::PLAIN);
        for y in 0..size {
            for x in 0..size {
                assert_eq!(modules.at(x, y) > 0.0, (x + y) % 2 == 0, "{x} {y}");
            }
        }
    }

    #[test]
    fn flat_samples_are_undecided() {
        let modules = Modules::soften(&[128.0; 441], 21, Softening::PLAIN);
        assert_eq!(modules.at(10, 10), 0.0);
    }

    #[test]
    fn sharpening_restores_a_module_that_blur_greyed() {
        let size = 21;
        let mut samples = vec![200.0; size * size];
        for (x, y) in [(9, 10), (11, 10), (10, 9), (10, 11)] {
            samples[y * size + x] = 60.0;
        }
        samples[10 * size + 10] = 125.0;
        assert!(Modules::soften(&samples, size, Softening::PLAIN).at(10, 10) > 0.0);
        assert!(Modules::soften(&samples, size, Softening::SHARP).at(10, 10) < 0.0);
    }

    #[test]
    fn windows_reach_the_radius_and_end_at_the_edges() {
        let mut values = vec![1.0; 441];
        values[10 * 21 + 10] = 9.0;
        let high = windows(&values, 21, 4, f32::max);
        assert_eq!((high[6 * 21 + 14], high[5 * 21 + 14]), (9.0, 1.0));
        let mean = smooth(&values, 21, 4);
        assert_eq!(mean[0], 1.0);
        assert!((mean[10 * 21 + 10] - (1.0 + 8.0 / 81.0)).abs() < 1e-5);
    }

    #[test]
    fn transposes() {
        let mut values = vec![0.0; 441];
        values[3 * 21 + 5] = 1.0;
        assert_eq!(Modules::from_values(21, values).transposed().at(3, 5), 1.0);
    }
}
