//! The vector kit: what is stored, what unlocks it, and what has to come out. `SOURCES.md` beside
//! the files says how they are made; `tests/vault/` has a second reader for them.

use std::fs;
use std::path::PathBuf;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use doorcode::aws::identity::{AwsIdentity, DirectoryId, Partition, UserName};
use doorcode::entry::{Entry, UnixTime};
use doorcode::hotp::{Algorithm, Counter, Digits};
use doorcode::otpauth::MovingFactor;
use doorcode::totp::Period;
use doorcode::vault::backup::{self, Backup};
use doorcode::vault::unlock::{self, NewVault, UnlockSecret, Unlocked};
use doorcode::vault::{
    KdfParams, Passphrase, RecoveryCode, Replica, Restored, StorageKey, Vault, VaultError,
};
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

use super::backup::file;
use super::resealing::{
    UNKNOWN_PAIRS, record, records, replace_records, stored_with_one_entry, with_unknown_pairs,
};
use super::support::{
    KEYS, NOW, PASSPHRASE, Random, Storage, entry, fixture, passphrase, stretched, with_passphrase,
};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/vault")
}

fn kind_of(error: VaultError) -> &'static str {
    match error {
        VaultError::BodyUnreadable => "bodyUnreadable",
        VaultError::WrongPassphraseOrTampered => "wrongPassphraseOrTampered",
        VaultError::HeaderTampered => "headerTampered",
        VaultError::HeaderMalformed => "headerMalformed",
        VaultError::KdfParamsOutOfRange { .. } => "kdfParamsOutOfRange",
        VaultError::UnsupportedFormat { .. } => "unsupportedFormat",
        VaultError::NotABackup => "notABackup",
        VaultError::BackupDamaged => "backupDamaged",
        other => panic!("no vector has {other:?}"),
    }
}

fn hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(bytes)
}

/// An entry as the vectors have it: what is not there is left out.
fn entry_json(entry: &Entry) -> Value {
    let aws = &entry.aws;
    let (period, counter) = match entry.key.factor {
        MovingFactor::Time(period) => (Some(period.seconds()), None),
        MovingFactor::Counter(counter) => (None, Some(counter.0)),
    };
    let fields = [
        ("secret", Some(json!(hex(entry.key.secret.expose())))),
        ("algorithm", Some(json!(format!("{:?}", entry.key.algorithm).to_uppercase()))),
        ("digits", Some(json!(entry.key.digits.count()))),
        ("periodSeconds", period.map(|period| json!(period))),
        ("counter", counter.map(|counter| json!(counter))),
        ("issuer", entry.key.issuer.as_ref().map(|issuer| json!(issuer))),
        ("accountName", Some(json!(entry.key.account_name))),
        ("note", (!entry.note.is_empty()).then(|| json!(entry.note))),
        ("pending", entry.pending.then_some(json!(true))),
        ("pinned", entry.pinned.then_some(json!(true))),
        ("colour", entry.colour.map(|colour| json!(colour))),
        ("order", entry.order.as_ref().map(|order| json!(order))),
        ("created", Some(json!(entry.created.0))),
        ("deleted", entry.deleted.map(|time| json!(time.0))),
        ("partition", aws.partition.map(|partition| json!(partition.as_str()))),
        ("accountId", aws.account_id.as_ref().map(|id| json!(id.as_str()))),
        ("accountAlias", aws.account_alias.as_ref().map(|alias| json!(alias.as_str()))),
        ("principal", aws.principal.map(|principal| json!(format!("{principal:?}")))),
        ("userName", aws.user_name.as_ref().map(|name| json!(name.as_str()))),
        ("deviceName", aws.device_name.as_ref().map(|name| json!(name.as_str()))),
        ("directoryId", aws.directory_id.as_ref().map(|id| json!(id.as_str()))),
    ];
    let present = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(present.collect::<Map<String, Value>>())
}

