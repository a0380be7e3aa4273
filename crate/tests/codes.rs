//! HOTP and TOTP against the vectors of their RFCs and an independent implementation.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "support/vectors.rs"]
mod vectors;

use doorcode::hotp::{Algorithm, Counter, Digits, hotp};
use doorcode::secret::SharedSecret;
use doorcode::totp::{Period, Totp};
use proptest::prelude::*;
use vectors::{text, vectors};

fn algorithm(name: &str) -> Algorithm {
    match name {
        "SHA1" => Algorithm::Sha1,
        "SHA256" => Algorithm::Sha256,
        "SHA512" => Algorithm::Sha512,
        other => panic!("no algorithm {other}"),
    }
}

#[test]
fn makes_the_hotp_codes_of_rfc_4226() {
    for (name, vector) in vectors("hotp", "rfc4226") {
        let secret = SharedSecret::from_bytes(text(&vector, "secretAscii").into()).unwrap();
        for (counter, code) in (0..).zip(vector["codes"].as_array().unwrap()) {
            let made = hotp(&secret, Algorithm::Sha1, Counter(counter), Digits::SIX);
            assert_eq!(made.to_string(), code.as_str().unwrap(), "{name}, counter {counter}");
        }
    }
}

#[test]
fn makes_the_totp_codes_of_rfc_6238() {
    let cases = vectors("totp", "rfc6238");
    assert_eq!(cases.len(), 3, "one file for each hash");
    for (name, vector) in cases {
        let secret = SharedSecret::from_bytes(text(&vector, "secretAscii").into()).unwrap();
        let totp = Totp {
            algorithm: algorithm(text(&vector, "algorithm")),
            digits: Digits::EIGHT,
            ..Totp::new(secret)
        };
        for case in vector["codes"].as_array().unwrap() {
            let unix_seconds = case["unixSeconds"].as_u64().unwrap();
            let made = totp.code_at(unix_seconds).to_string();
            assert_eq!(made, text(case, "code"), "{name} at {unix_seconds}");
        }
    }
}

fn any_algorithm() -> impl Strategy<Value = Algorithm> {
    prop_oneof![Just(Algorithm::Sha1), Just(Algorithm::Sha256), Just(Algorithm::Sha512)]
}

proptest! {
    #[test]
    fn agrees_with_an_independent_implementation(
        secret in prop::collection::vec(any::<u8>(), 1..200),
        algorithm in any_algorithm(),
        digits in 6_u8..=8,
        period in 1_u32..=86_400,
        unix_seconds in 0_u64..1 << 40,
    ) {
        let judge_algorithm = match algorithm {
            Algorithm::Sha1 => totp_rs::Algorithm::SHA1,
            Algorithm::Sha256 => totp_rs::Algorithm::SHA256,
            Algorithm::Sha512 => totp_rs::Algorithm::SHA512,
        };
        let judge = totp_rs::Builder::new()
            .with_algorithm(judge_algorithm)
            .with_digits(digits)
            .with_step_duration(u64::from(period))
            .with_secret(secret.as_slice())
            .build_noncompliant();
        let totp = Totp {
            algorithm,
            digits: Digits::new(digits).unwrap(),
            period: Period::new(period).unwrap(),
            ..Totp::new(SharedSecret::from_bytes(secret).unwrap())
        };
        prop_assert_eq!(totp.code_at(unix_seconds).to_string(), judge.generate(unix_seconds).to_string());
    }

    #[test]
    fn a_code_holds_for_its_whole_step_and_no_longer(
        period in 1_u32..=86_400, t0 in 0_u64..1 << 32, since in 0_u64..1 << 40,
    ) {
        let secret = SharedSecret::from_bytes(b"12345678901234567890".to_vec()).unwrap();
        let totp = Totp { period: Period::new(period).unwrap(), t0, ..Totp::new(secret) };
        let now = t0 + since;
        let remaining = u64::from(totp.remaining_seconds(now));
        prop_assert!((1..=u64::from(period)).contains(&remaining));
        prop_assert_eq!(totp.counter_at(now + remaining - 1), totp.counter_at(now));
        prop_assert_eq!(totp.counter_at(now + remaining).0, totp.counter_at(now).0 + 1);
    }
}
