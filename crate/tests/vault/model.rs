//! Random histories of changes on a storage that fails, lies and crashes: nothing that was
//! acknowledged is ever lost, and what was not acknowledged shows whole or not at all.

use std::collections::BTreeMap;

use doorcode::entry::EntryId;
use doorcode::vault::unlock;
use doorcode::vault::{
    Damage, Presence, Replica, Restored, RingPlace, StorageKey, StoredValues, UnixMillis, Vault,
    VaultError, VaultKey, presence,
};
use zeroize::Zeroizing;

use super::support::{KEYS, NOW, Random, Storage, entry, fixture, stretched, with_code};

/// The safety of the product's driver that a mutant leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mutant {
    None,
    /// Confirms what was to be written instead of what was read back.
    NoReadBack,
    /// Writes both copies to the same place.
    NoAlternation,
    /// A second page's change does not wait for the first one's.
    NoQueue,
}

/// Why the driver stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    /// The browser was killed.
    Crash,
    /// The change was not saved; the user was told so.
    NotSaved,
}

struct Write {
    key: StorageKey,
    value: Option<Vec<u8>>,
    torn: bool,
}

/// Storage whose calls fail.
struct FaultyStorage {
    storage: Storage,
    random: Random,
    mutant: Mutant,
    /// What the disk surely holds: the state at the last acknowledgement.
    durable: Storage,
    /// What was written since.
    written: Vec<Write>,
}

impl FaultyStorage {
    fn place(&self, key: StorageKey) -> StorageKey {
        match (self.mutant, key) {
            (Mutant::NoAlternation, StorageKey::Header1) => StorageKey::Header0,
            (Mutant::NoAlternation, StorageKey::Body1) => StorageKey::Body0,
            _ => key,
        }
    }

    fn put(&mut self, key: StorageKey, value: Option<Vec<u8>>, torn: bool) {
        apply(&mut self.storage, key, value.clone());
        self.written.push(Write { key, value, torn });
    }

    /// What a write leaves that did not finish.
    fn tear(&mut self, key: StorageKey, value: &[u8]) {
        let old = self.storage.get(key).unwrap_or_default().to_vec();
        let cut = self.random.below(value.len());
        let torn = match self.random.below(4) {
            0 => Some(Vec::new()),
            1 => Some(value[..cut].to_vec()),
            2 => Some([&value[..cut], old.get(cut..).unwrap_or_default()].concat()),
            _ => None,
        };
        self.put(key, torn, true);
    }

    fn write(&mut self, key: StorageKey, value: &[u8]) -> Result<(), Stop> {
        let key = self.place(key);
        let fault = self.random.below(100);
        match fault {
            // Over the quota, or the call was lost.
            70..75 | 88..94 => {}
            79..88 | 97..100 => self.tear(key, value),
            _ => self.put(key, Some(value.to_vec()), false),
        }
        match fault {
            70..84 => Err(Stop::NotSaved),
            91..100 => Err(Stop::Crash),
            _ => Ok(()),
        }
    }

    fn read(&mut self, key: StorageKey) -> Result<Option<Vec<u8>>, Stop> {
        match self.random.below(100) {
            0..2 => Err(Stop::NotSaved),
            2..5 => Err(Stop::Crash),
            _ => Ok(self.storage.get(self.place(key)).map(<[u8]>::to_vec)),
        }
    }

    /// The product's way to carry out a save.
    fn save(&mut self, vault: &mut Vault) -> Result<(), Stop> {
        let save = vault.pending_save().unwrap();
        let (key, value) = (save.key, save.value.to_vec());
        let written = self.write(key, &value).and_then(|()| match self.mutant {
            Mutant::NoReadBack => Ok(Some(value)),
            _ => self.read(key),
        });
        match written {
            Ok(read_back) => match vault.confirm(read_back.as_deref()) {
                Ok(()) => Ok(()),
                Err(VaultError::NotSaved) => Err(Stop::NotSaved),
                Err(other) => panic!("{other:?}"),
            },
            Err(stop) => {
                vault.abandon();
                Err(stop)
            }
        }
    }