fn open(stored: &Storage, secret: &UnlockSecret) -> Result<Value, VaultError> {
    let values = stored.values();
    let unlocked = unlock::unlock(values.headers, secret)?;
    let (vault, report) = Vault::open(&unlocked.key, &values, Replica([0; 6]))?;
    let mut entries = Map::new();
    for (id, entry) in vault.entries() {
        entries.insert(hex(id.as_bytes()), entry_json(entry));
    }
    Ok(json!({ "entries": entries, "unreadableEntries": report.unreadable_entries }))
}

fn outcome(stored: &Storage, secret: &UnlockSecret) -> Value {
    open(stored, secret).unwrap_or_else(|error| json!({ "error": kind_of(error) }))
}

/// A backup is opened by putting it back into an empty vault.
fn open_backup(file: &[u8], secret: &UnlockSecret) -> Result<Value, VaultError> {
    let header = backup::header_of(file)?;
    let unlocked = unlock::unlock([Some(header.as_bytes()), None], secret)?;
    let backup = Backup::open(&unlocked.key, file)?;
    let mut random = Random(31);
    let (mut vault, mut storage) = fixture().stored(&mut random);
    vault.restore_from(backup.content(), Restored::Missing, &random.save(), NOW)?;
    storage.save(&mut vault);
    let entries = vault.entries().into_iter();
    let entries: Map<String, Value> =
        entries.map(|(id, entry)| (hex(id.as_bytes()), entry_json(entry))).collect();
    let created = backup.created().0;
    Ok(json!({ "created": created, "entries": entries, "unreadableEntries": 0 }))
}

fn backup_outcome(file: &[u8], secret: &UnlockSecret) -> Value {
    open_backup(file, secret).unwrap_or_else(|error| json!({ "error": kind_of(error) }))
}

fn backup_case(about: &str, file: &[u8]) -> Value {
    json!({
        "about": about,
        "backup": BASE64URL_NOPAD.encode(file),
        "passphrase": PASSPHRASE,
        "expect": backup_outcome(file, &with_passphrase(PASSPHRASE)),
    })
}

enum Key<'a> {
    Passphrase(&'a str),
    RecoveryCode(&'a str),
}

impl Key<'_> {
    fn secret(&self) -> UnlockSecret {
        match self {
            Self::Passphrase(text) => UnlockSecret::Passphrase(passphrase(text)),
            Self::RecoveryCode(text) => {
                UnlockSecret::RecoveryCode(RecoveryCode::parse(text).unwrap())
            }
        }
    }
}

fn case(about: &str, stored: &Storage, key: &Key<'_>) -> Value {
    let (name, text) = match key {
        Key::Passphrase(text) => ("passphrase", text),
        Key::RecoveryCode(text) => ("recoveryCode", text),
    };
    let values: Map<String, Value> = KEYS
        .iter()
        .filter_map(|key| {
            let value = stored.get(*key)?;
            Some((key.as_str().to_owned(), json!(BASE64URL_NOPAD.encode(value))))
        })
        .collect();
    json!({
        "about": about,
        "stored": values,
        name: text,
        "expect": outcome(stored, &key.secret()),
    })
}

fn all_fields() -> Entry {
    let mut full = entry(7);
    full.key.factor = MovingFactor::Time(Period::new(60).unwrap());
    full.key.algorithm = Algorithm::Sha512;
    full.key.digits = Digits::EIGHT;
    full.note = "ligne 1\nZeile 2 \u{1f511}".into();
    full.pending = true;
    full.pinned = true;
    full.colour = Some(3);
    full.order = Some("a0".into());
    full.deleted = Some(UnixTime(1_790_000_100));
    full.aws = AwsIdentity {
        partition: Some(Partition::GovCloud),
        account_alias: Some(doorcode::aws::identity::AccountAlias::parse("made-up").unwrap()),
        principal: Some(doorcode::aws::identity::Principal::IamUser),
        user_name: Some(UserName::parse("alice").unwrap()),
        directory_id: Some(DirectoryId::parse("d-0123456789").unwrap()),
        ..full.aws
    };
    full
}

