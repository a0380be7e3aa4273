//! TOTP: a code from a time (RFC 6238).

use thiserror::Error;

use crate::hotp::{Algorithm, Code, Counter, Digits, hotp};
use crate::secret::SharedSecret;

/// The time step X in seconds: 1 to 86,400, 30 unless said otherwise (RFC 6238 §4.1, §5.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period(u32);

/// A period of 0 or of more than a day.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("a period is 1 to {} seconds", Period::MAX_SECONDS)]
pub struct PeriodError;

impl Period {
    /// The longest period, one day.
    pub const MAX_SECONDS: u32 = 86_400;

    /// # Errors
    /// [`PeriodError`] outside 1 to 86,400.
    pub fn new(seconds: u32) -> Result<Self, PeriodError> {
        if (1..=Self::MAX_SECONDS).contains(&seconds) {
            Ok(Self(seconds))
        } else {
            Err(PeriodError)
        }
    }

    /// The period in seconds, 1 to 86,400.
    pub fn seconds(self) -> u32 {
        self.0
    }

    /// T = (Unix time − T0) / X, rounded down (RFC 6238 §4.2). A time before T0 counts as T0.
    pub fn counter_at(self, unix_seconds: u64, t0: u64) -> Counter {
        Counter(unix_seconds.saturating_sub(t0) / u64::from(self.0))
    }
}

impl Default for Period {
    fn default() -> Self {
        Self(30)
    }
}

/// Everything that makes a time-based code except the time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totp {
    /// The key K.
    pub secret: SharedSecret,
    /// The hash under HMAC.
    pub algorithm: Algorithm,
    /// The number of digits.
    pub digits: Digits,
    /// The time step X.
    pub period: Period,
    /// T0, the Unix time in seconds at which counting starts; 0 unless said otherwise.
    pub t0: u64,
}

impl Totp {
    /// A device as AWS makes them: SHA-1, six digits, 30 seconds, T0 = 0.
    pub fn new(secret: SharedSecret) -> Self {
        Self {
            secret,
            algorithm: Algorithm::default(),
            digits: Digits::default(),
            period: Period::default(),
            t0: 0,
        }
    }

    /// The time step that a Unix time falls into: see [`Period::counter_at`].
    pub fn counter_at(&self, unix_seconds: u64) -> Counter {
        self.period.counter_at(unix_seconds, self.t0)
    }

    /// The code at a Unix time in seconds.
    pub fn code_at(&self, unix_seconds: u64) -> Code {
        self.code_for(self.counter_at(unix_seconds))
    }

    /// The code of one time step.
    pub fn code_for(&self, counter: Counter) -> Code {
        hotp(&self.secret, self.algorithm, counter, self.digits)
    }

    /// How long the code at this time still lives, in seconds: 1 to the period.
    pub fn remaining_seconds(&self, unix_seconds: u64) -> u32 {
        let into_step = unix_seconds.saturating_sub(self.t0) % u64::from(self.period.0);
        self.period.0 - u32::try_from(into_step).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn totp() -> Totp {
        Totp::new(SharedSecret::from_bytes(b"12345678901234567890".to_vec()).unwrap())
    }

    #[test]
    fn takes_a_period_of_one_second_to_one_day() {
        assert_eq!(Period::new(0), Err(PeriodError));
        assert_eq!(Period::new(1).unwrap().seconds(), 1);
        assert_eq!(Period::new(86_400).unwrap().seconds(), 86_400);
        assert_eq!(Period::new(86_401), Err(PeriodError));
    }

    #[test]
    fn counts_the_seconds_left_in_a_step() {
        let left: Vec<u32> = [0, 1, 29, 30].map(|t| totp().remaining_seconds(t)).into();
        assert_eq!(left, [30, 29, 1, 30]);
    }

    #[test]
    fn starts_counting_at_t0() {
        let later = Totp { t0: 1000, ..totp() };
        assert_eq!(later.counter_at(1000 + 59), totp().counter_at(59));
        assert_eq!(later.counter_at(5), Counter(0));
    }
}