    fn settle(&mut self, vault: &mut Vault) -> Result<(), Stop> {
        while vault.begin_next_copy().unwrap() {
            self.save(vault)?;
        }
        Ok(())
    }

    /// The user is told: from now on what was written counts.
    fn acknowledged(&mut self) {
        self.durable = self.storage.clone();
        self.written.clear();
    }

    /// The browser was killed. Of what was written since the last acknowledgement the disk has the
    /// first part, as logs do; or, unless `in_order`, any of the writes that were whole. (No two
    /// copies survive a disk that loses a write which was read back and also tears the next; and a
    /// new header relies on the order that the logs of browsers keep.)
    fn crash(&mut self, in_order: bool) {
        let written = core::mem::take(&mut self.written);
        self.storage = self.durable.clone();
        let kept = self.random.below(written.len() + 1);
        let reordered = !in_order && self.random.below(2) == 0;
        for (number, Write { key, value, torn }) in written.into_iter().enumerate() {
            let survives =
                if reordered { !torn && self.random.below(2) == 0 } else { number < kept };
            if survives {
                apply(&mut self.storage, key, value);
            }
        }
        self.durable = self.storage.clone();
    }

    /// Damage that a disk does between two starts: one copy of each thing goes bad.
    fn rot(&mut self) {
        for keys in KEYS.chunks(2) {
            let key = keys[self.random.below(2)];
            let Some(value) = self.storage.0.get_mut(key.as_str()) else { continue };
            // Behind the vault id, which would make it another vault's.
            let at = 22 + self.random.below(value.len() - 22);
            value[at] ^= 1 << self.random.below(8);
        }
        self.acknowledged();
    }
}

fn apply(storage: &mut Storage, key: StorageKey, value: Option<Vec<u8>>) {
    match value {
        Some(value) => drop(storage.0.insert(key.as_str(), value)),
        None => drop(storage.0.remove(key.as_str())),
    }
}

/// What the user sees: notes and whether they are deleted.
type Shown = BTreeMap<EntryId, (String, bool)>;

fn shown(vault: &Vault) -> Shown {
    let entries = vault.entries().into_iter();
    entries.map(|(id, entry)| (id, (entry.note.clone(), entry.deleted.is_some()))).collect()
}

/// What has to hold.
struct Truth {
    shown: Shown,
    /// Changes that were begun and not acknowledged: they may turn up after a crash.
    maybe: Vec<Shown>,
    /// The recovery code that was acknowledged, and those that were not.
    code: String,
    maybe_codes: Vec<String>,
    /// The key that the session holds.
    session: VaultKey,
    /// A new header was begun and not acknowledged.
    header_changing: bool,
}

/// One change by a user. Returns what will be shown if it succeeds; `None` when there is nothing
/// to change.
fn begin_change(vault: &mut Vault, random: &mut Random, time: UnixMillis) -> Option<Shown> {
    let mut after = shown(vault);
    let ids: Vec<EntryId> = after.keys().copied().collect();
    let save = random.save();
    if ids.is_empty() || random.below(3) == 0 {
        let number = random.next();
        let mut new = entry(number);
        new.note = format!("note {number}");
        let id = vault.add(new, &save, time).unwrap();
        after.insert(id, (format!("note {number}"), false));
        return Some(after);
    }
    let id = ids[random.below(ids.len())];
    let (note, deleted) = after.get_mut(&id).unwrap();
    match random.below(3) {
        0 => {
            *note = format!("note {}", random.next());
            vault.edit(id, |entry| entry.note.clone_from(note), &save, time).unwrap();
        }
        1 if *deleted => {
            *deleted = false;
            vault.restore(id, &save, time).unwrap();
        }
        1 => {
            *deleted = true;
            vault.delete(id, &save, time).unwrap();
        }
        _ => {
            let expired = |entry: &doorcode::entry::Entry| {
                entry
                    .deleted
                    .is_some_and(|deleted| time.0 / 1000 - deleted.0 > Vault::TRASH_SECONDS)
            };
            let gone: Vec<EntryId> = vault
                .entries()
                .into_iter()
                .filter_map(|(id, entry)| expired(entry).then_some(id))
                .collect();
            if vault.purge(&save, time).unwrap() == 0 {
                return None;
            }
            after.retain(|id, _| !gone.contains(id));
        }
    }
    Some(after)
}

