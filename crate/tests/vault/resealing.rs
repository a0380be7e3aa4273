//! Bodies of another hand: opened and sealed again with the primitives alone, following `VAULT.md`,
//! to put in them what this version never writes.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use doorcode::vault::StorageKey;
use hkdf::Hkdf;
use sha2::Sha256;

use super::support::{NOW, Random, Storage, entry, fixture};

const HEAD: usize = 63;
/// A record up to its payload, without a context: length 4, type 1, flags 1, id 16, dot 10, hlc 8,
/// context count 1.
const RECORD_HEAD: usize = 41;

fn cipher(storage: &Storage) -> XChaCha20Poly1305 {
    let vault_id = &storage.0["h0"][6..22];
    let mut key = [0; 32];
    let hkdf = Hkdf::<Sha256>::new(Some(vault_id), fixture().key().expose());
    hkdf.expand(b"doorcode v1 body", &mut key).unwrap();
    XChaCha20Poly1305::new(&key.into())
}

/// The records in one stored body.
pub(crate) fn records(storage: &Storage, key: StorageKey) -> Vec<u8> {
    let body = storage.get(key).unwrap();
    let nonce = XNonce::try_from(&body[39..HEAD]).unwrap();
    let payload = Payload { msg: &body[HEAD..], aad: &body[..HEAD] };
    let text = cipher(storage).decrypt(&nonce, payload).unwrap();
    let length = u32::from_le_bytes(text[..4].try_into().unwrap());
    text[4..4 + usize::try_from(length).unwrap()].to_vec()
}

/// Puts other records in both stored bodies, under the same clear part.
pub(crate) fn replace_records(storage: &mut Storage, records: &[u8]) {
    let mut text = u32::try_from(records.len()).unwrap().to_le_bytes().to_vec();
    text.extend_from_slice(records);
    text.resize(text.len().next_power_of_two().max(4096), 0);
    let head = storage.0["b0"][..HEAD].to_vec();
    let nonce = XNonce::try_from(&head[39..]).unwrap();
    let sealed = cipher(storage).encrypt(&nonce, Payload { msg: &text, aad: &head }).unwrap();
    let body = [head, sealed].concat();
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
