//! Random histories of changes on a storage that fails, lies and crashes: nothing that was
//! acknowledged is ever lost, and what was not acknowledged shows whole or not at all.

#[path = "model/changes.rs"]
mod changes;
#[path = "model/faulty_storage.rs"]
mod faulty_storage;
#[path = "model/keys.rs"]
mod keys;
#[path = "model/newer_version.rs"]
mod newer_version;
#[path = "model/rescue.rs"]
mod rescue;
#[path = "model/truth.rs"]
mod truth;

use doorcode::vault::unlock;
use doorcode::vault::{Damage, Presence, Vault, VaultKey, presence};
use zeroize::Zeroizing;

use super::support::{NOW, Random, Storage, fixture, with_code};
use changes::{begin_change, begin_going_back, begin_import, finish, two_pages};
use faulty_storage::{FaultyStorage, Mutant, Stop};
use keys::{change_header, rotate_key};
use newer_version::{Unknown, body_in_force, unknown, write_as_newer_version};
use rescue::lose_both_bodies;
use truth::{Shown, Truth, shown};

/// Runs one history; an error names what was lost. Returns how often an earlier state was rescued.
fn run(seed: u64, mutant: Mutant) -> Result<usize, String> {
    let mut rescues = 0;
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
        unknown: Unknown::new(),
        earlier: vec![(Shown::new(), Unknown::new())],
        maybe: Vec::new(),
        code: fixture().code.clone(),
        maybe_codes: Vec::new(),
        keys: vec![fixture().key()],
        session: fixture().key(),
        header_changing: false,
    };
    let mut time = NOW;
    let mut settled = false;
    let mut imported = None;
    for _ in 0..30 {
        time.0 += 10 * 24 * 60 * 60 * 1000;
        let whole = core::mem::take(&mut settled);
        let result = match random.below(18) {
            17 => match disk.settle(&mut vault) {
                Ok(()) => {
                    disk.acknowledged();
                    let wrote = write_as_newer_version(&mut disk, &vault, &mut random);
                    let wrote = wrote.ok_or("a newer version could not read the vault")?;
                    truth.is_now(truth.shown.clone(), wrote);
                    vault = reopen(&disk, &mut truth, &mut random)?;
                    Ok(())
                }
                stop => stop,
            },
            16 => match disk.settle(&mut vault) {
                Ok(()) => {
                    disk.acknowledged();
                    let lost = lose_both_bodies(&mut disk, &mut truth, &mut random, time)?;
                    if let Some(rescued) = lost {
                        vault = rescued;
                        rescues += 1;
                    }
                    Ok(())
                }
                stop => stop,
            },
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
            7 => {
                let begun = begin_import(&mut vault, &mut random, time, &mut imported);
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
    Ok(rescues)
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
    let strange = body_in_force(disk, &vault).and_then(|body| unknown(vault.key(), body));
    let strange = strange.ok_or("the body in force does not open under the key in force")?;
    let is_known = |(shown, unknown): (&Shown, &Unknown)| *shown == found && *unknown == strange;
    let mut maybe = truth.maybe.iter().map(|(shown, unknown)| (shown, unknown));
    if !is_known((&truth.shown, &truth.unknown)) && !maybe.any(is_known) {
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
    truth.is_now(found, strange);
    Ok(vault)
}

/// The first history of `count` that loses something.
fn first_loss(count: u64, mutant: Mutant) -> Option<String> {
    (0..count)
        .find_map(|seed| run(seed, mutant).err().map(|loss| format!("history {seed}: {loss}")))
}

/// An assertion on the way notices it, too.
fn notices(mutant: Mutant) -> bool {
    std::panic::catch_unwind(|| first_loss(200, mutant)).map_or(true, |loss| loss.is_some())
}

#[test]
fn a_thousand_histories_lose_no_acknowledged_change() {
    assert_eq!(first_loss(1000, Mutant::None), None);
}

#[test]
fn many_histories_lose_both_bodies_and_go_on_from_an_earlier_state() {
    let rescues: usize = (0..200).map(|seed| run(seed, Mutant::None).unwrap()).sum();
    assert!(rescues > 20, "{rescues} rescues");
}

/// `npm run test:long` runs it.
#[test]
#[ignore = "takes minutes"]
fn ten_thousand_histories_lose_no_acknowledged_change() {
    assert_eq!(first_loss(10_000, Mutant::None), None);
}

#[test]
fn the_model_notices_a_driver_without_read_back() {
    assert!(notices(Mutant::NoReadBack));
}

#[test]
fn the_model_notices_a_driver_without_alternating_slots() {
    assert!(notices(Mutant::NoAlternation));
}

#[test]
fn the_model_notices_a_driver_without_a_write_queue() {
    assert!(notices(Mutant::NoQueue));
}
