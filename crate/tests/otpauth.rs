//! The key URI format, both ways.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "support/vectors.rs"]
mod vectors;

use doorcode::hotp::{Algorithm, Counter, Digits};
use doorcode::otpauth::{KeyUri, MovingFactor};
use doorcode::secret::SharedSecret;
use doorcode::totp::Period;
use proptest::prelude::*;
use vectors::{text, vectors};

#[test]
fn reads_the_uris_that_issuers_write() {
    for (name, vector) in vectors("otpauth", "accepts") {
        let uri = KeyUri::parse(text(&vector, "uri"));
        let uri = uri.unwrap_or_else(|error| panic!("{name}: {error}"));
        let expected = &vector["expected"];
        assert_eq!(uri.secret.to_base32().as_str(), text(expected, "secret"), "{name}");
        assert_eq!(uri.issuer.as_deref(), expected["issuer"].as_str(), "{name}");
        assert_eq!(uri.account_name, text(expected, "accountName"), "{name}");
        let algorithm = match uri.algorithm {
            Algorithm::Sha1 => "SHA1",
            Algorithm::Sha256 => "SHA256",
            Algorithm::Sha512 => "SHA512",
        };
        assert_eq!(algorithm, text(expected, "algorithm"), "{name}");
        assert_eq!(Some(u64::from(uri.digits.count())), expected["digits"].as_u64(), "{name}");
        let (kind, period, counter) = match uri.factor {
            MovingFactor::Time(period) => ("totp", Some(u64::from(period.seconds())), None),
            MovingFactor::Counter(counter) => ("hotp", None, Some(counter.0)),
        };
        assert_eq!(kind, text(expected, "kind"), "{name}");
        assert_eq!(period, expected["periodSeconds"].as_u64(), "{name}");
        assert_eq!(counter, expected["counter"].as_u64(), "{name}");
        assert_eq!(KeyUri::parse(&uri.to_uri()), Ok(uri), "{name}, written and read again");
    }
}

#[test]
fn refuses_a_bad_uri_with_its_reason() {
    for (name, vector) in vectors("otpauth", "rejects") {
        let error = KeyUri::parse(text(&vector, "uri")).unwrap_err();
        assert_eq!(format!("{error:?}"), text(&vector, "error"), "{name}");
    }
}

#[test]
fn no_error_shows_any_of_the_uri() {
    for (name, vector) in vectors("otpauth", "rejects") {
        let uri = text(&vector, "uri");
        let error = KeyUri::parse(uri).unwrap_err();
        let shown = format!("{error} {error:?}");
        for secret in ["alice", "GEZD", "AAAA", "MD5"] {
            assert!(!shown.contains(secret), "{name} shows {secret}");
        }
    }
}

#[test]
fn leaves_out_parameters_at_their_default_as_aws_does() {
    let uri = "otpauth://totp/Amazon%20Web%20Services:alice@123456789012\
        ?secret=GEZDGNBVGY3TQOJQ&issuer=Amazon%20Web%20Services";
    assert_eq!(KeyUri::parse(uri).unwrap().to_uri().as_str(), uri);
}

fn any_name() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zA-Z0-9 :@#%+&=/?.-]{0,40}", any::<String>()]
        .prop_map(|name| name.trim().chars().take(60).collect::<String>().trim().to_owned())
}

fn any_uri() -> impl Strategy<Value = KeyUri> {
    let factor = prop_oneof![
        (1_u32..=86_400).prop_map(|seconds| MovingFactor::Time(Period::new(seconds).unwrap())),
        any::<u64>().prop_map(|counter| MovingFactor::Counter(Counter(counter))),
    ];
    let algorithm =
        prop_oneof![Just(Algorithm::Sha1), Just(Algorithm::Sha256), Just(Algorithm::Sha512)];
    let secret = prop::collection::vec(any::<u8>(), 1..100);
    (factor, secret, any_name(), any_name(), algorithm, 6_u8..=8).prop_filter_map(
        "a URI needs an issuer or an account name, and `null` means absent",
        |(factor, secret, issuer, account_name, algorithm, digits)| {
            let named = !(issuer.is_empty() && account_name.is_empty()) && issuer != "null";
            named.then(|| KeyUri {
                factor,
                secret: SharedSecret::from_bytes(secret).unwrap(),
                issuer: (!issuer.is_empty()).then_some(issuer),
                account_name,
                algorithm,
                digits: Digits::new(digits).unwrap(),
            })
        },
    )
}

proptest! {
    #[test]
    fn reads_back_what_it_wrote(uri in any_uri()) {
        prop_assert_eq!(KeyUri::parse(&uri.to_uri()), Ok(uri));
    }

    #[test]
    fn never_panics_on_any_text(text in "(otpauth://totp/)?\\PC{0,60}(\\?secret=\\PC{0,60})?") {
        let _ = KeyUri::parse(&text);
    }
}
