//! Every fixture in `tests/import/`, which other code wrote, gives what stands beside it.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests may panic, and fixtures have the shape they have"
)]

use std::path::{Path, PathBuf};

use doorcode::aws::identity::Partition;
use doorcode::entry::UnixTime;
use doorcode::import::{self, ImportError, NoteWords, Report};
use serde_json::Value;

#[path = "import/limits.rs"]
mod limits;
#[path = "import/mutations.rs"]
mod mutations;
// Fixtures say what is expected in the form that the example prints.
#[path = "../examples/import/report.rs"]
mod report;

/// One file and what is expected of it.
struct Fixture {
    name: String,
    bytes: Vec<u8>,
    expected: Value,
}

impl Fixture {
    fn passphrase(&self) -> Option<&[u8]> {
        self.expected["passphrase"].as_str().map(str::as_bytes)
    }

    fn read(&self) -> Result<Report, ImportError> {
        import::read(&self.bytes, self.passphrase())
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/import/fixtures")
}

/// All fixtures, sorted by name.
fn fixtures() -> Vec<Fixture> {
    let mut fixtures: Vec<Fixture> = std::fs::read_dir(folder())
        .unwrap()
        .filter_map(|file| file.unwrap().file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".expected.json").map(str::to_owned))
        .map(|name| {
            let expected = std::fs::read(folder().join(format!("{name}.expected.json"))).unwrap();
            Fixture {
                bytes: std::fs::read(folder().join(&name)).unwrap(),
                expected: serde_json::from_slice(&expected).unwrap(),
                name,
            }
        })
        .collect();
    fixtures.sort_by(|left, right| left.name.cmp(&right.name));
    assert!(fixtures.len() > 100, "only {} fixtures", fixtures.len());
    fixtures
}

#[test]
fn reads_every_fixture_of_every_format() {
    let mut failures = Vec::new();
    for fixture in fixtures().iter().filter(|it| !it.name.starts_with("rejects-")) {
        match fixture.read() {
            Ok(report) if report::view(&report) == fixture.expected["report"] => {}
            Ok(report) => failures.push(format!("{}: {:#}", fixture.name, report::view(&report))),
            Err(error) => failures.push(format!("{}: {error:?}", fixture.name)),
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn rejects_every_file_for_the_reason_it_is_named_after() {
    let mut failures = Vec::new();
    for fixture in fixtures().iter().filter(|it| it.name.starts_with("rejects-")) {
        let found = fixture.read().map_or_else(
            |error| {
                let shown = format!("{error:?}");
                shown
                    .strip_suffix(" }")
                    .and_then(|it| it.split_once(" { format"))
                    .map_or(shown.clone(), |(kind, _)| kind.to_owned())
            },
            |report| format!("{:#}", report::view(&report)),
        );
        if found != fixture.expected["error"].as_str().unwrap() {
            failures.push(format!("{}: {found}", fixture.name));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn asks_for_the_passphrase_of_every_encrypted_file() {
    for fixture in fixtures().iter().filter(|it| it.name.contains("-encrypted")) {
        let error = import::read(&fixture.bytes, None).unwrap_err();
        assert!(
            matches!(error, ImportError::PassphraseNeeded { .. }),
            "{}: {error:?}",
            fixture.name
        );
    }
}

#[test]
fn no_reason_shows_any_of_a_secret() {
    for fixture in fixtures() {
        let Ok(report) = fixture.read() else { continue };
        for refused in &report.refused {
            let shown = format!("{} {} {refused:?}", refused.entry, refused.reason);
            for secret in ["GEZD", "8NBV"] {
                assert!(!shown.contains(secret), "{} shows {secret}", fixture.name);
            }
        }
        assert!(!format!("{report:?}").contains("alice"), "{}", fixture.name);
    }
}

#[test]
fn writes_notes_in_the_words_it_is_given() {
    let words = NoteWords {
        group: "Gruppe – {}",
        unnamed: "Eintrag {}",
        archived: "Archiviert",
        tags: "{} (Schlagwort)",
        ..NoteWords::ENGLISH
    };
    let read = |file: &[u8]| import::read_with_words(file, None, &words).unwrap().entries;
    let aegis = br#"{ "version": 1, "header": {}, "db": { "version": 2, "entries": [
        { "type": "totp", "name": "", "issuer": "", "note": "my {} note", "group": "Work {}",
          "info": { "secret": "GEZDGNBVGY3TQOJQ" } }] } }"#;
    let entries = read(aegis);
    assert_eq!(entries[0].note, "my {} note\nGruppe – Work {}");
    assert_eq!(entries[0].key.account_name, "Eintrag 1");
    let archive = std::fs::read(folder().join("1password.1pux")).unwrap();
    let notes: Vec<String> = read(&archive).into_iter().map(|entry| entry.note).collect();
    assert_eq!(notes[0], "Work, Cloud (Schlagwort)");
    assert!(notes.contains(&"Archiviert".to_owned()), "{notes:?}");
}

#[test]
fn gives_aws_entries_their_partition_account_and_user() {
    let file = br#"{ "encrypted": false, "items": [{
        "name": "AWS", "login": {
            "uris": [{ "uri": "https://123456789012.signin.amazonaws-us-gov.com/console" }],
            "totp": "otpauth://totp/Amazon%20Web%20Services:alice@123456789012?secret=GEZDGNBVGY3TQOJQ"
        } }] }"#;
    let report = import::read(file, None).unwrap();
    let entry = report.entries.into_iter().next().unwrap().into_entry(UnixTime::default());
    assert_eq!(entry.aws.partition, Some(Partition::GovCloud));
    assert_eq!(entry.aws.account_id.unwrap().as_str(), "123456789012");
    assert_eq!(entry.aws.device_name.unwrap().as_str(), "alice");
}

#[test]
fn leaves_the_partition_open_where_the_file_does_not_tell_it() {
    let uri = "otpauth://totp/Amazon%20Web%20Services:alice@123456789012?secret=GEZDGNBVGY3TQOJQ";
    let disagreeing = format!(
        "title,url,username,password,notes,otpauth\nAWS,https://console.amazonaws.cn,a,b,arn:aws:iam::1,{uri}\n"
    );
    let of_another_issuer = disagreeing
        .replace("https://console.amazonaws.cn", "https://example.com")
        .replace("Amazon%20Web%20Services", "Example");
    for file in [uri, &disagreeing, &of_another_issuer] {
        let report = import::read(file.as_bytes(), None).unwrap();
        assert_eq!(report.entries[0].partition, None, "{file}");
    }
}
