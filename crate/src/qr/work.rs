//! The budget: a count of work, as the core has no clock.

/// Work that may still be done, in samples of the picture.
#[derive(Clone, Debug)]
pub(super) struct Work {
    left: u64,
}

impl Work {
    pub(super) fn limited(samples: u64) -> Self {
        Self { left: samples }
    }

    pub(super) fn unlimited() -> Self {
        Self::limited(u64::MAX)
    }

    /// Takes `samples` off the budget; `false` if it is spent.
    pub(super) fn spend(&mut self, samples: u64) -> bool {
        self.left = self.left.saturating_sub(samples);
        self.left > 0
    }

    /// Leaves at most `samples`.
    pub(super) fn limit(&mut self, samples: u64) {
        self.left = self.left.min(samples);
    }

    pub(super) fn is_spent(&self) -> bool {
        self.left == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spends_to_the_end_and_not_beyond() {
        let mut work = Work::limited(10);
        assert!(work.spend(9));
        assert!(!work.spend(5));
        assert!(work.is_spent());
    }

    #[test]
    fn a_limit_takes_away_and_never_gives() {
        let mut work = Work::limited(10);
        work.limit(20);
        assert!(!work.spend(10));
        work.limit(5);
        assert!(work.is_spent());
    }
}
