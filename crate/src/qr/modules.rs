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
        let low = smooth(&extremes(samples, size, radius, f32::min), size, radius);
        let high = smooth(&extremes(samples, size, radius, f32::max), size, radius);
        let tone = |((&luma, &low), &high): ((&f32, &f32), &f32)| {
            let middle = (low + high) * 0.5;
            ((middle - luma) / (high - low).max(MIN_RANGE) * 2.0).clamp(-1.0, 1.0)
        };
        let values = samples.iter().zip(&low).zip(&high).map(tone).collect();
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

/// The extreme of each square of `radius` modules around a module, in rows and then in columns.
fn extremes(values: &[f32], size: usize, radius: usize, pick: fn(f32, f32) -> f32) -> Vec<f32> {
    separable(values, size, radius, |window| window.reduce(pick).unwrap_or_default())
}

/// The mean of each square of `radius` modules around a module.
fn smooth(values: &[f32], size: usize, radius: usize) -> Vec<f32> {
    separable(values, size, radius, |window| {
        let (sum, count) =
            window.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
        sum / count
    })
}

/// Applies `combine` to the windows along rows, then along columns, by transposing twice.
fn separable(
    values: &[f32],
    size: usize,
    radius: usize,
    combine: impl Fn(&mut dyn Iterator<Item = f32>) -> f32,
) -> Vec<f32> {
    let mut current = values.to_vec();
    for _ in 0..2 {
        let mut next = vec![0.0; current.len()];
        for (y, row) in current.chunks_exact(size).enumerate() {
            for x in 0..size {
                let window = &row[x.saturating_sub(radius)..(x + radius + 1).min(size)];
                next[x * size + y] = combine(&mut window.iter().copied());
            }
        }
        current = next;
    }
    current
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
    fn transposes() {
        let mut values = vec![0.0; 441];
        values[3 * 21 + 5] = 1.0;
        assert_eq!(Modules::from_values(21, values).transposed().at(3, 5), 1.0);
    }
}