fn counter_based() -> Entry {
    let mut counter_based = entry(8);
    counter_based.key.factor = MovingFactor::Counter(Counter(41));
    counter_based.key.algorithm = Algorithm::Sha256;
    counter_based.key.issuer = None;
    counter_based
}

/// Every case: the name of its file and what is in it.
#[expect(clippy::too_many_lines, reason = "a list")]
fn cases() -> Vec<(&'static str, Value)> {
    let mut random = Random(30);
    let code = Key::RecoveryCode(&fixture().code);
    let one = stored_with_one_entry(&mut random);
    let with = |key: &'static str, value: Option<&[u8]>| {
        let mut storage = one.clone();
        match value {
            Some(value) => drop(storage.0.insert(key, value.to_vec())),
            None => drop(storage.0.remove(key)),
        }
        storage
    };
    let changed = |key: &'static str, at: usize, bytes: &[u8]| {
        let mut value = one.0[key].clone();
        value[at..at + bytes.len()].copy_from_slice(bytes);
        value
    };
    let both = |zero: &'static str, one_key: &'static str, value: &[u8]| {
        let mut storage = with(zero, Some(value));
        storage.0.insert(one_key, value.to_vec());
        storage
    };
    let last_header_byte = one.0["h0"].len() - 1;
    let tampered = changed("h0", last_header_byte, &[one.0["h0"][last_header_byte] ^ 1]);
    let hostile = changed("h0", 27 + 20, &u32::MAX.to_le_bytes());
    let newest_is_torn = {
        let mut storage = one.clone();
        let (mut vault, _) = storage.open().unwrap();
        vault.add(entry(2), &random.save(), NOW).unwrap();
        storage.save(&mut vault);
        let newest = if storage.0["b0"] == one.0["b0"] { "b1" } else { "b0" };
        storage.0.get_mut(newest).unwrap().truncate(2000);
        storage
    };
    let every_field = {
        let (mut vault, mut storage) = fixture().stored(&mut random);
        for entry in [all_fields(), counter_based()] {
            vault.add(entry, &random.save(), NOW).unwrap();
            storage.save(&mut vault);
            storage.settle(&mut vault);
        }
        storage
    };
    let later_version = {
        let mut storage = one.clone();
        let first = with_unknown_pairs(&records(&one, StorageKey::Body0), 2, UNKNOWN_PAIRS);
        let strange = record(1, 0, &[0xa1, 0x01, 0x41, 0x01]);
        replace_records(
            &mut storage,
            &[first, record(2, 0, b"settings"), record(200, 0, b"anything"), strange].concat(),
        );
        storage
    };
    let (decomposed, unicode) = unicode_passphrase(&mut random);
    let rotation_cut_short = {
        let mut storage = one.clone();
        let (mut vault, _) = storage.open().unwrap();
        let unlocked = Unlocked { header: vault.header().clone(), key: fixture().key() };
        let rotated = unlock::rotate_key(&unlocked, stretched(), &random.bytes()).unwrap();
        vault.begin_key(rotated.header.as_bytes(), &rotated.key, &random.save()).unwrap();
        storage.save(&mut vault);
        storage
    };
    let backup = file(&one.open().unwrap().0);
    let tampered_backup = {
        let mut file = backup.clone();
        // The date.
        file[8] ^= 1;
        file
    };
    vec![
        (
            "one-entry",
            case("A vault as it is after one change.", &one, &Key::Passphrase(PASSPHRASE)),
        ),
        ("recovery-code", case("The same vault opened with the recovery code.", &one, &code)),
        (
            "unicode-passphrase",
            case(
                "A passphrase typed decomposed; it was composed when the vault was made.",
                &unicode,
                &Key::Passphrase(&decomposed),
            ),
        ),
        (
            "every-field",
            case("Every field of an entry, and a counter-based one.", &every_field, &code),
        ),
        (
            "later-version",
            case(
                "Unknown keys, record types and an entry of a later version are no error.",
                &later_version,
                &code,
            ),
        ),
        (
            "newest-body-torn",
            case("The newest body was cut short: the earlier one counts.", &newest_is_torn, &code),
        ),
        ("one-header-missing", case("One header is enough.", &with("h1", None), &code)),
        ("wrong-passphrase", case("No slot opens.", &one, &Key::Passphrase("another, made up"))),
        (
            "both-bodies-torn",
            case("No body opens.", &both("b0", "b1", &one.0["b0"][..2000]), &code),
        ),
        (
            "header-tampered",
            case("The header's authentication code is wrong.", &both("h0", "h1", &tampered), &code),
        ),
        (
            "header-cut-short",
            case("The headers end early.", &both("h0", "h1", &one.0["h0"][..300]), &code),
        ),
        (
            "hostile-memory",
            case(
                "The passphrase slot asks for 4 TiB: refused before any derivation.",
                &both("h0", "h1", &hostile),
                &Key::Passphrase(PASSPHRASE),
            ),
        ),
        (
            "rotation-cut-short",
            case(
                "A new key was announced; the bodies are of the key before, which the header has.",
                &rotation_cut_short,
                &Key::Passphrase(PASSPHRASE),
            ),
        ),
        ("backup", backup_case("A backup of the vault with one entry.", &backup)),
        ("backup-cut-short", backup_case("It ends early.", &backup[..backup.len() - 100])),
        ("backup-tampered", backup_case("Its date was changed.", &tampered_backup)),
        ("not-a-backup", backup_case("A body, not a backup.", &one.0["b0"])),
        (
            "header-of-a-later-format",
            case("Format 2.", &both("h0", "h1", &changed("h0", 4, &[2])), &code),
        ),
    ]
}

