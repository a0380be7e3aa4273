//! Two copies of the same thing, written in turn, so that one of them always opens.

use super::body::Damage;

/// Where a value is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StorageKey {
    /// One copy of the header.
    Header0,
    /// The other copy of the header.
    Header1,
    /// One copy of the body.
    Body0,
    /// The other copy of the body.
    Body1,
    /// An earlier body.
    Earlier(RingPlace),
}

impl StorageKey {
    /// The name in the browser's storage.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Header0 => "h0",
            Self::Header1 => "h1",
            Self::Body0 => "b0",
            Self::Body1 => "b1",
            Self::Earlier(place) => place.as_str(),
        }
    }
}

/// One of the places where earlier bodies are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RingPlace(u8);

impl RingPlace {
    /// How many there are.
    pub const COUNT: u8 = 8;
    const NAMES: [&'static str; Self::COUNT as usize] =
        ["r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7"];
    /// All places together take at most so much for large bodies, in bytes before base64: with the
    /// two copies of the body they stay inside the 10 MB that a browser gives an extension.
    const BUDGET_BYTES: usize = 3 * 1024 * 1024;

    /// Every place.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..Self::COUNT).map(Self)
    }

    /// Where the body of a revision goes: place n takes every revision that 2^n divides and
    /// 2^(n+1) does not. So there is always one of the last two, one of the last four, and so on,
    /// and nothing has to be read to know which is the oldest.
    pub(super) fn for_body(rev: u64, sealed_bytes: usize) -> Self {
        let fitting = u32::try_from(Self::BUDGET_BYTES / sealed_bytes.max(1)).unwrap_or(u32::MAX);
        let last = fitting.clamp(1, Self::COUNT.into()) - 1;
        Self(u8::try_from(rev.trailing_zeros().min(last)).unwrap_or(0))
    }

    fn as_str(self) -> &'static str {
        Self::NAMES.get(usize::from(self.0)).copied().unwrap_or("r0")
    }
}

/// One of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Zero,
    One,
}

impl Side {
    pub(super) fn header_key(self) -> StorageKey {
        match self {
            Self::Zero => StorageKey::Header0,
            Self::One => StorageKey::Header1,
        }
    }

    pub(super) fn body_key(self) -> StorageKey {
        match self {
            Self::Zero => StorageKey::Body0,
            Self::One => StorageKey::Body1,
        }
    }
}

/// What is known of one stored copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Copy {
    /// It holds what is in force.
    Current,
    /// It opens, and holds another revision: an earlier one, or a header that never came into
    /// force.
    Stale,
    /// It does not open, or a write to it has begun.
    Damaged(Damage),
}

/// What is known of the two stored copies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Copies(pub(super) [Copy; 2]);

impl Copies {
    /// Nothing is stored yet.
    pub(super) const ABSENT: Self = Self([Copy::Damaged(Damage::Absent); 2]);

    /// Where a new revision goes: never over the only copy of what is in force.
    pub(super) fn target(self) -> Side {
        if self.0[0] == Copy::Current { Side::One } else { Side::Zero }
    }

    /// A copy that does not hold what is in force.
    pub(super) fn outdated(self) -> Option<Side> {
        [Side::Zero, Side::One].into_iter().find(|&side| self.get(side) != Copy::Current)
    }

    /// Whether what is in force is stored at least once.
    pub(super) fn any_current(self) -> bool {
        self.0.contains(&Copy::Current)
    }

    /// From now on nobody knows what stands there.
    pub(super) fn write_begins(&mut self, side: Side) {
        self.set(side, Copy::Damaged(Damage::Unreadable));
    }

    /// What is in force was read back from there.
    pub(super) fn holds_current(&mut self, side: Side) {
        self.set(side, Copy::Current);
    }

    /// Something else that opens was read back from there.
    pub(super) fn holds_other(&mut self, side: Side) {
        self.set(side, Copy::Stale);
    }

    /// A new revision was read back from there: what the other one holds is earlier.
    pub(super) fn holds_next(&mut self, side: Side) {
        for copy in &mut self.0 {
            if *copy == Copy::Current {
                *copy = Copy::Stale;
            }
        }
        self.set(side, Copy::Current);
    }

    pub(super) fn damage(self) -> [Option<Damage>; 2] {
        self.0.map(|copy| match copy {
            Copy::Damaged(damage) => Some(damage),
            Copy::Current | Copy::Stale => None,
        })
    }

    fn get(self, side: Side) -> Copy {
        let [zero, one] = self.0;
        match side {
            Side::Zero => zero,
            Side::One => one,
        }
    }

    fn set(&mut self, side: Side, copy: Copy) {
        let [zero, one] = &mut self.0;
        match side {
            Side::Zero => *zero = copy,
            Side::One => *one = copy,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_targets_the_only_current_copy() {
        let states = [Copy::Current, Copy::Stale, Copy::Damaged(Damage::Unreadable)];
        for zero in states {
            for one in states {
                let copies = Copies([zero, one]);
                let other = match copies.target() {
                    Side::Zero => one,
                    Side::One => zero,
                };
                assert!(!copies.any_current() || other == Copy::Current);
            }
        }
    }

    #[test]
    fn earlier_bodies_thin_out_as_they_age() {
        let mut places = [0; 8];
        for rev in 1..=1000 {
            places[usize::from(RingPlace::for_body(rev, 5000).0)] = rev;
        }
        assert_eq!(places, [999, 998, 996, 1000, 976, 992, 960, 896]);
    }

    #[test]
    fn large_bodies_take_fewer_places() {
        let last = |bytes| (1..=256).map(|rev| RingPlace::for_body(rev, bytes).0).max();
        assert_eq!(last(2 * 1024 * 1024 + 79), Some(0));
        assert_eq!(last(1024 * 1024 + 79), Some(1));
        assert_eq!(last(256 * 1024 + 79), Some(7));
    }

    #[test]
    fn a_failed_write_is_repeated_in_the_same_place() {
        let mut copies = Copies([Copy::Current, Copy::Current]);
        let target = copies.target();
        copies.write_begins(target);
        assert_eq!(copies.target(), target);
        assert_eq!(copies.outdated(), Some(target));
    }
}