/// Goes back to one of the earlier bodies. As [`begin_change`].
fn begin_going_back(
    disk: &mut FaultyStorage,
    vault: &mut Vault,
    random: &mut Random,
    time: UnixMillis,
) -> Option<Shown> {
    let kept = RingPlace::all().filter_map(|place| disk.storage.get(StorageKey::Earlier(place)));
    // One that a crash tore does not open, and is one less to go back to.
    let kept: Vec<_> = kept.filter_map(|sealed| vault.earlier(sealed).ok()).collect();
    let earlier = kept.get(random.below(kept.len().max(1)))?;
    let mut after = shown(vault);
    let before = after.clone();
    let how = Restored::Everything;
    if vault.restore_from(earlier, how, &random.save(), time).unwrap() == 0 {
        return None;
    }
    let (content, pending) = preview(vault);
    after.clone_from(&content);
    // Nothing that was shown is gone: it is there, or in the trash.
    assert!(before.keys().all(|id| content.contains_key(id)), "going back lost an entry");
    assert!(pending);
    Some(after)
}

/// What the save in progress would show.
fn preview(vault: &Vault) -> (Shown, bool) {
    let Some(save) = vault.pending_save() else { return (shown(vault), false) };
    let header = vault.header().as_bytes();
    let values = StoredValues { headers: [Some(header), None], bodies: [Some(save.value), None] };
    let (next, _) = Vault::open(vault.key(), &values, Replica([0; 6])).unwrap();
    (shown(&next), true)
}

/// Runs one history; an error names what was lost.
fn run(seed: u64, mutant: Mutant) -> Result<(), String> {
    let mut disk = FaultyStorage {
        storage: Storage::default(),
        random: Random(seed),
        mutant,
        durable: Storage::default(),
        written: Vec::new(),
    };
    let mut random = Random(seed ^ 0x5eed);
    let mut vault = create(&mut disk, &mut random)?;
    let mut truth = Truth {
        shown: Shown::new(),
        maybe: Vec::new(),
        code: fixture().code.clone(),
        maybe_codes: Vec::new(),
        session: fixture().key(),
        header_changing: false,
    };
    let mut time = NOW;
    let mut settled = false;
    for _ in 0..30 {
        time.0 += 10 * 24 * 60 * 60 * 1000;
        let whole = core::mem::take(&mut settled);
        let result = match random.below(16) {
            0 => {
                // Both copies of everything are good, so one of each may go bad.
                if whole {
                    disk.rot();
                }
                Err(Stop::Crash)
            }
            1 => disk.settle(&mut vault).map(|()| settled = true),
            2 => change_header(&mut disk, &mut vault, &mut truth, &mut random),
            3 => rotate_key(&mut disk, &mut vault, &mut truth, &mut random),
            4 => {
                let begun = begin_going_back(&mut disk, &mut vault, &mut random, time);
                finish(&mut disk, &mut vault, &mut truth, begun)
            }
            5 | 6 => two_pages(&mut disk, &mut vault, &mut truth, &mut random, time)?,
            _ => {
                let begun = begin_change(&mut vault, &mut random, time);
                finish(&mut disk, &mut vault, &mut truth, begun)
            }
        };
        if result == Err(Stop::NotSaved) && shown(&vault) != truth.shown {
            return Err("a change that was not saved is shown".into());
        }
        if result.is_ok() {
            disk.acknowledged();
        }
        if result == Err(Stop::Crash) {
            disk.crash(truth.header_changing);
            vault = reopen(&disk, &mut truth, &mut random)?;
        }
    }
    Ok(())
}

