//! Bodies of another hand, to put in them what this version never writes.

use doorcode::vault::StorageKey;

use super::sealed_body::{HEAD, RECORD_HEAD, open, seal};
use super::support::{NOW, Random, Storage, entry, fixture};

/// The records in one stored body.
pub(crate) fn records(storage: &Storage, key: StorageKey) -> Vec<u8> {
    open(&fixture().key(), storage.get(key).unwrap()).unwrap()
}

/// Puts other records in both stored bodies, under the same clear part.
pub(crate) fn replace_records(storage: &mut Storage, records: &[u8]) {
    let body = seal(&fixture().key(), &storage.0["b0"][..HEAD], records);
    storage.0.insert("b0", body.clone());
    storage.0.insert("b1", body);
}

/// The first record with `pairs` (encoded, `count` of them) behind its known ones.
pub(crate) fn with_unknown_pairs(records: &[u8], count: u8, pairs: &[u8]) -> Vec<u8> {
    let mut record = records.to_vec();
    // A CBOR map of fewer than 24 pairs: major type 5 and the count in one byte (RFC 8949 §3).
    assert!((0xa0..=0xb7 - count).contains(&record[RECORD_HEAD]));
    record[RECORD_HEAD] += count;
    record.extend_from_slice(pairs);
    let length = u32::try_from(record.len() - 4).unwrap();
    record[..4].copy_from_slice(&length.to_le_bytes());
    record
}

/// A whole record without context.
pub(crate) fn record(kind: u8, flags: u8, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(RECORD_HEAD - 4 + payload.len()).unwrap();
    let mut record = length.to_le_bytes().to_vec();
    record.extend_from_slice(&[kind, flags]);
    record.extend_from_slice(&[7; RECORD_HEAD - 6 - 1]);
    record.push(0);
    record.extend_from_slice(payload);
    record
}

/// `100: {1: "later"}, 101: [1, 2]`, keys of a later version.
pub(crate) const UNKNOWN_PAIRS: &[u8] =
    &[0x18, 100, 0xa1, 0x01, 0x65, b'l', b'a', b't', b'e', b'r', 0x18, 101, 0x82, 0x01, 0x02];

pub(crate) fn stored_with_one_entry(random: &mut Random) -> Storage {
    let (mut vault, mut storage) = fixture().stored(random);
    vault.add(entry(1), &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    storage.settle(&mut vault);
    storage
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

#[test]
fn unknown_keys_of_an_entry_are_kept_byte_for_byte_through_an_edit() {
    let mut random = Random(40);
    let mut storage = stored_with_one_entry(&mut random);
    let later = records(&storage, StorageKey::Body0);
    replace_records(&mut storage, &with_unknown_pairs(&later, 2, UNKNOWN_PAIRS));
    let (mut vault, report) = storage.open().unwrap();
    assert_eq!(report.unreadable_entries, 0);
    let id = vault.entries()[0].0;
    vault.edit(id, |entry| entry.note = "edited".into(), &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    storage.settle(&mut vault);
    let saved = records(&storage, StorageKey::Body0);
    assert!(contains(&saved, UNKNOWN_PAIRS) && contains(&saved, b"edited"));
}

#[test]
fn flags_of_a_later_version_are_kept_through_edits_and_erasing() {
    let mut random = Random(44);
    let mut storage = stored_with_one_entry(&mut random);
    let mut later = records(&storage, StorageKey::Body0);
    later[5] = 0x40;
    replace_records(&mut storage, &later);
    let (mut vault, _) = storage.open().unwrap();
    let id = vault.entries()[0].0;
    vault.delete(id, &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    storage.settle(&mut vault);
    assert_eq!(records(&storage, StorageKey::Body0)[5], 0x40);
    let much_later = doorcode::vault::UnixMillis(NOW.0 * 2);
    assert_eq!(vault.purge(&random.save(), much_later), Ok(1));
    storage.save(&mut vault);
    storage.settle(&mut vault);
    assert_eq!(records(&storage, StorageKey::Body0)[5], 0x41);
}

#[test]
fn records_of_other_types_and_tombstones_are_kept_byte_for_byte_and_not_shown() {
    let mut random = Random(41);
    let mut storage = stored_with_one_entry(&mut random);
    let settings = record(2, 0, b"settings of a later version");
    let later = record(200, 0x80, b"anything");
    let tombstone = record(1, 1, b"");
    let first = records(&storage, StorageKey::Body0);
    replace_records(
        &mut storage,
        &[settings.clone(), first, later.clone(), tombstone.clone()].concat(),
    );
    let (mut vault, report) = storage.open().unwrap();
    assert_eq!((vault.entries().len(), report.unreadable_entries), (1, 0));
    vault.add(entry(2), &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    storage.settle(&mut vault);
    let saved = records(&storage, StorageKey::Body1);
    for kept in [settings, later, tombstone] {
        assert!(contains(&saved, &kept));
    }
}

#[test]
fn an_entry_that_this_version_does_not_understand_is_counted_and_kept() {
    for payload in [
        b"not CBOR".as_slice(),
        // {1: h'01'}: no digits and no period.
        &[0xa1, 0x01, 0x41, 0x01],
        // {1: h'01', 2: 9, 3: 6, 4: 30}: an algorithm of a later version.
        &[0xa4, 0x01, 0x41, 0x01, 0x02, 0x09, 0x03, 0x06, 0x04, 0x18, 30],
        // {3: 6, 1: h'01', 4: 30}: keys that do not ascend.
        &[0xa3, 0x03, 0x06, 0x01, 0x41, 0x01, 0x04, 0x18, 30],
    ] {
        let mut random = Random(42);
        let mut storage = stored_with_one_entry(&mut random);
        let strange = record(1, 0, payload);
        let first = records(&storage, StorageKey::Body0);
        replace_records(&mut storage, &[first, strange.clone()].concat());
        let (mut vault, report) = storage.open().unwrap();
        assert_eq!((vault.entries().len(), report.unreadable_entries), (1, 1));
        vault.add(entry(2), &random.save(), NOW).unwrap();
        storage.save(&mut vault);
        assert!(
            contains(&records(&storage, StorageKey::Body0), &strange)
                || contains(&records(&storage, StorageKey::Body1), &strange)
        );
    }
}

#[test]
fn records_that_are_not_whole_make_a_body_unreadable() {
    let mut random = Random(43);
    let storage = stored_with_one_entry(&mut random);
    let whole = records(&storage, StorageKey::Body0);
    for length in 1..whole.len() {
        let mut cut = storage.clone();
        replace_records(&mut cut, &whole[..length]);
        let error = cut.open().unwrap_err();
        assert_eq!(error, doorcode::vault::VaultError::BodyUnreadable);
    }
}
