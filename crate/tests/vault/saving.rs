//! The save protocol: nothing comes into force that was not read back.

use doorcode::entry::EntryId;
use doorcode::vault::unlock::{self, Unlocked};
use doorcode::vault::{Presence, StorageKey, Vault, VaultError, presence};
use zeroize::Zeroizing;

use super::support::{NOW, Random, Storage, entry, fixture, with_code};

fn notes(vault: &Vault) -> Vec<String> {
    vault.entries().into_iter().map(|(_, entry)| entry.note.clone()).collect()
}

fn edit(vault: &mut Vault, id: EntryId, note: &str, random: &mut Random) -> StorageKey {
    vault.edit(id, |entry| note.clone_into(&mut entry.note), &random.save(), NOW).unwrap();
    vault.pending_save().unwrap().key
}

fn with_one_entry(random: &mut Random) -> (Vault, Storage, EntryId) {
    let (mut vault, mut storage) = fixture().stored(random);
    let id = vault.add(entry(1), &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    storage.settle(&mut vault);
    (vault, storage, id)
}

#[test]
fn a_new_vault_stores_its_body_before_its_header_and_then_the_second_copies() {
    let mut random = Random(10);
    let mut vault = fixture().create(&mut random);
    let mut storage = Storage::default();
    let (mut order, mut commits) = (Vec::new(), Vec::new());
    assert_eq!(presence(&storage.values()), Presence::Absent);
    while vault.begin_next_copy().unwrap() {
        let save = vault.pending_save().unwrap();
        order.push(save.key.as_str());
        commits.push(save.commits);
        storage.save(&mut vault);
        let expected = if order.len() == 1 { Presence::Unfinished } else { Presence::Present };
        assert_eq!(presence(&storage.values()), expected);
    }
    assert_eq!(order, ["b0", "h0", "b1", "h1"]);
    assert_eq!(commits, [false, true, false, false]);
    assert!(storage.open().unwrap().0.entries().is_empty());
}

#[test]
fn a_vault_whose_headers_are_gone_is_present_and_not_absent() {
    let mut random = Random(11);
    let (_, mut storage, _) = with_one_entry(&mut random);
    storage.0.remove("h0");
    storage.0.remove("h1");
    assert_eq!(presence(&storage.values()), Presence::Present);
    storage.0.remove("b1");
    assert_eq!(presence(&storage.values()), Presence::Present);
}

#[test]
fn a_change_is_not_in_force_before_it_is_confirmed() {
    let mut random = Random(12);
    let (mut vault, storage, id) = with_one_entry(&mut random);
    edit(&mut vault, id, "new", &mut random);
    assert_eq!(notes(&vault), [""]);
    assert_eq!(notes(&storage.open().unwrap().0), [""]);
    let value = vault.pending_save().unwrap().value.to_vec();
    vault.confirm(Some(&value)).unwrap();
    assert_eq!(notes(&vault), ["new"]);
}

#[test]
fn a_wrong_read_back_leaves_the_earlier_state_and_the_next_save_goes_to_the_same_place() {
    let mut random = Random(13);
    let (mut vault, mut storage, id) = with_one_entry(&mut random);
    let place = edit(&mut vault, id, "lost", &mut random);
    let value = vault.pending_save().unwrap().value.to_vec();
    let cut = &value[..value.len() - 1];
    for read_back in [None, Some(cut)] {
        assert_eq!(vault.confirm(read_back), Err(VaultError::NotSaved));
        assert_eq!(notes(&vault), [""]);
        assert_eq!(edit(&mut vault, id, "lost", &mut random), place);
    }
    storage.save(&mut vault);
    assert_eq!(notes(&vault), ["lost"]);
    assert_eq!(notes(&storage.open().unwrap().0), ["lost"]);
}

#[test]
fn an_abandoned_save_leaves_the_earlier_state() {
    let mut random = Random(14);
    let (mut vault, _, id) = with_one_entry(&mut random);
    let place = edit(&mut vault, id, "given up", &mut random);
    vault.abandon();
    assert_eq!(vault.pending_save(), None);
    assert_eq!(notes(&vault), [""]);
    assert_eq!(edit(&mut vault, id, "again", &mut random), place);
}

#[test]
fn no_change_begins_while_another_is_being_saved() {
    let mut random = Random(15);
    let (mut vault, _, id) = with_one_entry(&mut random);
    edit(&mut vault, id, "first", &mut random);
    let refused = vault.delete(id, &random.save(), NOW);
    assert_eq!(refused, Err(VaultError::SaveInProgress));
    assert_eq!(vault.begin_next_copy(), Err(VaultError::SaveInProgress));
    vault.abandon();
    assert_eq!(vault.confirm(None), Err(VaultError::NoSaveInProgress));
}

#[test]
fn an_acknowledged_change_survives_the_loss_of_either_copy() {
    let mut random = Random(16);
    let (_, storage, _) = with_one_entry(&mut random);
    for lost in ["b0", "b1", "h0", "h1"] {
        let mut storage = storage.clone();
        storage.0.remove(lost);
        assert_eq!(storage.open().unwrap().0.entries().len(), 1);
    }
}

/// A header with another recovery code.
fn next_header(vault: &Vault, random: &mut Random) -> (Vec<u8>, String) {
    let unlocked = Unlocked { header: vault.header().clone(), key: fixture().key() };
    let (header, code) =
        unlock::replace_recovery_code(&unlocked, &Zeroizing::new(random.bytes())).unwrap();
    (header.as_bytes().to_vec(), code.to_text().to_string())
}

fn opens(storage: &Storage, code: &str) -> bool {
    unlock::unlock(storage.values().headers, &with_code(code)).is_ok()
}

#[test]
fn a_new_header_comes_into_force_with_the_body_that_names_it() {
    let mut random = Random(18);
    let (mut vault, mut storage, _) = with_one_entry(&mut random);
    let (header, code) = next_header(&vault, &mut random);
    vault.begin_header(&header, &random.save()).unwrap();
    assert!(!vault.pending_save().unwrap().commits);
    storage.save(&mut vault);
    assert_eq!(vault.header().rev(), 1);
    assert_eq!(storage.open().unwrap().0.header().rev(), 1);
    assert!(vault.begin_next_copy().unwrap());
    assert!(vault.pending_save().unwrap().commits);
    storage.save(&mut vault);
    assert_eq!(vault.header().rev(), 2);
    assert_eq!(storage.open().unwrap().0.header().rev(), 2);
    storage.settle(&mut vault);
    assert!(opens(&storage, &code) && !opens(&storage, &fixture().code));
}

#[test]
fn a_new_header_that_is_not_acknowledged_never_replaces_the_one_in_force() {
    let mut random = Random(19);
    let (mut vault, mut storage, id) = with_one_entry(&mut random);
    let (header, code) = next_header(&vault, &mut random);
    vault.begin_header(&header, &random.save()).unwrap();
    storage.save(&mut vault);
    let mut after_crash = storage.clone();
    let (mut reopened, _) = after_crash.open().unwrap();
    after_crash.settle(&mut reopened);
    assert!(opens(&after_crash, &fixture().code) && !opens(&after_crash, &code));
    edit(&mut vault, id, "something else first", &mut random);
    storage.save(&mut vault);
    storage.settle(&mut vault);
    assert!(opens(&storage, &fixture().code) && !opens(&storage, &code));
}