/// Makes the vault, beginning again after crashes as long as nothing is acknowledged.
fn create(disk: &mut FaultyStorage, random: &mut Random) -> Result<Vault, String> {
    loop {
        match presence(&disk.storage.values()) {
            Presence::Absent | Presence::Unfinished => {}
            // The crash came after the header was stored.
            Presence::Present => {
                let opened = disk.storage.open();
                return opened.map(|(vault, _)| vault).map_err(|error| format!("{error:?}"));
            }
        }
        let mut vault = fixture().create(random);
        let made = disk.settle(&mut vault).is_ok();
        disk.acknowledged();
        if made {
            return Ok(vault);
        }
    }
}

/// Carries out the change that was begun.
fn finish(
    disk: &mut FaultyStorage,
    vault: &mut Vault,
    truth: &mut Truth,
    begun: Option<Shown>,
) -> Result<(), Stop> {
    let Some(after) = begun else { return Ok(()) };
    truth.maybe.push(after.clone());
    disk.save(vault)?;
    truth.shown = after;
    truth.maybe.clear();
    // Acknowledged when the second copies were tried.
    let settled = disk.settle(vault);
    disk.acknowledged();
    if settled == Err(Stop::Crash) { settled } else { Ok(()) }
}

/// Two pages ask for a change at once. One waits for the other; a driver that does not let it
/// wait has to refuse it, for no reason that its user could know.
fn two_pages(
    disk: &mut FaultyStorage,
    vault: &mut Vault,
    truth: &mut Truth,
    random: &mut Random,
    time: UnixMillis,
) -> Result<Result<(), Stop>, String> {
    let first = begin_change(vault, random, time);
    if disk.mutant == Mutant::NoQueue && first.is_some() {
        let second = vault.add(entry(random.next()), &random.save(), time);
        if let Err(error) = second {
            return Err(format!("a change was refused: {error:?}"));
        }
    }
    if let Err(stop) = finish(disk, vault, truth, first) {
        return Ok(Err(stop));
    }
    let second = begin_change(vault, random, time);
    Ok(finish(disk, vault, truth, second))
}

fn unlocked(vault: &Vault) -> unlock::Unlocked {
    let key = VaultKey::from_bytes(Zeroizing::new(*vault.key().expose()));
    unlock::Unlocked { header: vault.header().clone(), key }
}

/// Replaces the recovery code: the same protocol as a passphrase change, without the slow part.
fn change_header(
    disk: &mut FaultyStorage,
    vault: &mut Vault,
    truth: &mut Truth,
    random: &mut Random,
) -> Result<(), Stop> {
    let (header, code) =
        unlock::replace_recovery_code(&unlocked(vault), &Zeroizing::new(random.bytes())).unwrap();
    vault.begin_header(header.as_bytes(), &random.save()).unwrap();
    let code = code.to_text().to_string();
    truth.maybe_codes.push(code.clone());
    truth.header_changing = true;
    put_header_in_force(disk, vault, truth, code)
}

/// Encrypts everything under a new key.
fn rotate_key(
    disk: &mut FaultyStorage,
    vault: &mut Vault,
    truth: &mut Truth,
    random: &mut Random,
) -> Result<(), Stop> {
    let rotated = unlock::rotate_key(&unlocked(vault), stretched(), &random.bytes()).unwrap();
    vault.begin_key(rotated.header.as_bytes(), &rotated.key, &random.save()).unwrap();
    let code = rotated.recovery_code.to_text().to_string();
    truth.maybe_codes.push(code.clone());
    truth.header_changing = true;
    put_header_in_force(disk, vault, truth, code)?;
    truth.session = rotated.key;
    Ok(())
}

