//! Entries from elsewhere: what each would be, all or nothing, and the way back.

use std::collections::BTreeSet;

use doorcode::aws::identity::{AwsIdentity, Partition};
use doorcode::entry::{Entry, EntryId};
use doorcode::hotp::{Counter, Digits};
use doorcode::otpauth::MovingFactor;
use doorcode::vault::{
    Arrival, Arrived, Difference, Restored, RingPlace, StorageKey, Vault, VaultError,
};

use super::sealed_body;
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
fn an_undo_takes_out_what_was_added_and_puts_back_what_was_changed() {
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
    assert_eq!(vault.entry(arrived.added[0]), Err(VaultError::NoSuchEntry));
    assert!(vault.entry(deleted).unwrap().deleted.is_some());
}

/// Takes entries in and gives the vault as it is stored after that.
fn imported(
    vault: &mut Vault,
    storage: &mut Storage,
    random: &mut Random,
    entries: Vec<Entry>,
) -> Arrived {
    let arrived = vault.take_in(entries, ids(random), &random.save(), NOW).unwrap();
    storage.save(vault);
    storage.settle(vault);
    arrived
}

#[test]
fn an_undo_deletes_recoverably_what_was_changed_since_it_was_added() {
    let mut random = Random(78);
    let (mut vault, mut storage) = with_entries(&[], &mut random);
    let arrived =
        imported(&mut vault, &mut storage, &mut random, vec![entry(1), entry(2), entry(3)]);
    let [edited, _, trashed] = arrived.added.as_slice().try_into().unwrap();
    vault.edit(edited, |entry| entry.note = "mine".into(), &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    vault.delete(trashed, &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    assert_eq!(vault.undo_arrivals(&arrived, None, &random.save(), NOW), Ok(2));
    storage.save(&mut vault);
    let left: BTreeSet<_> = vault.entries().into_iter().map(|(id, _)| id).collect();
    assert_eq!(left, [edited, trashed].into());
    assert_eq!(vault.live_entries().count(), 0);
    assert_eq!(vault.undo_arrivals(&arrived, None, &random.save(), NOW), Ok(0));
}

#[test]
fn undone_imports_leave_room_for_the_next_one() {
    let mut random = Random(79);
    let (mut vault, mut storage) = with_entries(&[], &mut random);
    let large = || {
        let noted = |number| Entry { note: "x".repeat(4000), ..entry(number) };
        (1..=300).map(noted).collect()
    };
    let sizes: Vec<usize> = (0..4)
        .map(|_| {
            let arrived = imported(&mut vault, &mut storage, &mut random, large());
            assert_eq!(vault.undo_arrivals(&arrived, None, &random.save(), NOW), Ok(300));
            storage.save(&mut vault);
            storage.settle(&mut vault);
            storage.get(StorageKey::Body0).unwrap().len()
        })
        .collect();
    assert_eq!(sizes, [sizes[0]; 4]);
}

/// The names of the versions in the body in force: replica and count.
fn versions(vault: &Vault, storage: &Storage) -> BTreeSet<Vec<u8>> {
    let body = storage.get(StorageKey::Body0).unwrap();
    let records = sealed_body::open(vault.key(), body).unwrap();
    sealed_body::split(&records).map(|record| record[22..32].to_vec()).collect()
}

#[test]
fn no_version_has_the_name_of_one_that_an_undo_took_out() {
    let mut random = Random(81);
    let (vault, mut storage) = with_entries(&[1], &mut random);
    drop(vault);
    // The same replica each time, as when the browser ends the background.
    let (mut vault, _) = storage.open().unwrap();
    let arrived = imported(&mut vault, &mut storage, &mut random, vec![entry(2), entry(3)]);
    let taken_out = versions(&vault, &storage);
    vault.undo_arrivals(&arrived, None, &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    storage.settle(&mut vault);
    let (mut vault, _) = storage.open().unwrap();
    imported(&mut vault, &mut storage, &mut random, vec![entry(4), entry(5)]);
    let common: Vec<_> = versions(&vault, &storage).intersection(&taken_out).cloned().collect();
    assert_eq!(common.len(), 1, "the entry that was there before has its version");
}

#[test]
fn what_an_undo_took_out_stands_among_the_earlier_bodies() {
    let mut random = Random(80);
    let (mut vault, mut storage) = with_entries(&[], &mut random);
    let arrived = imported(&mut vault, &mut storage, &mut random, vec![entry(1), entry(2)]);
    let (rev, before) = (vault.rev(), names(&vault));
    vault.undo_arrivals(&arrived, None, &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    storage.settle(&mut vault);
    let kept = RingPlace::all().filter_map(|place| storage.get(StorageKey::Earlier(place)));
    let earlier = kept.map(|sealed| vault.earlier(sealed).unwrap());
    let earlier = earlier.into_iter().find(|earlier| earlier.rev() == rev).unwrap();
    vault.restore_from(&earlier, Restored::Everything, &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    assert_eq!(names(&vault), before);
}

#[test]
fn an_aws_entry_lacks_its_partition_unless_the_file_or_the_vault_knows_it() {
    let mut random = Random(77);
    let (mut vault, mut storage) = with_entries(&[1, 2], &mut random);
    let known = vault.entry_with_secret(&entry(1).key.secret).unwrap();
    let china = |entry: &mut Entry| entry.aws.partition = Some(Partition::China);
    vault.edit(known, china, &random.save(), NOW).unwrap();
    storage.save(&mut vault);

    let mut told = entry(3);
    told.aws.partition = Some(Partition::GovCloud);
    let mut of_another = entry(4);
    of_another.key.issuer = Some("Example".into());
    of_another.aws = AwsIdentity::default();
    let arriving =
        [renamed(1, "known"), renamed(2, "unknown"), told, of_another, entry(5), entry(5)];
    let lacking: Vec<_> = vault
        .arrivals(&arriving)
        .iter()
        .zip(&arriving)
        .map(|(arrival, entry)| arrival.lacks_partition(entry))
        .collect();
    assert_eq!(lacking, [false, true, false, false, true, false]);

    let mut changed = renamed(1, "another name");
    changed.aws.partition = Some(Partition::Aws);
    vault.take_in(vec![changed], ids(&mut random), &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    assert_eq!(vault.entry(known).unwrap().aws.partition, Some(Partition::China));
    assert_eq!(vault.entry(known).unwrap().key.account_name, "another name");
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
