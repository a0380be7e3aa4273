//! Neither body opens: the newest earlier state is shown, unchangeable until the user goes on from it.

use doorcode::vault::unlock::{self, Unlocked};
use doorcode::vault::{Restored, RingPlace, StorageKey, StoredValues, Vault, VaultError, VaultKey};
use zeroize::Zeroizing;

use super::support::{NOW, Random, Storage, entry, fixture, stretched, with_code};

fn ring(storage: &Storage) -> Vec<&[u8]> {
    RingPlace::all().filter_map(|place| storage.get(StorageKey::Earlier(place))).collect()
}

fn rescue(storage: &Storage, key: &VaultKey) -> Result<Vault, VaultError> {
    let replica = Random(70).replica();
    Vault::rescue(key, &storage.values(), &ring(storage), replica).map(|(vault, _)| vault)
}

fn add(vault: &mut Vault, storage: &mut Storage, number: u64, random: &mut Random) {
    vault.add(entry(number), &random.save(), NOW).unwrap();
    storage.save(vault);
    storage.settle(vault);
}

/// A settled vault of three entries, both bodies of which are damaged behind their heads.
fn damaged(random: &mut Random) -> Storage {
    let (mut vault, mut storage) = fixture().stored(random);
    for number in 1..=3 {
        add(&mut vault, &mut storage, number, random);
    }
    for body in ["b0", "b1"] {
        storage.0.get_mut(body).unwrap()[100] ^= 1;
    }
    storage
}

#[test]
fn the_newest_earlier_state_is_shown_with_its_date_and_count() {
    let storage = damaged(&mut Random(71));
    assert_eq!(storage.open().unwrap_err(), VaultError::BodyUnreadable);
    let vault = rescue(&storage, &fixture().key()).unwrap();
    let rescued = vault.rescued().unwrap();
    assert_eq!((rescued.entries, rescued.saved), (2, NOW));
    assert_eq!(vault.live_entries().count(), 2);
}

#[test]
fn the_newest_is_taken_wherever_it_stands() {
    let mut random = Random(72);
    let storage = damaged(&mut random);
    let mut others = ring(&storage);
    others.reverse();
    let (vault, _) =
        Vault::rescue(&fixture().key(), &storage.values(), &others, random.replica()).unwrap();
    assert_eq!(vault.live_entries().count(), 2);
}

#[test]
fn a_body_that_opens_is_never_passed_over_for_an_earlier_state() {
    let mut random = Random(73);
    let (mut vault, mut storage) = fixture().stored(&mut random);
    add(&mut vault, &mut storage, 1, &mut random);
    storage.0.get_mut("b0").unwrap()[100] ^= 1;
    let vault = rescue(&storage, &fixture().key()).unwrap();
    assert_eq!((vault.rescued(), vault.live_entries().count()), (None, 1));
}

#[test]
fn without_an_earlier_state_that_opens_the_vault_stays_unreadable() {
    let mut storage = damaged(&mut Random(74));
    for (key, value) in &mut storage.0 {
        if key.starts_with('r') {
            value[100] ^= 1;
        }
    }
    assert_eq!(rescue(&storage, &fixture().key()).unwrap_err(), VaultError::BodyUnreadable);
}

#[test]
fn one_damaged_header_is_no_hindrance_and_two_are_said() {
    let mut storage = damaged(&mut Random(75));
    storage.0.insert("h0", b"torn".to_vec());
    assert!(rescue(&storage, &fixture().key()).is_ok());
    storage.0.insert("h1", b"DCV1".to_vec());
    assert_eq!(rescue(&storage, &fixture().key()).unwrap_err(), VaultError::NotAVault);
}

#[test]
fn every_change_of_a_rescued_vault_is_refused() {
    let mut random = Random(76);
    let storage = damaged(&mut random);
    let mut vault = rescue(&storage, &fixture().key()).unwrap();
    let id = vault.live_entries().next().unwrap().0;
    let unlocked = Unlocked { header: vault.header().clone(), key: fixture().key() };
    let (header, _) =
        unlock::replace_recovery_code(&unlocked, &Zeroizing::new(random.bytes())).unwrap();
    let rotated = unlock::rotate_key(&unlocked, stretched(), &random.bytes()).unwrap();
    let earlier = vault.earlier(ring(&storage)[1]).unwrap();
    let refusals = [
        vault.add(entry(9), &random.save(), NOW).map(drop),
        vault.edit(id, |entry| entry.pinned = true, &random.save(), NOW),
        vault.delete(id, &random.save(), NOW),
        vault.restore(id, &random.save(), NOW),
        vault.restore_from(&earlier, Restored::Everything, &random.save(), NOW).map(drop),
        vault.begin_header(header.as_bytes(), &random.save()),
        vault.begin_key(rotated.header.as_bytes(), &rotated.key, &random.save()),
        vault.begin_next_copy().map(drop),
    ];
    assert_eq!(refusals, [Err(VaultError::ReadOnly); 8]);
    assert!(vault.pending_save().is_none());
}