fn put_header_in_force(
    disk: &mut FaultyStorage,
    vault: &mut Vault,
    truth: &mut Truth,
    code: String,
) -> Result<(), Stop> {
    disk.save(vault)?;
    assert!(vault.begin_next_copy().unwrap());
    disk.save(vault)?;
    let old = core::mem::replace(&mut truth.code, code);
    // Until everything is settled a crash may bring the earlier one back.
    truth.maybe_codes.push(old.clone());
    match disk.settle(vault) {
        Err(Stop::NotSaved) => {}
        Err(Stop::Crash) => return Err(Stop::Crash),
        Ok(()) => {
            let stored = disk.storage.values().headers;
            let opened = unlock::unlock(stored, &with_code(&old));
            assert!(opened.is_err(), "a replaced code opens the vault");
        }
    }
    truth.maybe_codes.clear();
    truth.header_changing = false;
    Ok(())
}

/// Starts the browser again, lets the user in by the recovery code, and compares.
fn reopen(disk: &FaultyStorage, truth: &mut Truth, random: &mut Random) -> Result<Vault, String> {
    let values = disk.storage.values();
    let codes = [&truth.code].into_iter().chain(&truth.maybe_codes);
    let opened = codes.clone().find_map(|code| {
        let unlocked = unlock::unlock(values.headers, &with_code(code)).ok()?;
        Some(Vault::open(&unlocked.key, &values, random.replica()))
    });
    let opened = opened.ok_or("no acknowledged recovery code opens the vault")?;
    let (vault, report) = opened.map_err(|error| format!("the vault does not open: {error:?}"))?;
    // Whoever has the code of the header in force gets in now, and for good.
    let opens =
        |headers: [Option<&[u8]>; 2], code: &str| unlock::unlock(headers, &with_code(code)).is_ok();
    let in_force = [Some(vault.header().as_bytes()), None];
    let code = codes.into_iter().find(|code| opens(in_force, code)).cloned();
    truth.code = code.ok_or("no acknowledged recovery code is in force")?;
    if !opens(values.headers, &truth.code) {
        return Err("the stored headers do not have the one in force".into());
    }
    truth.maybe_codes.clear();
    if report.bodies.contains(&Some(Damage::OtherVault)) {
        return Err("a body of this vault counts as another vault's".into());
    }
    let found = shown(&vault);
    if found != truth.shown && !truth.maybe.contains(&found) {
        return Err(format!("{} entries, acknowledged {}", found.len(), truth.shown.len()));
    }
    // The session that outlived the worker opens the same, or nothing.
    if let Ok((resumed, _)) = Vault::open(&truth.session, &values, random.replica())
        && shown(&resumed) != found
    {
        return Err("the session shows something else than the recovery code".into());
    }
    truth.session = VaultKey::from_bytes(Zeroizing::new(*vault.key().expose()));
    truth.header_changing = false;
    truth.shown = found;
    truth.maybe.clear();
    Ok(vault)
}

/// The first history of `count` that loses something.
fn first_loss(count: u64, mutant: Mutant) -> Option<String> {
    (0..count)
        .find_map(|seed| run(seed, mutant).err().map(|loss| format!("history {seed}: {loss}")))
}

#[test]
fn a_thousand_histories_lose_no_acknowledged_change() {
    assert_eq!(first_loss(1000, Mutant::None), None);
}

/// `npm run test:long` runs it.
#[test]
#[ignore = "takes minutes"]
fn ten_thousand_histories_lose_no_acknowledged_change() {
    assert_eq!(first_loss(10_000, Mutant::None), None);
}

#[test]
fn the_model_notices_a_driver_without_read_back() {
    assert!(first_loss(200, Mutant::NoReadBack).is_some());
}

#[test]
fn the_model_notices_a_driver_without_alternating_slots() {
    assert!(first_loss(200, Mutant::NoAlternation).is_some());
}

#[test]
fn the_model_notices_a_driver_without_a_write_queue() {
    assert!(first_loss(200, Mutant::NoQueue).is_some());
}
