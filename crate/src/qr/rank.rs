//! Ordering by score: one sort for every stage, as each instance of the standard sort costs code size.

/// An index into someone's list, with the score to order by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ranked {
    pub(super) score: f32,
    pub(super) index: usize,
}

impl From<(f32, usize)> for Ranked {
    fn from((score, index): (f32, usize)) -> Self {
        Self { score, index }
    }
}

/// Sorts by ascending score.
pub(super) fn sort(list: &mut [Ranked]) {
    list.sort_unstable_by(|a, b| a.score.total_cmp(&b.score).then(a.index.cmp(&b.index)));
}

/// The upper median of `values`, or `None` if there are none.
pub(super) fn median(values: impl Iterator<Item = f32>) -> Option<f32> {
    let mut list: Vec<Ranked> = values.zip(0..).map(Ranked::from).collect();
    sort(&mut list);
    list.get(list.len() / 2).map(|ranked| ranked.score)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_by_score_then_index() {
        let mut list: Vec<Ranked> =
            [(2.0, 0), (1.0, 2), (1.0, 1), (f32::NAN, 3)].map(Ranked::from).to_vec();
        sort(&mut list);
        let order: Vec<usize> = list.iter().map(|ranked| ranked.index).collect();
        assert_eq!(order, [1, 2, 0, 3]);
    }

    #[test]
    fn takes_the_upper_median() {
        assert_eq!(median([3.0, 1.0, 2.0, 4.0].into_iter()), Some(3.0));
        assert_eq!(median(std::iter::empty()), None);
    }
}
