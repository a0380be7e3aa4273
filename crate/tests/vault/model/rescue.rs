//! Rot that leaves neither body: the newest earlier one is shown, and gone on from.

use doorcode::vault::{RingPlace, StorageKey, UnixMillis, Vault, VaultError, VaultKey, unlock};

use super::super::support::{NOW, Random, Storage, entry, with_code};
use super::faulty_storage::{FaultyStorage, Stop};
use super::newer_version::{Unknown, body_in_force, unknown};
use super::truth::{Shown, Truth, shown};

/// The earlier bodies as stored.
pub(super) fn ring(storage: &Storage) -> Vec<&[u8]> {
    RingPlace::all().filter_map(|place| storage.get(StorageKey::Earlier(place))).collect()
}

/// Both bodies of a settled vault go bad. `None` when no earlier one opens: then the vault is
/// unreadable, is left as it is, and the disk gives the bodies back.
pub(super) fn lose_both_bodies(
    disk: &mut FaultyStorage,
    truth: &mut Truth,
    random: &mut Random,
    time: UnixMillis,
) -> Result<Option<Vault>, String> {
    let sound = disk.storage.clone();
    disk.rot_both_bodies();
    let rotten = disk.storage.clone();
    let key = unlock::unlock(disk.storage.values().headers, &with_code(&truth.code))
        .map_err(|error| format!("the code does not open: {error:?}"))?
        .key;
    let Some(seen) = look(disk, &key, truth, random)? else {
        disk.storage = sound;
        disk.acknowledged();
        return Ok(None);
    };
    if disk.storage != rotten {
        return Err("looking at an earlier state wrote something".into());
    }
    let (seen, seen_unknown) = seen;
    truth.is_now(seen, seen_unknown);
    loop {
        let values = disk.storage.values();
        let rescued = Vault::rescue(&key, &values, &ring(&disk.storage), random.replica());
        let (mut vault, _) = rescued.map_err(|error| format!("lost at going on: {error:?}"))?;
        if shown(&vault) != truth.shown {
            return Err("going on changed what is shown".into());
        }
        match go_on(disk, &mut vault, random) {
            Ok(()) => {
                disk.acknowledged();
                let body = body_in_force(disk, &vault).ok_or("no body in force after going on")?;
                if unknown(vault.key(), body).as_ref() != Some(&truth.unknown) {
                    return Err("going on lost what a newer version wrote".into());
                }
                truth.session =
                    VaultKey::from_bytes(zeroize::Zeroizing::new(*vault.key().expose()));
                let add = vault.add(entry(random.next()), &random.save(), time);
                vault.abandon();
                return if add.is_ok() { Ok(Some(vault)) } else { Err("still read-only".into()) };
            }
            Err(Stop::NotSaved) => {}
            Err(Stop::Crash) => disk.crash(false),
        }
    }
}

/// What the rescued vault shows, after it refused every change.
fn look(
    disk: &FaultyStorage,
    key: &VaultKey,
    truth: &Truth,
    random: &mut Random,
) -> Result<Option<(Shown, Unknown)>, String> {
    let values = disk.storage.values();
    if !matches!(Vault::open(key, &values, random.replica()), Err(VaultError::BodyUnreadable)) {
        return Err("a vault without a whole body opened".into());
    }
    let rescued = Vault::rescue(key, &values, &ring(&disk.storage), random.replica());
    let mut vault = match rescued {
        Ok((vault, _)) => vault,
        Err(VaultError::BodyUnreadable) => return Ok(None),
        Err(other) => return Err(format!("the rescue ended with {other:?}")),
    };
    // Which of the earlier bodies it is: the one with its revision. A crash in a rotation can leave
    // it under the key before.
    let rev = vault.rev().to_le_bytes();
    let bodies = ring(&disk.storage).into_iter().filter(|body| body.get(21..29) == Some(&rev));
    let opened = bodies.flat_map(|body| truth.keys.iter().filter_map(|key| unknown(key, body)));
    let unknown = opened.into_iter().next().ok_or("no earlier body is the one that is shown")?;
    let seen = (shown(&vault), unknown);
    if !truth.earlier.contains(&seen) {
        return Err("what was rescued was never in force".into());
    }
    let refused = vault.add(entry(random.next()), &random.save(), NOW).map(drop);
    let copy = vault.begin_next_copy().map(drop);
    if [refused, copy] != [Err(VaultError::ReadOnly); 2] || vault.pending_save().is_some() {
        return Err("a rescued vault took a change".into());
    }
    Ok(Some(seen))
}

fn go_on(disk: &mut FaultyStorage, vault: &mut Vault, random: &mut Random) -> Result<(), Stop> {
    if vault.begin_going_on(&random.save()).unwrap() {
        disk.save(vault)?;
    }
    match disk.settle(vault) {
        Err(Stop::NotSaved) => Ok(()),
        settled => settled,
    }
}
