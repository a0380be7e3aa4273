//! What the user was told, and what the vault shows.

use std::collections::BTreeMap;

use doorcode::entry::EntryId;
use doorcode::vault::{Vault, VaultKey};

use super::newer_version::Unknown;

/// What the user sees: notes and whether they are deleted.
pub(super) type Shown = BTreeMap<EntryId, (String, bool)>;

pub(super) fn shown(vault: &Vault) -> Shown {
    let entries = vault.entries().into_iter();
    entries.map(|(id, entry)| (id, (entry.note.clone(), entry.deleted.is_some()))).collect()
}

/// What has to hold.
pub(super) struct Truth {
    pub(super) shown: Shown,
    /// What a newer version put there.
    pub(super) unknown: Unknown,
    /// Everything that was in force before.
    pub(super) earlier: Vec<(Shown, Unknown)>,
    /// Changes that were begun and not acknowledged: they may turn up after a crash.
    pub(super) maybe: Vec<(Shown, Unknown)>,
    /// The recovery code that was acknowledged, and those that were not.
    pub(super) code: String,
    pub(super) maybe_codes: Vec<String>,
    /// Every vault key there was.
    pub(super) keys: Vec<VaultKey>,
    /// The key that the session holds.
    pub(super) session: VaultKey,
    /// A new header was begun and not acknowledged.
    pub(super) header_changing: bool,
}

impl Truth {
    /// This is in force from now on.
    pub(super) fn is_now(&mut self, shown: Shown, unknown: Unknown) {
        self.earlier.push((shown.clone(), unknown.clone()));
        (self.shown, self.unknown) = (shown, unknown);
        self.maybe.clear();
    }
}
