//! The vault: entries, encrypted at rest, saved so that no crash loses an acknowledged change.
//!
//! `VAULT.md` specifies the format and the save protocol. In short: a random [`VaultKey`] encrypts
//! the body; the [`Header`] holds the vault key wrapped once for the passphrase and once for the
//! recovery code. Both are stored twice, under [`StorageKey`]s. Nothing here does input or output:
//! a change becomes a [`PendingSave`] that the caller writes and reads back, and only what was read
//! back makes it the state of the vault ([`Vault::confirm`]).
//!
//! [`unlock`] is all that sees a passphrase, [`Vault`] all that sees entries; neither uses the
//! other.

mod arrivals;
pub mod backup;
mod body;
mod bytes;
mod change;
mod cipher;
mod copies;
mod error;
mod header;
mod kdf;
mod key;
mod load;
mod passkey;
mod passphrase;
mod record;
mod recovery;
mod rescue;
mod restore;
mod save;
mod slot;
pub mod unlock;

use core::fmt;

pub use arrivals::{Arrival, Arrived, Difference};
pub use body::Damage;
pub use copies::{RingPlace, StorageKey};
pub use error::{KdfField, VaultError};
pub use header::Header;
pub use kdf::KdfParams;
pub use key::{VaultId, VaultKey};
pub use load::{LoadReport, Presence, StoredValues, presence};
pub use passkey::{Passkey, PrfOutput};
pub use passphrase::Passphrase;
pub use record::Replica;
pub use recovery::RecoveryCode;
pub use rescue::Rescue;
pub use restore::{Earlier, RestorePlan, Restored};
pub use save::{PendingSave, SaveRandom, UnixMillis};

use copies::Copies;
use key::Key;
use record::{Dot, Hlc, Record, RecordType};
use rescue::Lost;
use save::{Pending, RingDue, StagedHeader};
use subtle::ConstantTimeEq;

use crate::entry::{Entry, EntryId, Payload};
use crate::secret::SharedSecret;

/// An unlocked vault. Everything secret in it is wiped when it is dropped.
pub struct Vault {
    id: VaultId,
    /// The key in force. After a rotation that a crash cut short it is not the one that opened.
    key: VaultKey,
    /// The other copies may still be of the key before this one.
    key_is_new: bool,
    header_key: Key,
    body_key: Key,
    header: Header,
    header_copies: Copies,
    /// A header that is stored but not in force: the next body has to name it.
    staged: Option<StagedHeader>,
    /// The sealed body in force, kept to be stored a second time.
    body: Vec<u8>,
    body_copies: Copies,
    /// What is still to be kept among the earlier bodies.
    ring: RingDue,
    rev: u64,
    records: Vec<StoredRecord>,
    replica: Replica,
    /// The last change of this replica.
    counter: u32,
    /// The latest clock reading in any record.
    clock: Hlc,
    pending: Option<Pending>,
    /// What is open is an earlier state, because neither body opens.
    rescue: Option<Lost>,
}

/// A record and, when it is an entry this version understands, what its payload says.
struct StoredRecord {
    record: Record,
    payload: Option<Payload>,
}

impl StoredRecord {
    fn new(record: Record) -> Self {
        let is_entry = record.kind == RecordType::ENTRY && !record.is_tombstone();
        let payload = if is_entry { Payload::decode(&record.payload) } else { None };
        Self { record, payload }
    }

    /// An entry whose content this version does not understand.
    fn is_unreadable(&self) -> bool {
        let is_entry = self.record.kind == RecordType::ENTRY;
        is_entry && !self.record.is_tombstone() && self.payload.is_none()
    }
}

impl Vault {
    /// How long a deleted entry can be restored, in seconds: 30 days.
    pub const TRASH_SECONDS: u64 = 30 * 24 * 60 * 60;

    /// Which vault it is.
    pub fn id(&self) -> VaultId {
        self.id
    }

    /// Counts the saves, from 1.
    pub fn rev(&self) -> u64 {
        self.rev
    }

    /// The vault key in force.
    pub fn key(&self) -> &VaultKey {
        &self.key
    }

    /// The header in force.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Every entry that can be read, deleted ones too, in the order to show them: pinned first,
    /// then by order key, then by age.
    pub fn entries(&self) -> Vec<(EntryId, &Entry)> {
        let mut entries: Vec<_> = self.readable().collect();
        entries.sort_unstable_by(|(a_id, a), (b_id, b)| {
            let place = |entry: &Entry| (!entry.pinned, entry.order.is_none());
            place(a)
                .cmp(&place(b))
                .then_with(|| a.order.cmp(&b.order))
                .then_with(|| a.created.cmp(&b.created))
                .then_with(|| a_id.cmp(b_id))
        });
        entries
    }

    /// Every entry that can be read and is not deleted, in the order of their ids.
    pub fn live_entries(&self) -> impl Iterator<Item = (EntryId, &Entry)> {
        self.readable().filter(|(_, entry)| entry.deleted.is_none())
    }

    /// One entry.
    ///
    /// # Errors
    /// [`VaultError::NoSuchEntry`].
    pub fn entry(&self, id: EntryId) -> Result<&Entry, VaultError> {
        let (_, stored) = self.find(id)?;
        Ok(&stored.1.entry)
    }

    /// The entry with this secret, if there is one, deleted ones too. Compares each in constant
    /// time.
    pub fn entry_with_secret(&self, secret: &SharedSecret) -> Option<EntryId> {
        let mut found = None;
        for (id, entry) in self.readable() {
            if bool::from(entry.key.secret.ct_eq(secret)) {
                found = found.or(Some(id));
            }
        }
        found
    }

    fn readable(&self) -> impl Iterator<Item = (EntryId, &Entry)> {
        self.records
            .iter()
            .filter_map(|stored| Some((stored.record.id, &stored.payload.as_ref()?.entry)))
    }

    fn find(&self, id: EntryId) -> Result<(usize, (&Record, &Payload)), VaultError> {
        self.records
            .iter()
            .enumerate()
            .find_map(|(at, stored)| {
                let payload = stored.payload.as_ref().filter(|_| stored.record.id == id)?;
                Some((at, (&stored.record, payload)))
            })
            .ok_or(VaultError::NoSuchEntry)
    }

    fn next_dot(&self, changes: usize) -> Result<Dot, VaultError> {
        let counter = u32::try_from(changes).ok().and_then(|more| self.counter.checked_add(more));
        let counter = counter.ok_or(VaultError::VaultFull)?;
        Ok(Dot { replica: self.replica, counter })
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Vault(rev {}, {} records)", self.rev, self.records.len())
    }
}
