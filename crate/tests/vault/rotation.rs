//! A new vault key: everything is encrypted anew, and no crash between leaves the vault shut.

use doorcode::vault::unlock::{self, Unlocked};
use doorcode::vault::{RingPlace, StorageKey, Vault, VaultError, VaultKey};
use zeroize::Zeroizing;

use super::support::{
    NOW, PASSPHRASE, Random, Storage, entry, fixture, stretched, with_code, with_passphrase,
};

struct Rotation {
    vault: Vault,
    storage: Storage,
    key: VaultKey,
    code: String,
}

/// A vault with one entry, whose rotation is begun.
fn begun(random: &mut Random) -> Rotation {
    let (mut vault, mut storage) = fixture().stored(random);
    vault.add(entry(1), &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    storage.settle(&mut vault);
    let unlocked = Unlocked { header: vault.header().clone(), key: fixture().key() };
    let rotated = unlock::rotate_key(&unlocked, stretched(), &random.bytes()).unwrap();
    vault.begin_key(rotated.header.as_bytes(), &rotated.key, &random.save()).unwrap();
    let code = rotated.recovery_code.to_text().to_string();
    Rotation { vault, storage, key: rotated.key, code }
}

fn open(storage: &Storage, key: &VaultKey, random: &mut Random) -> Result<Vault, VaultError> {
    Vault::open(key, &storage.values(), random.replica()).map(|(vault, _)| vault)
}

#[test]
fn after_a_rotation_the_old_key_opens_nothing_and_the_passphrase_still_does() {
    let mut random = Random(90);
    let Rotation { mut vault, mut storage, key, code } = begun(&mut random);
    storage.save(&mut vault);
    storage.settle(&mut vault);
    assert!(vault.key().is(&key));
    assert!(open(&storage, &fixture().key(), &mut random).is_err());
    for secret in [with_passphrase(PASSPHRASE), with_code(&code)] {
        let unlocked = unlock::unlock(storage.values().headers, &secret).unwrap();
        assert!(unlocked.key.is(&key));
    }
    let old = unlock::unlock(storage.values().headers, &with_code(&fixture().code));
    assert_eq!(old.unwrap_err(), VaultError::WrongRecoveryCodeOrTampered);
    assert_eq!(open(&storage, &key, &mut random).unwrap().entries().len(), 1);
}

#[test]
fn nothing_is_left_that_the_old_key_opens() {
    let mut random = Random(91);
    let Rotation { mut vault, mut storage, .. } = begun(&mut random);
    let before = storage.0.clone();
    assert!(before.contains_key("r0"));
    storage.save(&mut vault);
    storage.settle(&mut vault);
    for (key, value) in &before {
        assert_ne!(&storage.0[key], value, "{key}");
    }
    let kept = RingPlace::all().map(|place| storage.get(StorageKey::Earlier(place)).unwrap());
    kept.for_each(|sealed| drop(vault.earlier(sealed).unwrap()));
}

#[test]
fn a_crash_after_any_write_of_a_rotation_leaves_a_vault_that_opens() {
    let mut random = Random(92);
    let Rotation { mut vault, mut storage, key, code } = begun(&mut random);
    let mut states = vec![storage.clone()];
    storage.save(&mut vault);
    states.push(storage.clone());
    while vault.begin_next_copy().unwrap() {
        storage.save(&mut vault);
        states.push(storage.clone());
    }
    assert_eq!(states.len(), 13);
    for (written, state) in states.iter().enumerate() {
        let unlocked = unlock::unlock(state.values().headers, &with_passphrase(PASSPHRASE));
        let mut after_crash = open(state, &unlocked.unwrap().key, &mut random).unwrap();
        assert_eq!(after_crash.entries().len(), 1, "after {written} writes");
        // The body decides which key is in force.
        assert_eq!(after_crash.key().is(&key), written >= 2, "after {written} writes");
        let mut state = state.clone();
        state.settle(&mut after_crash);
        let in_force = if written >= 2 { &code } else { &fixture().code };
        let by_code = unlock::unlock(state.values().headers, &with_code(in_force)).unwrap();
        assert_eq!(open(&state, &by_code.key, &mut random).unwrap().entries().len(), 1);
    }
}

#[test]
fn a_header_of_a_key_that_did_not_make_it_is_refused() {
    let mut random = Random(93);
    let Rotation { mut vault, .. } = begun(&mut random);
    vault.abandon();
    let unlocked = Unlocked { header: vault.header().clone(), key: fixture().key() };
    let rotated = unlock::rotate_key(&unlocked, stretched(), &random.bytes()).unwrap();
    let other = VaultKey::from_bytes(Zeroizing::new([7; 32]));
    let refused = vault.begin_key(rotated.header.as_bytes(), &other, &random.save());
    assert_eq!(refused, Err(VaultError::HeaderTampered));
    let refused = vault.begin_header(rotated.header.as_bytes(), &random.save());
    assert_eq!(refused, Err(VaultError::HeaderTampered));
}
