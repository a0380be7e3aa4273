//! Each parser on mutated input: no panic, and an end. The same for libFuzzer is in `crate/fuzz`.

use doorcode::otpauth::KeyUri;
use doorcode::vault::backup::{self, Backup};
use doorcode::vault::{Header, StorageKey, Vault};

use super::backup::{file, own};
use super::resealing::{records, replace_records, stored_with_one_entry};
use super::support::{Random, fixture};

/// What fuzzers do: flips, insertions, deletions, repetitions, and numbers at their edges.
fn mutate(seed: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len().max(1));
        match random.below(6) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << random.below(8),
            1 if !bytes.is_empty() => bytes[at] = [0, 1, 0x7f, 0x80, 0xff][random.below(5)],
            2 => bytes.insert(at.min(bytes.len()), random.bytes::<1>()[0]),
            3 if !bytes.is_empty() => drop(bytes.remove(at)),
            4 => bytes.truncate(at),
            _ => {
                let end = (at + random.below(64)).min(bytes.len());
                bytes.extend_from_within(at.min(end)..end);
            }
        }
    }
    bytes
}

fn mutations(count: u64) {
    let mut random = Random(100);
    let storage = stored_with_one_entry(&mut random);
    let header = storage.get(StorageKey::Header0).unwrap().to_vec();
    let vault = storage.open().unwrap().0;
    let (file, key) = (file(&vault), own().key);
    let body = storage.get(StorageKey::Body0).unwrap().to_vec();
    let plain = records(&storage, StorageKey::Body0);
    let uri = b"otpauth://totp/Amazon%20Web%20Services:alice@123456789012?secret=JBSWY3DPEHPK3PXP\
                &issuer=Amazon%20Web%20Services&algorithm=SHA1&digits=6&period=30";
    for _ in 0..count {
        let _ = Header::parse(&mutate(&header, &mut random));

        let mutated = mutate(&file, &mut random);
        let _ = (Backup::open(&key, &mutated), backup::header_of(&mutated));

        let _ = vault.earlier(&mutate(&body, &mut random));

        let uri = mutate(uri, &mut random);
        if let Ok(key) = KeyUri::parse(&String::from_utf8_lossy(&uri)) {
            // What is understood is written so that it is understood the same.
            assert!(KeyUri::parse(&key.to_uri()).unwrap() == key);
        }
    }
    // Records behind a right authentication, as a buggy or malicious writer with the key makes them.
    for _ in 0..count / 10 {
        let mut storage = storage.clone();
        let mutated = mutate(&plain, &mut random);
        if mutated.len() <= 4000 {
            replace_records(&mut storage, &mutated);
        }
        if let Ok((mut vault, _)) =
            Vault::open(&fixture().key(), &storage.values(), random.replica())
        {
            // What was understood can be written, too.
            if let Some((id, _)) = vault.entries().first() {
                let (id, save) = (*id, random.save());
                let edited =
                    vault.edit(id, |entry| entry.pinned = true, &save, super::support::NOW);
                if edited.is_ok() {
                    storage.save(&mut vault);
                }
            }
        }
    }
}

#[test]
fn tens_of_thousands_of_mutations_cause_no_panic() {
    mutations(25_000);
}

/// `npm run test:long` runs it.
#[test]
#[ignore = "takes minutes"]
fn a_million_mutations_cause_no_panic() {
    mutations(250_000);
}
