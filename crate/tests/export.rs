//! Each export is read back as it was, and says what it cannot express.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use doorcode::entry::{Entry, UnixTime};
use doorcode::export::{
    AEGIS_RANDOM_BYTES, ExportError, LeftOut, aegis_encrypted, aegis_plain, migration, otpauth_list,
};
use doorcode::hotp::{Algorithm, Counter, Digits};
use doorcode::import::{self, ImportError};
use doorcode::otpauth::{KeyUri, MovingFactor};
use doorcode::secret::SharedSecret;
use doorcode::totp::Period;
use proptest::prelude::*;

const RANDOM: [u8; AEGIS_RANDOM_BYTES] = [7; AEGIS_RANDOM_BYTES];

fn entry(uri: &str) -> Entry {
    Entry::new(KeyUri::parse(uri).unwrap(), UnixTime(0))
}

fn samples() -> Vec<Entry> {
    let mut samples: Vec<Entry> = [
        "otpauth://totp/Amazon%20Web%20Services:alice@123456789012?secret=GEZDGNBVGY3TQOJQ",
        "otpauth://totp/%3Aa%3Ab?secret=MFRGGZDFMZTWQ2LK&algorithm=SHA512&digits=8",
        "otpauth://hotp/K%C3%A4se:bob?secret=MFRGGZDFMZTWQ2LK&counter=9",
        "otpauth://totp/Slow:carol?secret=MFRGGZDFMZTWQ2LK&period=60",
        "otpauth://totp/Seven:dora?secret=MFRGGZDFMZTWQ2LK&digits=7",
    ]
    .map(entry)
    .into();
    samples[0].note = "a \"note\"\nof two lines".into();
    samples[0].pinned = true;
    samples
}

#[test]
fn the_encrypted_vault_opens_with_its_passphrase_alone_and_keeps_notes() {
    let samples = samples();
    let entries: Vec<&Entry> = samples.iter().collect();
    let export = aegis_encrypted(&entries, b"a passphrase", &RANDOM).unwrap();
    let wrong = import::read(&export, Some(b"another")).unwrap_err();
    assert_eq!(wrong, ImportError::WrongPassphrase);
    let report = import::read(&export, Some(b"a passphrase")).unwrap();
    assert_eq!(report.format, "aegis-encrypted");
    let read: Vec<Entry> =
        report.entries.into_iter().map(|imported| imported.into_entry(UnixTime(0))).collect();
    assert!(read == samples);
    for secret in ["GEZDGNBV", "alice", "note"] {
        assert!(!String::from_utf8_lossy(&export).contains(secret), "shows {secret}");
    }
}

#[test]
fn refuses_to_encrypt_without_a_passphrase() {
    assert_eq!(aegis_encrypted(&[], b"", &RANDOM).unwrap_err(), ExportError::NoPassphrase);
}

#[test]
fn leaves_out_of_a_migration_what_the_format_cannot_express() {
    let samples = samples();
    let entries: Vec<&Entry> = samples.iter().collect();
    let migration = migration(&entries, -5).unwrap();
    assert_eq!(migration.left_out, [LeftOut { index: 3 }, LeftOut { index: 4 }]);
    assert_eq!(migration.parts.len(), 1);
}

#[test]
fn makes_migration_parts_of_ten_entries_of_which_a_missing_one_is_noticed() {
    let samples: Vec<Entry> = (0..25)
        .map(|number| entry(&format!("otpauth://totp/A:{number}?secret=MFRGGZDFMZTWQ2LK")))
        .collect();
    let entries: Vec<&Entry> = samples.iter().collect();
    let parts = migration(&entries, 1).unwrap().parts;
    assert_eq!(parts.len(), 3);
    let report = import::read(format!("{}\n{}", *parts[2], *parts[0]).as_bytes(), None).unwrap();
    assert_eq!(report.entries.len(), 15);
    assert_eq!(report.refused[0].entry, "Part 2 of 3");
}

fn any_entry() -> impl Strategy<Value = Entry> {
    let factor = prop_oneof![
        Just(MovingFactor::Time(Period::default())),
        (1_u32..=86_400).prop_map(|seconds| MovingFactor::Time(Period::new(seconds).unwrap())),
        any::<u32>().prop_map(|counter| MovingFactor::Counter(Counter(counter.into()))),
    ];
    let algorithm =
        prop_oneof![Just(Algorithm::Sha1), Just(Algorithm::Sha256), Just(Algorithm::Sha512)];
    let secret = prop::collection::vec(any::<u8>(), 1..80);
    let name = "[ -~äß日]{0,20}[a-m]";
    (factor, secret, prop::option::of(name), name, algorithm, 6_u8..=8).prop_map(
        |(factor, secret, issuer, account_name, algorithm, digits)| {
            let key = KeyUri {
                factor,
                secret: SharedSecret::from_bytes(secret).unwrap(),
                issuer,
                account_name,
                algorithm,
                digits: Digits::new(digits).unwrap(),
            };
            Entry::new(key, UnixTime(0))
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_export_reads_back_whatever_the_entries(
        samples in prop::collection::vec(any_entry(), 0..12)
    ) {
        let entries: Vec<&Entry> = samples.iter().collect();
        prop_assert!(otpauth_list(&entries).is_ok());
        prop_assert!(aegis_plain(&entries, &RANDOM).is_ok());
        prop_assert!(migration(&entries, 3).is_ok());
    }
}
