//! Earlier bodies, kept in a ring, and going back to one of them.

use doorcode::vault::{Restored, RingPlace, StorageKey, Vault, VaultError};

use super::support::{NOW, Random, Storage, entry, fixture};

fn note(vault: &mut Vault, storage: &mut Storage, text: &str, random: &mut Random) {
    let id = vault.live_entries().next().unwrap().0;
    vault.edit(id, |entry| text.clone_into(&mut entry.note), &random.save(), NOW).unwrap();
    storage.save(vault);
    storage.settle(vault);
}

fn with_notes(count: usize, random: &mut Random) -> (Vault, Storage) {
    let (mut vault, mut storage) = fixture().stored(random);
    vault.add(entry(1), &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    storage.settle(&mut vault);
    for number in 0..count {
        note(&mut vault, &mut storage, &format!("note {number}"), random);
    }
    (vault, storage)
}

/// The revisions of the earlier bodies that open.
fn revs(vault: &Vault, storage: &Storage) -> Vec<u64> {
    let kept = RingPlace::all().filter_map(|place| storage.get(StorageKey::Earlier(place)));
    let mut revs: Vec<u64> = kept.map(|sealed| vault.earlier(sealed).unwrap().rev()).collect();
    revs.sort_unstable();
    revs
}

#[test]
fn what_a_change_replaces_is_kept_and_thins_out_with_age() {
    let (vault, storage) = with_notes(40, &mut Random(60));
    assert_eq!(revs(&vault, &storage), [16, 32, 36, 38, 40, 41]);
}

#[test]
fn going_back_is_a_new_revision_and_what_came_later_is_in_the_trash() {
    let mut random = Random(61);
    let (mut vault, mut storage) = with_notes(3, &mut random);
    let earlier = vault.earlier(storage.0["r0"].as_slice()).unwrap();
    let added = vault.add(entry(2), &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    note(&mut vault, &mut storage, "the latest", &mut random);

    let plan = vault.plan_restore(&earlier, Restored::Everything);
    assert_eq!((plan.add.len(), plan.change.len(), plan.keep, plan.delete.len()), (0, 1, 0, 1));
    let before = storage.clone();
    vault.restore_from(&earlier, Restored::Everything, &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    storage.settle(&mut vault);
    let notes: Vec<_> = vault.live_entries().map(|(_, entry)| entry.note.clone()).collect();
    assert_eq!(notes, ["note 0"]);
    assert!(vault.entry(added).unwrap().deleted.is_some());
    let kept = RingPlace::all().filter_map(|place| storage.get(StorageKey::Earlier(place)));
    assert!(kept.into_iter().any(|kept| kept == before.0["b0"]));
}

#[test]
fn a_plan_counts_what_was_deleted_then_and_is_not_now() {
    let mut random = Random(63);
    let (mut vault, mut storage) = with_notes(0, &mut random);
    let id = vault.live_entries().next().unwrap().0;
    vault.delete(id, &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    storage.settle(&mut vault);
    let sealed = storage.0["b0"].clone();
    vault.restore(id, &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    let earlier = vault.earlier(&sealed).unwrap();
    let plan = vault.plan_restore(&earlier, Restored::Everything);
    assert_eq!((plan.add.len(), plan.change.len(), plan.keep, plan.delete.len()), (0, 0, 0, 1));
    vault.restore_from(&earlier, Restored::Everything, &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    assert_eq!(vault.live_entries().count(), 0);
}

#[test]
fn the_earlier_bodies_of_another_key_or_damaged_ones_do_not_open() {
    let mut random = Random(62);
    let (vault, storage) = with_notes(3, &mut random);
    let kept = storage.0["r0"].clone();
    assert_eq!(vault.earlier(&kept[..1000]).unwrap_err(), VaultError::EarlierUnreadable);
    assert_eq!(vault.earlier(b"").unwrap_err(), VaultError::EarlierUnreadable);
}
