//! Entries in and out of the body: every field, and what this version does not know.

use doorcode::aws::identity::{
    AccountAlias, AccountId, AwsIdentity, DeviceName, DirectoryId, Partition, Principal, UserName,
};
use doorcode::entry::{Entry, EntryError, EntryField, EntryId, UnixTime};
use doorcode::hotp::{Algorithm, Counter, Digits};
use doorcode::otpauth::{KeyUri, MovingFactor};
use doorcode::secret::SharedSecret;
use doorcode::totp::Period;
use doorcode::vault::{UnixMillis, Vault, VaultError};
use proptest::option::of;
use proptest::prelude::*;

use super::support::{NOW, Random, entry, fixture};

prop_compose! {
    fn identities()(
        partition in of(prop::sample::select(Partition::ALL.to_vec())),
        account_id in of("[0-9]{12}"),
        account_alias in of("[a-z][a-z0-9]{2,20}"),
        principal in of(prop::sample::select(vec![
            Principal::RootUser,
            Principal::IamUser,
            Principal::IdentityCenterUser,
        ])),
        user_name in of("[\\PC]{1,40}"),
        device_name in of("[A-Za-z0-9_+=,.@-]{1,64}"),
        directory_id in of("d-[0-9a-f]{10}"),
    ) -> AwsIdentity {
        AwsIdentity {
            partition,
            account_id: account_id.map(|text| AccountId::parse(&text).unwrap()),
            account_alias: account_alias.map(|text| AccountAlias::parse(&text).unwrap()),
            principal,
            user_name: user_name.map(|text| UserName::parse(&text).unwrap()),
            device_name: device_name.map(|text| DeviceName::parse(&text).unwrap()),
            directory_id: directory_id.map(|text| DirectoryId::parse(&text).unwrap()),
        }
    }
}

prop_compose! {
    fn keys()(
        secret in prop::collection::vec(any::<u8>(), 1..100),
        time in any::<bool>(),
        period in 1_u32..=86_400,
        counter in any::<u64>(),
        issuer in of("[\\PC]{1,30}"),
        account_name in "[\\PC]{0,60}",
        algorithm in prop::sample::select(vec![
            Algorithm::Sha1,
            Algorithm::Sha256,
            Algorithm::Sha512,
        ]),
        digits in 6_u8..=8,
    ) -> KeyUri {
        KeyUri {
            factor: if time {
                MovingFactor::Time(Period::new(period).unwrap())
            } else {
                MovingFactor::Counter(Counter(counter))
            },
            secret: SharedSecret::from_bytes(secret).unwrap(),
            issuer,
            account_name,
            algorithm,
            digits: Digits::new(digits).unwrap(),
        }
    }
}

