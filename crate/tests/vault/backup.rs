//! Backups: a file that opens by itself, and what putting it back changes.

use std::sync::OnceLock;

use doorcode::entry::UnixTime;
use doorcode::vault::backup::{self, Backup};
use doorcode::vault::unlock::{self, Unlocked};
use doorcode::vault::{Header, KdfParams, Restored, Vault, VaultError, VaultKey};
use zeroize::Zeroizing;

use super::support::{
    NOW, PASSPHRASE, Random, Storage, entry, fixture, passphrase, with_passphrase,
};

const DATE: UnixTime = UnixTime(1_790_000_123);

/// Header and key of one made-up backup, derived once.
pub(crate) fn own() -> Unlocked {
    static OWN: OnceLock<(Vec<u8>, [u8; 32])> = OnceLock::new();
    let (header, key) = OWN.get_or_init(|| {
        let random = Random(70).bytes();
        let own = unlock::create_backup_key(&passphrase(PASSPHRASE), KdfParams::FLOOR, &random);
        let own = own.unwrap();
        (own.header.as_bytes().to_vec(), *own.key.expose())
    });
    Unlocked {
        header: Header::parse(header).unwrap(),
        key: VaultKey::from_bytes(Zeroizing::new(*key)),
    }
}

/// A vault of three entries, the last of them deleted.
fn three_entries(random: &mut Random) -> (Vault, Storage) {
    let (mut vault, mut storage) = fixture().stored(random);
    let mut last = None;
    for number in 1..=3 {
        last = Some(vault.add(entry(number), &random.save(), NOW).unwrap());
        storage.save(&mut vault);
    }
    vault.delete(last.unwrap(), &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    (vault, storage)
}

pub(crate) fn file(vault: &Vault) -> Vec<u8> {
    vault.to_backup(&own(), [8; 24], DATE).unwrap()
}

fn names(vault: &Vault) -> Vec<String> {
    let names = vault.live_entries().map(|(_, entry)| entry.key.account_name.clone());
    let mut names: Vec<String> = names.collect();
    names.sort_unstable();
    names
}

#[test]
fn a_backup_opens_with_its_passphrase_alone_and_says_when_it_was_made() {
    let (vault, _) = three_entries(&mut Random(71));
    let file = file(&vault);
    let header = backup::header_of(&file).unwrap();
    let secret = with_passphrase(PASSPHRASE);
    let unlocked = unlock::unlock([Some(header.as_bytes()), None], &secret).unwrap();
    let opened = Backup::open(&unlocked.key, &file).unwrap();
    assert_eq!(opened.created(), DATE);
    assert_eq!(backup::claimed_date(&file), Ok(DATE));
    assert_eq!(opened.content().entry_count(), 2);
}

#[test]
fn a_backup_has_its_own_key_and_vault_id() {
    let (vault, _) = three_entries(&mut Random(72));
    let file = file(&vault);
    assert_ne!(backup::header_of(&file).unwrap().vault_id(), vault.id());
    assert_eq!(Backup::open(&fixture().key(), &file).unwrap_err(), VaultError::BackupDamaged);
}

#[test]
fn deleted_entries_are_left_out() {
    let (vault, _) = three_entries(&mut Random(73));
    assert_eq!(vault.entries().len(), 3);
    let file = file(&vault);
    let (mut empty, mut storage) = fixture().stored(&mut Random(74));
    let opened = Backup::open(&own().key, &file).unwrap();
    let random = Random(75).save();
    empty.restore_from(opened.content(), Restored::Missing, &random, NOW).unwrap();
    storage.save(&mut empty);
    assert_eq!(empty.entries().len(), 2);
}

#[test]
fn a_restore_adds_what_is_missing_and_keeps_what_differs_unless_asked() {
    let mut random = Random(76);
    let (mut vault, mut storage) = three_entries(&mut random);
    let backup = Backup::open(&own().key, &file(&vault)).unwrap();
    let ids: Vec<_> = vault.live_entries().map(|(id, _)| id).collect();
    vault.edit(ids[0], |entry| entry.note = "later".into(), &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    vault.delete(ids[1], &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    vault.add(entry(9), &random.save(), NOW).unwrap();
    storage.save(&mut vault);

    let plan = vault.plan_restore(backup.content(), Restored::Missing);
    assert_eq!((plan.add.len(), plan.change.len(), plan.keep, plan.delete.len()), (1, 1, 2, 0));
    let count = vault.restore_from(backup.content(), Restored::Missing, &random.save(), NOW);
    assert_eq!(count, Ok(1));
    storage.save(&mut vault);
    assert_eq!(names(&vault).len(), 3);
    assert_eq!(vault.entry(ids[0]).unwrap().note, "later");

    let how = Restored::MissingAndChanged;
    let count = vault.restore_from(backup.content(), how, &random.save(), NOW);
    assert_eq!(count, Ok(1));
    storage.save(&mut vault);
    assert_eq!(vault.entry(ids[0]).unwrap().note, "");
    let count = vault.restore_from(backup.content(), how, &random.save(), NOW);
    assert_eq!(count, Ok(0));
    assert_eq!(names(&storage.open().unwrap().0), names(&vault));
}

#[test]
fn an_entry_that_was_added_by_hand_meanwhile_is_not_added_twice() {
    let mut random = Random(77);
    let (vault, _) = three_entries(&mut random);
    let backup = Backup::open(&own().key, &file(&vault)).unwrap();
    let (mut other, mut storage) = fixture().stored(&mut random);
    other.add(entry(1), &random.save(), NOW).unwrap();
    storage.save(&mut other);
    let plan = other.plan_restore(backup.content(), Restored::Missing);
    assert_eq!((plan.add.len(), plan.change.len(), plan.keep), (1, 0, 1));
}

#[test]
fn every_flipped_bit_of_a_backup_is_a_typed_error() {
    let (vault, _) = three_entries(&mut Random(78));
    let (file, key) = (file(&vault), own().key);
    for bit in 0..file.len() * 8 {
        let mut flipped = file.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let error = Backup::open(&key, &flipped).unwrap_err();
        assert!(matches!(
            error,
            VaultError::NotABackup
                | VaultError::BackupDamaged
                | VaultError::UnsupportedFormat { .. }
                | VaultError::NotAVault
                | VaultError::HeaderMalformed
                | VaultError::KdfParamsOutOfRange { .. }
        ));
    }
}

#[test]
fn every_truncation_of_a_backup_is_a_typed_error() {
    let (vault, _) = three_entries(&mut Random(79));
    let (file, key) = (file(&vault), own().key);
    for length in 0..file.len() {
        let error = Backup::open(&key, &file[..length]).unwrap_err();
        let expected = match length {
            0..4 => VaultError::NotABackup,
            _ => VaultError::BackupDamaged,
        };
        assert_eq!(error, expected, "{length} bytes");
    }
    let longer = [file.as_slice(), &[0]].concat();
    assert_eq!(Backup::open(&key, &longer).unwrap_err(), VaultError::BackupDamaged);
}

#[test]
fn a_backup_that_holds_something_else_does_not_pass_the_comparison() {
    let mut random = Random(80);
    let (mut vault, mut storage) = three_entries(&mut random);
    let before = file(&vault);
    assert_eq!(vault.check_backup(&own(), &before), Ok(()));
    vault.add(entry(9), &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    assert_eq!(vault.check_backup(&own(), &before), Err(VaultError::BackupDamaged));
}
