//! Changes of entries: one page's, two pages' at once, and going back to an earlier state.

use doorcode::entry::{Entry, EntryId};
use doorcode::vault::{
    Arrived, Replica, Restored, RingPlace, StorageKey, StoredValues, UnixMillis, Vault,
};

use super::super::support::{Random, entry};
use super::faulty_storage::{FaultyStorage, Mutant, Stop};
use super::newer_version::{Unknown, lost, unknown};
use super::truth::{Shown, Truth, shown};

/// A change that was begun.
pub(super) struct Begun {
    /// What will be shown if it succeeds.
    after: Shown,
    /// What a newer version had put into the state that it goes back to.
    earlier: Unknown,
}

/// One change by a user; `None` when there is nothing to change.
pub(super) fn begin_change(
    vault: &mut Vault,
    random: &mut Random,
    time: UnixMillis,
) -> Option<Begun> {
    let mut after = shown(vault);
    let ids: Vec<EntryId> = after.keys().copied().collect();
    let save = random.save();
    if ids.is_empty() || random.below(3) == 0 {
        let number = random.next();
        let mut new = entry(number);
        new.note = format!("note {number}");
        let id = vault.add(new, &save, time).unwrap();
        after.insert(id, (format!("note {number}"), false));
        return Some(Begun { after, earlier: Unknown::new() });
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
            let expired = |entry: &Entry| {
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
    Some(Begun { after, earlier: Unknown::new() })
}

/// Takes three entries in, or takes back the import before. As [`begin_change`].
pub(super) fn begin_import(
    vault: &mut Vault,
    random: &mut Random,
    time: UnixMillis,
    imported: &mut Option<Arrived>,
) -> Option<Begun> {
    let (mut after, save) = (shown(vault), random.save());
    if let Some(arrived) = imported.take() {
        if vault.undo_arrivals(&arrived, None, &save, time).unwrap() == 0 {
            return None;
        }
        let (content, _) = preview(vault);
        for id in &arrived.added {
            // Gone when it was as it came, and otherwise in the trash.
            let was = after.remove(id);
            let Some((note, deleted)) = content.get(id) else {
                let is_as_it_came = was.is_none_or(|was| was == ("imported".to_owned(), false));
                assert!(is_as_it_came, "an undo lost an entry that was changed");
                continue;
            };
            assert!(deleted, "an undo left an entry");
            after.insert(*id, (note.clone(), true));
        }
        return Some(Begun { after, earlier: Unknown::new() });
    }
    let arriving = |random: &mut Random| Entry { note: "imported".into(), ..entry(random.next()) };
    let entries = (0..3).map(|_| arriving(random)).collect();
    let mut ids = Random(random.next());
    let make_id = || EntryId::from_bytes(ids.bytes());
    let arrived = vault.take_in(entries, make_id, &save, time).unwrap();
    after.extend(arrived.added.iter().map(|id| (*id, ("imported".to_owned(), false))));
    *imported = Some(arrived);
    Some(Begun { after, earlier: Unknown::new() })
}

/// Goes back to one of the earlier bodies. As [`begin_change`].
pub(super) fn begin_going_back(
    disk: &mut FaultyStorage,
    vault: &mut Vault,
    random: &mut Random,
    time: UnixMillis,
) -> Option<Begun> {
    let kept = RingPlace::all().filter_map(|place| disk.storage.get(StorageKey::Earlier(place)));
    // One that a crash tore does not open, and is one less to go back to.
    let kept: Vec<_> =
        kept.filter_map(|sealed| Some((sealed, vault.earlier(sealed).ok()?))).collect();
    let (sealed, earlier) = kept.get(random.below(kept.len().max(1)))?;
    let earlier_unknown = unknown(vault.key(), sealed).unwrap();
    let before = shown(vault);
    let how = Restored::Everything;
    if vault.restore_from(earlier, how, &random.save(), time).unwrap() == 0 {
        return None;
    }
    let (content, pending) = preview(vault);
    // Nothing that was shown is gone: it is there, or in the trash.
    assert!(before.keys().all(|id| content.contains_key(id)), "going back lost an entry");
    assert!(pending);
    Some(Begun { after: content, earlier: earlier_unknown })
}

/// What the save in progress would show.
pub(super) fn preview(vault: &Vault) -> (Shown, bool) {
    let Some(save) = vault.pending_save() else { return (shown(vault), false) };
    let header = vault.header().as_bytes();
    let values = StoredValues { headers: [Some(header), None], bodies: [Some(save.value), None] };
    let (next, _) = Vault::open(vault.key(), &values, Replica([0; 6])).unwrap();
    (shown(&next), true)
}

/// Carries out the change that was begun.
pub(super) fn finish(
    disk: &mut FaultyStorage,
    vault: &mut Vault,
    truth: &mut Truth,
    begun: Option<Begun>,
) -> Result<(), Stop> {
    let Some(Begun { after, earlier }) = begun else { return Ok(()) };
    let body = vault.pending_save().unwrap().value;
    let unknown = unknown(vault.key(), body).unwrap();
    let is_lost = lost((&truth.unknown, &truth.shown), (&unknown, &after), &earlier);
    assert!(!is_lost, "a change lost what a newer version wrote");
    truth.maybe.push((after.clone(), unknown.clone()));
    disk.save(vault)?;
    truth.is_now(after, unknown);
    // Acknowledged when the second copies were tried.
    let settled = disk.settle(vault);
    disk.acknowledged();
    if settled == Err(Stop::Crash) { settled } else { Ok(()) }
}

/// Two pages ask for a change at once. One waits for the other; a driver that does not let it
/// wait has to refuse it, for no reason that its user could know.
pub(super) fn two_pages(
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
