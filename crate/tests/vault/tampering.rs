//! Damage and attack: every flipped bit and every truncation is a typed error or a report.

use doorcode::vault::unlock;
use doorcode::vault::{Damage, Header, KdfField, StorageKey, UnixMillis, VaultError, VaultKey};
use zeroize::Zeroizing;

use super::support::{KEYS, NOW, Random, Storage, entry, fixture, with_code, with_passphrase};

/// Where the first slot, the passphrase's, has its parameters: see `VAULT.md`.
const SLOT: usize = 27;
const FUNCTION: usize = SLOT + 19;
const MEMORY: usize = SLOT + 20;
const PASSES: usize = SLOT + 24;
const LANES: usize = SLOT + 26;
const SALT_LENGTH: usize = SLOT + 27;

fn stored_with_one_entry() -> Storage {
    let mut random = Random(3);
    let (mut vault, mut storage) = fixture().stored(&mut random);
    vault.add(entry(1), &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    storage.settle(&mut vault);
    storage
}

fn alone(storage: &Storage, key: StorageKey, value: Vec<u8>) -> Storage {
    let twin = match key {
        StorageKey::Header0 => StorageKey::Header1,
        StorageKey::Header1 => StorageKey::Header0,
        StorageKey::Body0 => StorageKey::Body1,
        StorageKey::Body1 => StorageKey::Body0,
        StorageKey::Earlier(_) => panic!("an earlier body has no twin"),
    };
    let mut storage = storage.clone();
    storage.0.remove(twin.as_str());
    storage.0.insert(key.as_str(), value);
    storage
}

/// Every copy of `bytes` with one bit flipped.
fn flips(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    (0..bytes.len() * 8).map(|bit| {
        let mut flipped = bytes.to_vec();
        flipped[bit / 8] ^= 1 << (bit % 8);
        flipped
    })
}

#[test]
fn every_flipped_bit_of_the_only_header_is_refused_with_the_vault_key() {
    let storage = stored_with_one_entry();
    let header = storage.get(StorageKey::Header0).unwrap();
    for flipped in flips(header) {
        let error = alone(&storage, StorageKey::Header0, flipped).open().unwrap_err();
        assert!(matches!(
            error,
            VaultError::NotAVault
                | VaultError::UnsupportedFormat { .. }
                | VaultError::HeaderMalformed
                | VaultError::KdfParamsOutOfRange { .. }
                | VaultError::HeaderTampered
        ));
    }
}

#[test]
fn every_flipped_bit_of_the_only_header_is_refused_with_the_recovery_code() {
    let storage = stored_with_one_entry();
    let header = storage.get(StorageKey::Header0).unwrap();
    let secret = with_code(&fixture().code);
    for flipped in flips(header) {
        let error = unlock::unlock([Some(&flipped), None], &secret).unwrap_err();
        assert!(matches!(
            error,
            VaultError::NotAVault
                | VaultError::UnsupportedFormat { .. }
                | VaultError::HeaderMalformed
                | VaultError::KdfParamsOutOfRange { .. }
                | VaultError::HeaderTampered
                | VaultError::NoSuchSlot
                | VaultError::WrongRecoveryCodeOrTampered
        ));
    }
}

#[test]
fn every_truncation_of_the_only_header_is_refused() {
    let storage = stored_with_one_entry();
    let header = storage.get(StorageKey::Header0).unwrap().to_vec();
    for length in 0..header.len() {
        let cut = header[..length].to_vec();
        let expected = if length < 4 { VaultError::NotAVault } else { VaultError::HeaderMalformed };
        assert_eq!(Header::parse(&cut).unwrap_err(), expected);
        assert_eq!(alone(&storage, StorageKey::Header0, cut).open().unwrap_err(), expected);
    }
    let longer = [header.as_slice(), &[0]].concat();
    assert_eq!(Header::parse(&longer).unwrap_err(), VaultError::HeaderMalformed);
}

#[test]
fn every_flipped_bit_of_the_only_body_is_an_unreadable_vault() {
    let storage = stored_with_one_entry();
    let body = storage.get(StorageKey::Body1).unwrap().to_vec();
    for flipped in flips(&body) {
        let error = alone(&storage, StorageKey::Body1, flipped).open().unwrap_err();
        assert_eq!(error, VaultError::BodyUnreadable);
    }
}

#[test]
fn every_truncation_of_the_only_body_is_an_unreadable_vault() {
    let storage = stored_with_one_entry();
    let body = storage.get(StorageKey::Body0).unwrap().to_vec();
    for length in 0..body.len() {
        let cut = alone(&storage, StorageKey::Body0, body[..length].to_vec());
        assert_eq!(cut.open().unwrap_err(), VaultError::BodyUnreadable);
    }
}

#[test]
fn one_damaged_copy_is_reported_and_nothing_is_lost() {
    let storage = stored_with_one_entry();
    for (place, key) in KEYS.into_iter().enumerate() {
        for (value, expected) in [
            (None, Damage::Absent),
            (Some(b"torn".to_vec()), Damage::Unreadable),
            (storage.get(key).map(|value| value[..value.len() / 2].to_vec()), Damage::Unreadable),
        ] {
            let mut damaged = storage.clone();
            match value {
                Some(value) => drop(damaged.0.insert(key.as_str(), value)),
                None => drop(damaged.0.remove(key.as_str())),
            }
            let (vault, report) = damaged.open().unwrap();
            let damage = [report.headers, report.bodies].concat();
            assert_eq!(damage.iter().position(Option::is_some), Some(place));
            assert_eq!(damage[place], Some(expected));
            assert_eq!(vault.entries().len(), 1);
        }
    }
}

#[test]
fn a_damaged_copy_is_replaced_by_a_good_one() {
    let storage = stored_with_one_entry();
    for key in KEYS {
        let mut damaged = storage.clone();
        damaged.0.insert(key.as_str(), b"torn".to_vec());
        let (mut vault, _) = damaged.open().unwrap();
        damaged.settle(&mut vault);
        assert_eq!(damaged, storage);
    }
}

#[test]
fn a_body_of_another_vault_is_reported_and_not_taken() {
    let mut storage = stored_with_one_entry();
    let mut foreign = storage.get(StorageKey::Body1).unwrap().to_vec();
    foreign[5] ^= 1;
    storage.0.insert("b1", foreign);
    let (_, report) = storage.open().unwrap();
    assert_eq!(report.bodies, [None, Some(Damage::OtherVault)]);
}

#[test]
fn a_body_of_a_later_format_is_reported() {
    let mut storage = stored_with_one_entry();
    let mut later = storage.get(StorageKey::Body1).unwrap().to_vec();
    later[4] = 2;
    storage.0.insert("b1", later);
    let (_, report) = storage.open().unwrap();
    assert_eq!(report.bodies, [None, Some(Damage::UnsupportedFormat)]);
}

#[test]
fn an_unreadable_vault_is_an_error_and_never_an_empty_vault() {
    let mut storage = stored_with_one_entry();
    storage.0.insert("b0", b"torn".to_vec());
    storage.0.remove("b1");
    assert_eq!(storage.open().unwrap_err(), VaultError::BodyUnreadable);
    storage.0.remove("b0");
    assert_eq!(storage.open().unwrap_err(), VaultError::BodyUnreadable);
    storage.0.clear();
    assert_eq!(storage.open().unwrap_err(), VaultError::HeaderMissing);
}

#[test]
fn a_header_put_back_to_an_earlier_one_is_reported() {
    let mut random = Random(4);
    let (mut vault, mut storage) = fixture().stored(&mut random);
    let earlier = storage.clone();
    let (header, _) =
        unlock::replace_recovery_code(&fixture().unlocked(), &Zeroizing::new(random.bytes()))
            .unwrap();
    vault.begin_header(header.as_bytes(), &random.save()).unwrap();
    storage.save(&mut vault);
    storage.settle(&mut vault);
    vault.add(entry(1), &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    assert!(!storage.open().unwrap().1.header_rolled_back);
    for key in ["h0", "h1"] {
        storage.0.insert(key, earlier.0[key].clone());
    }
    assert!(storage.open().unwrap().1.header_rolled_back);
}

#[test]
fn another_vault_key_opens_nothing() {
    let storage = stored_with_one_entry();
    let other = VaultKey::from_bytes(Zeroizing::new([7; 32]));
    let opened =
        doorcode::vault::Vault::open(&other, &storage.values(), doorcode::vault::Replica([0; 6]));
    assert_eq!(opened.unwrap_err(), VaultError::HeaderTampered);
}

/// With these costs a derivation would ask for terabytes or run for years: that the test ends at
/// all shows that none was begun.
#[test]
fn hostile_costs_are_refused_before_any_derivation() {
    let header = fixture().header().as_bytes().to_vec();
    let with = |changes: &[(usize, &[u8])]| {
        let mut hostile = header.clone();
        for (at, bytes) in changes {
            hostile[*at..*at + bytes.len()].copy_from_slice(bytes);
        }
        unlock::unlock([Some(&hostile), None], &with_passphrase("any")).unwrap_err()
    };
    let refused = |field| VaultError::KdfParamsOutOfRange { field };
    assert_eq!(with(&[(MEMORY, &u32::MAX.to_le_bytes())]), refused(KdfField::Memory));
    assert_eq!(with(&[(MEMORY, &1_048_577_u32.to_le_bytes())]), refused(KdfField::Memory));
    assert_eq!(with(&[(MEMORY, &19_455_u32.to_le_bytes())]), refused(KdfField::Memory));
    assert_eq!(with(&[(MEMORY, &[0; 4])]), refused(KdfField::Memory));
    assert_eq!(with(&[(PASSES, &u16::MAX.to_le_bytes())]), refused(KdfField::Passes));
    assert_eq!(with(&[(PASSES, &[1, 0])]), refused(KdfField::Passes));
    assert_eq!(with(&[(LANES, &[0])]), refused(KdfField::Lanes));
    assert_eq!(with(&[(LANES, &[255])]), refused(KdfField::Lanes));
    assert_eq!(with(&[(FUNCTION, &[0])]), refused(KdfField::Function));
    assert_eq!(with(&[(FUNCTION, &[2])]), refused(KdfField::Function));
    let heavy: [(usize, &[u8]); 2] = [(MEMORY, &1_048_576_u32.to_le_bytes()), (PASSES, &[5, 0])];
    assert_eq!(with(&heavy), refused(KdfField::Work));
    assert_eq!(with(&[(SALT_LENGTH, &[15])]), refused(KdfField::Salt));
}

#[test]
fn a_changed_cost_within_the_limits_opens_nothing() {
    let mut header = fixture().header().as_bytes().to_vec();
    header[MEMORY..MEMORY + 4].copy_from_slice(&19_456_u32.to_le_bytes());
    header[PASSES] = 2;
    let opened =
        unlock::unlock([Some(&header), None], &with_passphrase(super::support::PASSPHRASE));
    assert_eq!(opened.unwrap_err(), VaultError::WrongPassphraseOrTampered);
}

#[test]
fn the_size_on_disk_takes_few_values() {
    let mut random = Random(5);
    let (mut vault, mut storage) = fixture().stored(&mut random);
    let mut sizes = std::collections::BTreeSet::new();
    for number in 0..100 {
        vault.add(entry(number), &random.save(), UnixMillis(NOW.0 + number)).unwrap();
        storage.save(&mut vault);
        sizes.insert(storage.get(StorageKey::Body0).unwrap().len());
    }
    let overhead = 63 + 16;
    let expected = [4096, 8192, 16_384].map(|plaintext| plaintext + overhead);
    assert_eq!(sizes.into_iter().collect::<Vec<usize>>(), expected);
}
