//! A storage whose calls fail, lie, tear and reorder, and the driver that saves to it.

use doorcode::vault::{StorageKey, Vault, VaultError};

use super::super::support::{KEYS, Random, Storage};

/// The safety of the product's driver that a mutant leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mutant {
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
pub(super) enum Stop {
    /// The browser was killed.
    Crash,
    /// The change was not saved; the user was told so.
    NotSaved,
}

pub(super) struct Write {
    pub(super) key: StorageKey,
    pub(super) value: Option<Vec<u8>>,
    pub(super) torn: bool,
}

/// Storage whose calls fail.
pub(super) struct FaultyStorage {
    pub(super) storage: Storage,
    pub(super) random: Random,
    pub(super) mutant: Mutant,
    /// What the disk surely holds: the state at the last acknowledgement.
    pub(super) durable: Storage,
    /// What was written since.
    pub(super) written: Vec<Write>,
}

impl FaultyStorage {
    pub(super) fn place(&self, key: StorageKey) -> StorageKey {
        match (self.mutant, key) {
            (Mutant::NoAlternation, StorageKey::Header1) => StorageKey::Header0,
            (Mutant::NoAlternation, StorageKey::Body1) => StorageKey::Body0,
            _ => key,
        }
    }

    pub(super) fn put(&mut self, key: StorageKey, value: Option<Vec<u8>>, torn: bool) {
        apply(&mut self.storage, key, value.clone());
        self.written.push(Write { key, value, torn });
    }

    /// What a write leaves that did not finish.
    pub(super) fn tear(&mut self, key: StorageKey, value: &[u8]) {
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

    pub(super) fn write(&mut self, key: StorageKey, value: &[u8]) -> Result<(), Stop> {
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

    pub(super) fn read(&mut self, key: StorageKey) -> Result<Option<Vec<u8>>, Stop> {
        match self.random.below(100) {
            0..2 => Err(Stop::NotSaved),
            2..5 => Err(Stop::Crash),
            _ => Ok(self.storage.get(self.place(key)).map(<[u8]>::to_vec)),
        }
    }

    /// The product's way to carry out a save.
    pub(super) fn save(&mut self, vault: &mut Vault) -> Result<(), Stop> {
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

    pub(super) fn settle(&mut self, vault: &mut Vault) -> Result<(), Stop> {
        while vault.begin_next_copy().unwrap() {
            self.save(vault)?;
        }
        Ok(())
    }

    /// The user is told: from now on what was written counts.
    pub(super) fn acknowledged(&mut self) {
        self.durable = self.storage.clone();
        self.written.clear();
    }

    /// The browser was killed. Of what was written since the last acknowledgement the disk has the
    /// first part, as logs do; or, unless `in_order`, any of the writes that were whole. (No two
    /// copies survive a disk that loses a write which was read back and also tears the next; and a
    /// new header relies on the order that the logs of browsers keep.)
    pub(super) fn crash(&mut self, in_order: bool) {
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
    pub(super) fn rot(&mut self) {
        for keys in KEYS.chunks(2) {
            let key = keys[self.random.below(2)];
            self.flip_a_bit(key);
        }
        self.acknowledged();
    }

    /// Damage that leaves neither body.
    pub(super) fn rot_both_bodies(&mut self) {
        for key in [StorageKey::Body0, StorageKey::Body1] {
            if self.random.below(2) == 0 {
                self.flip_a_bit(key);
            } else {
                let left = self.random.below(200);
                let value = self.storage.0.get_mut(key.as_str()).unwrap();
                value.truncate(left);
            }
        }
        self.acknowledged();
    }

    fn flip_a_bit(&mut self, key: StorageKey) {
        let Some(value) = self.storage.0.get_mut(key.as_str()) else { return };
        // Behind the vault id, which would make it another vault's.
        let at = 22 + self.random.below(value.len() - 22);
        value[at] ^= 1 << self.random.below(8);
    }
}

pub(super) fn apply(storage: &mut Storage, key: StorageKey, value: Option<Vec<u8>>) {
    match value {
        Some(value) => drop(storage.0.insert(key.as_str(), value)),
        None => drop(storage.0.remove(key.as_str())),
    }
}