/// A vault made with a composed passphrase, and that passphrase decomposed.
fn unicode_passphrase(random: &mut Random) -> (String, Storage) {
    let composed = Passphrase::from_utf8(Zeroizing::new("caf\u{e9} 9".into())).unwrap();
    let NewVault { header, key, .. } =
        unlock::create(&composed, KdfParams::FLOOR, &random.bytes()).unwrap();
    let mut vault = Vault::create(&key, header, random.replica(), &random.save()).unwrap();
    let mut storage = Storage::default();
    storage.settle(&mut vault);
    // U+2468 is a circled nine, which NFKC makes a plain one.
    ("cafe\u{301} \u{2468}".into(), storage)
}

/// Writes the files: `cargo test -p doorcode --test vault -- --ignored write_the_vectors`.
#[test]
#[ignore = "writes the vector files"]
fn write_the_vectors() {
    for (name, case) in cases() {
        let text = serde_json::to_string_pretty(&case).unwrap();
        fs::write(folder().join(format!("{name}.json")), text + "\n").unwrap();
    }
}

/// The stored bytes come out the same, so the format has not changed.
#[test]
fn this_version_writes_the_vectors_as_they_are() {
    for (name, case) in cases() {
        let text = fs::read_to_string(folder().join(format!("{name}.json"))).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), case, "{name}");
    }
}

#[test]
fn every_vector_opens_as_it_says() {
    let mut count = 0;
    for file in fs::read_dir(folder()).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let case: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let mut stored = Storage::default();
        for key in KEYS {
            if let Some(value) = case["stored"][key.as_str()].as_str() {
                stored.0.insert(key.as_str(), BASE64URL_NOPAD.decode(value.as_bytes()).unwrap());
            }
        }
        let key = match case["passphrase"].as_str() {
            Some(text) => Key::Passphrase(text),
            None => Key::RecoveryCode(case["recoveryCode"].as_str().unwrap()),
        };
        let found = match case["backup"].as_str() {
            None => outcome(&stored, &key.secret()),
            Some(file) => {
                let file = BASE64URL_NOPAD.decode(file.as_bytes()).unwrap();
                backup_outcome(&file, &key.secret())
            }
        };
        assert_eq!(found, case["expect"], "{}", path.display());
        count += 1;
    }
    assert_eq!(count, 18);
}
