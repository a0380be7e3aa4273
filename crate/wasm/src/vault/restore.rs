//! Backups and earlier states: made, looked at, and put back.

use doorcode::entry::{Entry, UnixTime};
use doorcode::vault::backup::Backup;
use doorcode::vault::unlock::Unlocked;
use doorcode::vault::{Earlier, Header, RestorePlan, Restored, UnixMillis};
use js_sys::JsString;
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::wasm_bindgen;

use super::view::{EntryFacts, SaveView};
use super::{Vault, decode_key, decode_random, decode_whole, to_ts};
use crate::failure::Failure;
use crate::value;

/// How many random bytes `makeBackup` takes.
#[wasm_bindgen(js_name = backupNonceBytes)]
pub fn backup_nonce_bytes() -> usize {
    24
}

/// What a restore would do.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RestoreView {
    /// Unix time in seconds: when the backup was made, or the earlier state's last change.
    created_at: u64,
    /// Entries that the vault does not have, or has deleted.
    add: Vec<EntryFacts>,
    /// Entries that the vault has otherwise.
    change: Vec<EntryFacts>,
    /// Entries that would go to the deleted ones.
    delete: Vec<EntryFacts>,
    /// How many entries of the vault stay as they are.
    keep: u32,
}

impl RestoreView {
    fn new(created: UnixTime, plan: &RestorePlan<'_>) -> Self {
        let facts = |entries: &[&Entry]| entries.iter().copied().map(EntryFacts::new).collect();
        Self {
            created_at: created.0,
            add: facts(&plan.add),
            change: facts(&plan.change),
            delete: facts(&plan.delete),
            keep: u32::try_from(plan.keep).unwrap_or(u32::MAX),
        }
    }
}

/// An earlier state of the vault.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct EarlierView {
    /// The later, the higher.
    rev: u64,
    /// Unix time in seconds of its last change; 0 when nothing was ever changed.
    saved_at: u64,
    /// How many entries it has that are not deleted.
    entries: u32,
}

#[wasm_bindgen]
impl Vault {
    /// Makes a backup under the header and key that the Worker made for it, and returns it as
    /// base64url of the file. It was opened and compared with the vault.
    #[wasm_bindgen(js_name = makeBackup)]
    pub fn make_backup(
        &self,
        header: &str,
        key: Vec<u8>,
        nonce: Vec<u8>,
        now_millis: f64,
    ) -> Result<String, Failure> {
        let own =
            Unlocked { header: Header::parse(&value::decode(header)?)?, key: decode_key(key)? };
        let now = UnixMillis(decode_whole(now_millis)?).to_unix_time();
        let file = self.vault.to_backup(&own, value::array(&nonce)?, now)?;
        Ok(value::encode(&file))
    }

    /// What putting a backup back would do.
    #[wasm_bindgen(js_name = planBackup)]
    pub fn plan_backup(
        &self,
        file: &JsString,
        key: Vec<u8>,
        replace_changed: bool,
    ) -> Result<Ts<RestoreView>, Failure> {
        let backup = Backup::open(&decode_key(key)?, &value::long::stored(file))?;
        let plan = self.vault.plan_restore(backup.content(), how(replace_changed));
        to_ts(&RestoreView::new(backup.created(), &plan))
    }

    /// Begins to put a backup back. Nothing when nothing would change.
    #[wasm_bindgen(js_name = restoreBackup)]
    pub fn restore_backup(
        &mut self,
        file: &JsString,
        key: Vec<u8>,
        replace_changed: bool,
        random: Vec<u8>,
        now_millis: f64,
    ) -> Result<Option<Ts<SaveView>>, Failure> {
        let backup = Backup::open(&decode_key(key)?, &value::long::stored(file))?;
        self.put_back(backup.content(), how(replace_changed), &random, now_millis)
    }

    /// What an earlier state, as stored, has.
    pub fn earlier(&self, stored: &JsString) -> Result<Ts<EarlierView>, Failure> {
        let earlier = self.vault.earlier(&value::long::stored(stored))?;
        to_ts(&EarlierView {
            rev: earlier.rev(),
            saved_at: earlier.saved().to_unix_time().0,
            entries: u32::try_from(earlier.entry_count()).unwrap_or(u32::MAX),
        })
    }

    /// What going back to an earlier state would do.
    #[wasm_bindgen(js_name = planEarlier)]
    pub fn plan_earlier(&self, stored: &JsString) -> Result<Ts<RestoreView>, Failure> {
        let earlier = self.vault.earlier(&value::long::stored(stored))?;
        let plan = self.vault.plan_restore(&earlier, Restored::Everything);
        to_ts(&RestoreView::new(earlier.saved().to_unix_time(), &plan))
    }

    /// Begins to go back to an earlier state, as a new revision. Nothing when nothing differs.
    #[wasm_bindgen(js_name = restoreEarlier)]
    pub fn restore_earlier(
        &mut self,
        stored: &JsString,
        random: Vec<u8>,
        now_millis: f64,
    ) -> Result<Option<Ts<SaveView>>, Failure> {
        let earlier = self.vault.earlier(&value::long::stored(stored))?;
        self.put_back(&earlier, Restored::Everything, &random, now_millis)
    }
}

impl Vault {
    fn put_back(
        &mut self,
        from: &Earlier,
        how: Restored,
        random: &[u8],
        now_millis: f64,
    ) -> Result<Option<Ts<SaveView>>, Failure> {
        let now = UnixMillis(decode_whole(now_millis)?);
        match self.vault.restore_from(from, how, &decode_random(random)?, now)? {
            0 => Ok(None),
            _ => self.pending(None).map(Some),
        }
    }
}

fn how(replace_changed: bool) -> Restored {
    if replace_changed { Restored::MissingAndChanged } else { Restored::Missing }
}
