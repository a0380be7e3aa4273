//! A newer version of Doorcode writes to the same vault: what this version does not know stays.

use std::collections::BTreeMap;

use doorcode::entry::EntryId;
use doorcode::vault::{StorageKey, Vault, VaultKey};
use minicbor::Decoder;

use super::super::sealed_body::{HEAD, RECORD_HEAD, head_length, open, seal, split, with_payload};
use super::super::support::Random;
use super::faulty_storage::FaultyStorage;
use super::truth::Shown;

/// By record id what this version does not know of it: type, flags, and of an entry the pairs with
/// keys beyond 21, of anything else the whole payload.
pub(super) type Unknown = BTreeMap<EntryId, Vec<u8>>;

const TYPE: usize = 4;
const FLAGS: usize = 5;
const ENTRY: u8 = 1;
const TOMBSTONE: u8 = 1;
const LAST_KNOWN_KEY: u64 = 21;

/// `{1: h'01', 2: 9, 3: 6, 4: 30}`: an entry with an algorithm of a later version.
const STRANGE_ENTRY: &[u8] = &[0xa4, 0x01, 0x41, 0x01, 0x02, 0x09, 0x03, 0x06, 0x04, 0x18, 30];

/// What a body has that this version does not know; `None` when it does not open.
pub(super) fn unknown(key: &VaultKey, body: &[u8]) -> Option<Unknown> {
    let records = open(key, body)?;
    Some(split(&records).filter_map(unknown_of).collect())
}

fn unknown_of(record: &[u8]) -> Option<(EntryId, Vec<u8>)> {
    let (kind, flags) = (record[TYPE], record[FLAGS] & !TOMBSTONE);
    let payload = &record[head_length(record)..];
    let rest = match kind {
        ENTRY if payload != STRANGE_ENTRY => unknown_pairs(payload),
        _ => payload,
    };
    let is_known = kind == ENTRY && flags == 0 && rest.is_empty();
    let id = EntryId::from_bytes(record[6..22].try_into().unwrap());
    (!is_known).then(|| (id, [&[kind, flags], rest].concat()))
}

/// The keys ascend, so that these stand last.
fn unknown_pairs(payload: &[u8]) -> &[u8] {
    let first = keys(payload).find(|(key, _)| *key > LAST_KNOWN_KEY);
    first.map_or(&[], |(_, at)| &payload[at..])
}

/// The keys of a payload and where they stand.
fn keys(payload: &[u8]) -> impl Iterator<Item = (u64, usize)> {
    let mut decoder = Decoder::new(payload);
    let pairs = decoder.map().ok().flatten().unwrap_or(0);
    (0..pairs).map(move |_| {
        let at = decoder.position();
        let key = decoder.u64().unwrap();
        decoder.skip().unwrap();
        (key, at)
    })
}

/// The body in force as stored.
pub(super) fn body_in_force<'a>(disk: &'a FaultyStorage, vault: &Vault) -> Option<&'a [u8]> {
    let bodies = [StorageKey::Body0, StorageKey::Body1].map(|key| disk.storage.get(key));
    let rev = vault.rev().to_le_bytes();
    bodies
        .into_iter()
        .flatten()
        .find(|body| body.get(21..29) == Some(rev.as_slice()) && open(vault.key(), body).is_some())
}

/// Whether a change lost something of `before`, other than with an entry that it erased, or made
/// something up. It may go back to how an entry was in `earlier`.
pub(super) fn lost(
    (before, shown_before): (&Unknown, &Shown),
    (after, shown_after): (&Unknown, &Shown),
    earlier: &Unknown,
) -> bool {
    let is_gone = |id| shown_before.contains_key(id) && !shown_after.contains_key(id);
    let is_back = |id, now| now == earlier.get(id) && shown_after.contains_key(id);
    let is_kept = |id| {
        let now = after.get(id);
        now == before.get(id) || is_gone(id) || is_back(id, now)
    };
    !before.keys().chain(after.keys()).all(is_kept)
}

/// The newer version changes records of the vault, which is settled, and adds some. Both copies are
/// written: its own saving is not what is looked at. `None` when the body cannot be read.
pub(super) fn write_as_newer_version(
    disk: &mut FaultyStorage,
    vault: &Vault,
    random: &mut Random,
) -> Option<Unknown> {
    let body = body_in_force(disk, vault)?.to_vec();
    let records = open(vault.key(), &body)?;
    let mut records: Vec<Vec<u8>> = split(&records).map(<[u8]>::to_vec).collect();
    for record in &mut records {
        if random.below(2) == 0 {
            *record = changed(record, random);
        }
    }
    records.push(added(random));
    let mut head = body[..HEAD].to_vec();
    head[21..29].copy_from_slice(&(vault.rev() + 1).to_le_bytes());
    head[29..35].copy_from_slice(&random.bytes::<6>());
    head[39..].copy_from_slice(&random.bytes::<24>());
    let body = seal(vault.key(), &head, &records.concat());
    for key in [StorageKey::Body0, StorageKey::Body1] {
        disk.storage.0.insert(key.as_str(), body.clone());
    }
    disk.acknowledged();
    unknown(vault.key(), &body)
}

/// The record with a flag and a pair of a later version, where there is room for one more.
fn changed(record: &[u8], random: &mut Random) -> Vec<u8> {
    let mut payload = record[head_length(record)..].to_vec();
    let is_live_entry = record[TYPE] == ENTRY && record[FLAGS] & TOMBSTONE == 0;
    if !is_live_entry || payload == STRANGE_ENTRY {
        return record.to_vec();
    }
    // A map of fewer than 24 pairs: major type 5 and the count in one byte (RFC 8949 §3).
    let last_key = keys(&payload).map(|(key, _)| key).max().unwrap_or(0);
    let next_key = u8::try_from(last_key.max(100) + 1).unwrap();
    if payload[0] < 0xb7 {
        payload[0] += 1;
        payload.extend_from_slice(&[0x18, next_key, 0xa1, 0x01, 0x48]);
        payload.extend_from_slice(&random.bytes::<8>());
    }
    let mut record = with_payload(record, &payload);
    record[FLAGS] |= 0x40;
    record
}

/// A record of a later type, or an entry with an algorithm of a later version.
fn added(random: &mut Random) -> Vec<u8> {
    let mut record = vec![0; RECORD_HEAD];
    record[6..40].copy_from_slice(&random.bytes::<34>());
    // A clock within the history, so that it does not stand still from then on.
    record[32..40].fill(1);
    if random.below(3) == 0 {
        record[TYPE] = ENTRY;
        return with_payload(&record, STRANGE_ENTRY);
    }
    record[TYPE] = u8::try_from(2 + random.below(200)).unwrap();
    record[FLAGS] = 0x80;
    let length = random.below(40);
    with_payload(&record, &random.bytes::<40>()[..length])
}