#[test]
fn going_on_writes_the_state_as_a_revision_after_all_that_there_were() {
    let mut random = Random(77);
    let mut storage = damaged(&mut random);
    let mut vault = rescue(&storage, &fixture().key()).unwrap();
    assert_eq!(vault.rev(), 3);
    assert!(vault.begin_going_on(&random.save()).unwrap());
    storage.save(&mut vault);
    storage.settle(&mut vault);
    assert_eq!((vault.rescued(), vault.rev()), (None, 5));
    add(&mut vault, &mut storage, 9, &mut random);
    assert!(!vault.begin_going_on(&random.save()).unwrap());
    let (vault, report) = storage.open().unwrap();
    assert_eq!(vault.live_entries().count(), 3);
    assert_eq!((report.bodies, report.headers), ([None; 2], [None; 2]));
}

#[test]
fn a_going_on_that_is_not_saved_leaves_the_vault_read_only() {
    let mut random = Random(78);
    let storage = damaged(&mut random);
    let mut vault = rescue(&storage, &fixture().key()).unwrap();
    assert!(vault.begin_going_on(&random.save()).unwrap());
    assert_eq!(vault.confirm(None), Err(VaultError::NotSaved));
    assert_eq!(vault.rescued().unwrap().entries, 2);
    assert_eq!(vault.delete(vault.entries()[0].0, &random.save(), NOW), Err(VaultError::ReadOnly));
}

#[test]
fn a_claimed_revision_out_of_reach_is_not_followed() {
    let mut random = Random(79);
    let mut storage = damaged(&mut random);
    for body in ["b0", "b1"] {
        storage.0.get_mut(body).unwrap()[21..29].copy_from_slice(&u64::MAX.to_le_bytes());
    }
    let mut vault = rescue(&storage, &fixture().key()).unwrap();
    assert!(vault.begin_going_on(&random.save()).unwrap());
    storage.save(&mut vault);
    assert_eq!(vault.rev(), 4);
}

#[test]
fn the_recovery_code_acknowledged_last_stays_in_force_through_a_rescue() {
    let mut random = Random(80);
    let (mut vault, mut storage) = fixture().stored(&mut random);
    add(&mut vault, &mut storage, 1, &mut random);
    let unlocked = Unlocked { header: vault.header().clone(), key: fixture().key() };
    let rotated = unlock::rotate_key(&unlocked, stretched(), &random.bytes()).unwrap();
    let code = rotated.recovery_code.to_text().to_string();
    vault.begin_key(rotated.header.as_bytes(), &rotated.key, &random.save()).unwrap();
    // Acknowledged, and then the browser was killed: the ring is of the key before.
    storage.save(&mut vault);
    assert!(vault.begin_next_copy().unwrap());
    storage.save(&mut vault);
    for body in ["b0", "b1"] {
        storage.0.get_mut(body).unwrap()[100] ^= 1;
    }
    let mut vault = rescue(&storage, &rotated.key).unwrap();
    assert!(vault.key().is(&rotated.key));
    assert!(vault.begin_going_on(&random.save()).unwrap());
    storage.save(&mut vault);
    storage.settle(&mut vault);
    let headers = storage.values().headers;
    let unlocked = unlock::unlock(headers, &with_code(&code)).unwrap();
    let opened = Vault::open(&unlocked.key, &storage.values(), random.replica()).unwrap();
    assert_eq!(opened.0.rescued(), None);
    let old = unlock::unlock(headers, &with_code(&fixture().code)).map(drop);
    assert_eq!(old, Err(VaultError::WrongRecoveryCodeOrTampered));
}

#[test]
fn nothing_stored_is_no_vault_to_rescue() {
    let values = StoredValues::default();
    let opened = Vault::rescue(&fixture().key(), &values, &[], Random(81).replica());
    assert_eq!(opened.map(drop).unwrap_err(), VaultError::HeaderMissing);
}