prop_compose! {
    fn entries()(
        key in keys(),
        aws in identities(),
        note in "[\\PC\n]{0,200}",
        pending in any::<bool>(),
        pinned in any::<bool>(),
        colour in of(any::<u8>()),
        order in of("[a-z]{1,10}"),
        created in any::<u64>(),
        deleted in of(any::<u64>()),
    ) -> Entry {
        Entry {
            key,
            aws,
            note,
            pending,
            pinned,
            colour,
            order,
            created: UnixTime(created),
            deleted: deleted.map(UnixTime),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_entry_comes_back_as_it_was_saved(list in prop::collection::vec(entries(), 1..8)) {
        let mut random = Random(20);
        let (mut vault, mut storage) = fixture().stored(&mut random);
        let mut saved = Vec::new();
        for entry in list {
            let id = vault.add(entry.clone(), &random.save(), NOW).unwrap();
            storage.save(&mut vault);
            saved.push((id, entry));
        }
        let (opened, report) = storage.open().unwrap();
        prop_assert_eq!(report.unreadable_entries, 0);
        for (id, entry) in &saved {
            prop_assert!(opened.entry(*id).unwrap() == entry);
            prop_assert!(vault.entry(*id).unwrap() == entry);
        }
    }
}

#[test]
fn finds_an_entry_by_its_secret_deleted_or_not() {
    let mut random = Random(21);
    let (mut vault, mut storage) = fixture().stored(&mut random);
    let id = vault.add(entry(1), &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    assert_eq!(vault.entry_with_secret(&entry(1).key.secret), Some(id));
    assert_eq!(vault.entry_with_secret(&entry(2).key.secret), None);
    vault.delete(id, &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    assert_eq!(vault.entry_with_secret(&entry(1).key.secret), Some(id));
}

#[test]
fn a_deleted_entry_is_restored_within_thirty_days_and_erased_after() {
    let mut random = Random(22);
    let (mut vault, mut storage) = fixture().stored(&mut random);
    let id = vault.add(entry(1), &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    vault.delete(id, &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    assert_eq!(vault.entry(id).unwrap().deleted, Some(NOW.to_unix_time()));
    let last = UnixMillis(NOW.0 + Vault::TRASH_SECONDS * 1000);
    assert_eq!(vault.purge(&random.save(), last), Ok(0));
    vault.restore(id, &random.save(), last).unwrap();
    storage.save(&mut vault);
    assert_eq!(vault.entry(id).unwrap().deleted, None);
    vault.delete(id, &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    let after = UnixMillis(last.0 + 1000);
    assert_eq!(vault.purge(&random.save(), after), Ok(1));
    storage.save(&mut vault);
    assert_eq!(vault.entry(id).unwrap_err(), VaultError::NoSuchEntry);
    let (opened, _) = storage.open().unwrap();
    assert!(opened.entries().is_empty());
}

#[test]
fn shows_pinned_entries_first_then_by_order_and_age() {
    let mut random = Random(23);
    let (mut vault, mut storage) = fixture().stored(&mut random);
    for (note, created, order, pinned) in [
        ("young", 30, None, false),
        ("old", 10, None, false),
        ("second", 20, Some("b"), false),
        ("first", 20, Some("a"), false),
        ("pinned", 40, None, true),
    ] {
        let mut entry = entry(created);
        entry.created = UnixTime(created);
        entry.note = note.into();
        entry.order = order.map(String::from);
        entry.pinned = pinned;
        vault.add(entry, &random.save(), NOW).unwrap();
        storage.save(&mut vault);
    }
    let shown: Vec<&str> =
        vault.entries().into_iter().map(|(_, entry)| entry.note.as_str()).collect();
    assert_eq!(shown, ["pinned", "first", "second", "old", "young"]);
}

#[test]
fn changes_several_entries_in_one_save_or_none_of_them() {
    let mut random = Random(25);
    let (mut vault, mut storage) = fixture().stored(&mut random);
    let [first, second] = [1, 2].map(|created| {
        let id = vault.add(entry(created), &random.save(), NOW).unwrap();
        storage.save(&mut vault);
        id
    });
    let rev = vault.rev();
    let note = |text: &str| {
        let text = text.to_owned();
        move |entry: &mut Entry| entry.note.push_str(&text)
    };
    let edits = [(first, note("a")), (second, note("b")), (first, note("c"))];
    vault.edit_all(edits, &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    assert_eq!(vault.rev(), rev + 1);
    let (opened, _) = storage.open().unwrap();
    assert_eq!(opened.entry(first).unwrap().note, "ac");
    assert_eq!(opened.entry(second).unwrap().note, "b");

    let unknown = EntryId::from_bytes([0xee; EntryId::BYTES]);
    let refused = vault.edit_all([(first, note("x")), (unknown, note("y"))], &random.save(), NOW);
    assert_eq!(refused, Err(VaultError::NoSuchEntry));
    assert_eq!(vault.pending_save(), None);
    assert_eq!(vault.entry(first).unwrap().note, "ac");
}

#[test]
fn refuses_texts_beyond_their_limits_and_changes_nothing() {
    let mut random = Random(24);
    let (mut vault, mut storage) = fixture().stored(&mut random);
    let id = vault.add(entry(1), &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    let too_long = |field| Err(VaultError::EntryTextTooLong(EntryError(field)));
    let name = "x".repeat(Entry::MAX_NAME_BYTES + 1);
    let mut long = entry(2);
    long.key.account_name.clone_from(&name);
    let refused = vault.add(long, &random.save(), NOW).map(drop);
    assert_eq!(refused, too_long(EntryField::AccountName));
    let refused = vault.edit(id, |e| e.key.issuer = Some(name), &random.save(), NOW);
    assert_eq!(refused, too_long(EntryField::Issuer));
    let note = "x".repeat(Entry::MAX_NOTE_BYTES + 1);
    let refused = vault.edit(id, |e| e.note = note, &random.save(), NOW);
    assert_eq!(refused, too_long(EntryField::Note));
    let order = "x".repeat(Entry::MAX_ORDER_BYTES + 1);
    let refused = vault.edit(id, |e| e.order = Some(order), &random.save(), NOW);
    assert_eq!(refused, too_long(EntryField::Order));
    assert_eq!(vault.pending_save(), None);
    let longest = "x".repeat(Entry::MAX_NOTE_BYTES);
    vault.edit(id, |e| e.note = longest, &random.save(), NOW).unwrap();
}
