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
}

impl StorageKey {
    /// The name in the browser's storage.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Header0 => "h0",
            Self::Header1 => "h1",
            Self::Body0 => "b0",
            Self::Body1 => "b1",
        }
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
    fn a_failed_write_is_repeated_in_the_same_place() {
        let mut copies = Copies([Copy::Current, Copy::Current]);
        let target = copies.target();
        copies.write_begins(target);
        assert_eq!(copies.target(), target);
        assert_eq!(copies.outdated(), Some(target));
    }
}
