//! The text form of a shared secret.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "support/vectors.rs"]
mod vectors;

use doorcode::secret::{SecretError, SharedSecret};
use proptest::prelude::*;
use vectors::{text, vectors};

#[test]
fn reads_and_writes_the_texts_of_rfc_4648() {
    for (name, vector) in vectors("base32", "rfc4648") {
        for case in vector["texts"].as_array().unwrap() {
            let padded = text(case, "base32");
            let secret = SharedSecret::from_base32(padded).unwrap();
            assert_eq!(secret.expose(), text(case, "bytes").as_bytes(), "{name}: {padded}");
            assert_eq!(secret.to_base32().as_str(), padded.trim_end_matches('='), "{name}");
        }
    }
}

#[test]
fn reads_base32_as_people_write_it() {
    for (name, vector) in vectors("base32", "accepts") {
        let secret = SharedSecret::from_base32(text(&vector, "base32"));
        let secret = secret.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(secret.expose(), text(&vector, "bytes").as_bytes(), "{name}");
    }
}

#[test]
fn refuses_what_is_not_base32_and_says_where() {
    for (name, vector) in vectors("base32", "rejects") {
        let expected = match text(&vector, "error") {
            "Empty" => SecretError::Empty,
            "TooLong" => SecretError::TooLong,
            "WrongLength" => SecretError::WrongLength,
            "NotBase32" => SecretError::NotBase32 {
                position: vector["position"].as_u64().unwrap().try_into().unwrap(),
            },
            other => panic!("{name}: no error {other}"),
        };
        let error = SharedSecret::from_base32(text(&vector, "base32")).unwrap_err();
        assert_eq!(error, expected, "{name}");
    }
}

proptest! {
    #[test]
    fn reads_back_what_it_wrote(bytes in prop::collection::vec(any::<u8>(), 1..=1024)) {
        let secret = SharedSecret::from_bytes(bytes).unwrap();
        prop_assert_eq!(SharedSecret::from_base32(&secret.to_base32()).unwrap(), secret);
    }

    #[test]
    fn never_panics_on_any_text(text in any::<String>()) {
        let _ = SharedSecret::from_base32(&text);
    }
}
