//! Entries from elsewhere: what each would be, all or nothing, and the way back.

use std::collections::BTreeSet;

use doorcode::entry::{Entry, EntryId};
use doorcode::hotp::{Counter, Digits};
use doorcode::otpauth::MovingFactor;
use doorcode::vault::{Arrival, Difference, RingPlace, StorageKey, Vault, VaultError};

use super::support::{NOW, Random, Storage, entry, fixture};

fn with_entries(numbers: &[u64], random: &mut Random) -> (Vault, Storage) {
    let (mut vault, mut storage) = fixture().stored(random);
    for number in numbers {
        vault.add(entry(*number), &random.save(), NOW).unwrap();
        storage.save(&mut vault);
        storage.settle(&mut vault);
    }
    (vault, storage)
}

fn renamed(number: u64, name: &str) -> Entry {
    let mut entry = entry(number);
    name.clone_into(&mut entry.key.account_name);
    entry
}

/// The account names that are not deleted.
fn names(vault: &Vault) -> BTreeSet<String> {
    vault.live_entries().map(|(_, entry)| entry.key.account_name.clone()).collect()
}

fn ids(random: &mut Random) -> impl FnMut() -> EntryId + use<> {
    let mut own = Random(random.next());
    move || EntryId::from_bytes(own.bytes())
}

#[test]
fn says_of_each_what_it_would_be() {
    let mut random = Random(70);
    let (mut vault, mut storage) = with_entries(&[1, 2, 3], &mut random);
    let deleted = vault.entry_with_secret(&entry(3).key.secret).unwrap();
    vault.delete(deleted, &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    let mut changed = renamed(2, "another name");
    changed.key.digits = Digits::EIGHT;
    changed.note = "from elsewhere".into();
    let mut counter_based = entry(5);
    counter_based.key.factor = MovingFactor::Counter(Counter(7));

    let arriving = [entry(1), changed, entry(3), entry(4), renamed(4, "again"), counter_based];
    let arrivals = vault.arrivals(&arriving);
    assert!(matches!(
        arrivals.as_slice(),
        [
            Arrival::Same,
            Arrival::Changed { differences, .. },
            Arrival::Deleted { .. },
            Arrival::New,
            Arrival::Repeated,
            Arrival::CounterBased,
        ] if *differences == [Difference::AccountName, Difference::Digits, Difference::Note]
    ));
}

#[test]
fn a_note_that_arrives_empty_or_stands_in_ours_is_no_difference() {
    let mut random = Random(71);
    let (mut vault, mut storage) = with_entries(&[1], &mut random);
    let id = vault.live_entries().next().unwrap().0;
    vault.edit(id, |entry| entry.note = "ours, and theirs".into(), &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    let mut noted = entry(1);
    noted.note = "theirs".into();
    for arriving in [entry(1), noted] {
        assert!(matches!(vault.arrivals(&[arriving]).as_slice(), [Arrival::Same]));
    }
}

#[test]
fn takes_all_in_with_one_save_and_nothing_when_that_fails() {
    let mut random = Random(72);
    let (mut vault, mut storage) = with_entries(&[1, 2], &mut random);
    let before = (vault.rev(), names(&vault));
    let arriving = || vec![renamed(2, "another name"), entry(3), entry(3), entry(4)];

    let arrived = vault.take_in(arriving(), ids(&mut random), &random.save(), NOW).unwrap();
    assert_eq!((arrived.added.len(), arrived.changed.len()), (2, 1));
    assert_eq!(vault.confirm(None), Err(VaultError::NotSaved));
    assert_eq!((vault.rev(), names(&vault)), before);

    vault.take_in(arriving(), ids(&mut random), &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    assert_eq!(vault.rev(), before.0 + 1);
    let (opened, _) = storage.open().unwrap();
    assert_eq!(names(&opened).len(), 4);
    assert!(names(&opened).contains("another name"));
}

#[test]
fn what_does_not_fit_leaves_the_vault_as_it_was() {
    let mut random = Random(73);
    let (mut vault, _) = with_entries(&[1], &mut random);
    let noted = |number| {
        let mut entry = entry(number);
        entry.note = "x".repeat(Entry::MAX_NOTE_BYTES);
        entry
    };
    let arriving = (2..600).map(noted).collect();
    let refused = vault.take_in(arriving, ids(&mut random), &random.save(), NOW);
    assert_eq!(refused.err(), Some(VaultError::VaultFull));
    assert!(vault.pending_save().is_none());
    assert_eq!(names(&vault).len(), 1);
}

#[test]
fn nothing_new_begins_no_save() {
    let mut random = Random(74);
    let (mut vault, _) = with_entries(&[1], &mut random);
    let arrived = vault.take_in(vec![entry(1)], ids(&mut random), &random.save(), NOW).unwrap();
    assert!(arrived.is_empty());
    assert!(vault.pending_save().is_none());
}

#[test]
fn an_undo_deletes_what_was_added_and_puts_back_what_was_changed() {
    let mut random = Random(75);
    let (mut vault, mut storage) = with_entries(&[1, 2, 3], &mut random);
    let deleted = vault.entry_with_secret(&entry(3).key.secret).unwrap();
    vault.delete(deleted, &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    storage.settle(&mut vault);
    let (rev, before) = (vault.rev(), names(&vault));
    let arriving = vec![renamed(2, "another name"), entry(3), entry(4)];
    let arrived = vault.take_in(arriving, ids(&mut random), &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    storage.settle(&mut vault);
    assert_eq!(names(&vault).len(), 4);
    // Something else that happens in between is left alone.
    vault.add(entry(9), &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    storage.settle(&mut vault);

    let without = vault.undo_arrivals(&arrived, None, &random.save(), NOW);
    assert_eq!(without.err(), Some(VaultError::EarlierUnreadable));
    let kept = RingPlace::all().filter_map(|place| storage.get(StorageKey::Earlier(place)));
    let earlier = kept.map(|sealed| vault.earlier(sealed).unwrap());
    let earlier = earlier.into_iter().find(|earlier| earlier.rev() == rev).unwrap();
    assert_eq!(vault.undo_arrivals(&arrived, Some(&earlier), &random.save(), NOW), Ok(3));
    storage.save(&mut vault);
    let mut after = names(&vault);
    assert!(after.remove(&entry(9).key.account_name));
    assert_eq!(after, before);
    assert!(vault.entry(arrived.added[0]).unwrap().deleted.is_some());
    assert!(vault.entry(deleted).unwrap().deleted.is_some());
}

#[test]
fn an_entry_that_changes_keeps_what_the_vault_knows_beyond_it() {
    let mut random = Random(76);
    let (mut vault, mut storage) = with_entries(&[1], &mut random);
    let id = vault.live_entries().next().unwrap().0;
    let own = |entry: &mut Entry| {
        entry.note = "ours".into();
        entry.pinned = true;
        entry.colour = Some(3);
    };
    vault.edit(id, own, &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    let mut arriving = entry(1);
    arriving.key.digits = Digits::EIGHT;
    vault.take_in(vec![arriving], ids(&mut random), &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    let entry = vault.entry(id).unwrap();
    assert_eq!(entry.key.digits, Digits::EIGHT);
    assert_eq!((entry.note.as_str(), entry.pinned, entry.colour), ("ours", true, Some(3)));
}
