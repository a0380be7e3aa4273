//! The newest earlier state, when neither body of the vault opens.

use doorcode::vault::{self, Replica};
use js_sys::JsString;
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::wasm_bindgen;

use super::request::StoredVault;
use super::view::SaveView;
use super::{Vault, decode_key, decode_random, decode_stored, to_ts};
use crate::failure::Failure;
use crate::value;

/// Which earlier state is open.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RescueView {
    /// Unix time in seconds of its last change; 0 when nothing was ever changed.
    saved_at: u64,
    /// How many entries it has that are not deleted.
    entries: u32,
}

#[wasm_bindgen]
impl Vault {
    /// Opens the newest of `others` that opens, earlier bodies and values that were set aside, for
    /// when `open` throws `bodyUnreadable`. It throws that too when none opens. Every change of
    /// what it opens is refused with `readOnly`, until `goOn`.
    pub fn rescue(
        vault_key: Vec<u8>,
        stored: Ts<StoredVault>,
        others: Vec<JsString>,
        replica: Vec<u8>,
    ) -> Result<Self, Failure> {
        let key = decode_key(vault_key)?;
        let stored = decode_stored(&stored)?;
        let others: Vec<Vec<u8>> = others.iter().map(value::long::stored).collect();
        let others: Vec<&[u8]> = others.iter().map(Vec::as_slice).collect();
        let replica = Replica(value::array(&replica)?);
        let (vault, report) = vault::Vault::rescue(&key, &stored.values(), &others, replica)?;
        let key_is_given = vault.key().is(&key);
        Ok(Self { vault, report: Some(report), key_is_given })
    }

    /// Which earlier state is open. Nothing when the vault can be changed.
    pub fn rescued(&self) -> Result<Option<Ts<RescueView>>, Failure> {
        let view = self.vault.rescued().map(|rescue| RescueView {
            saved_at: rescue.saved.to_unix_time().0,
            entries: u32::try_from(rescue.entries).unwrap_or(u32::MAX),
        });
        view.as_ref().map(to_ts).transpose()
    }

    /// Begins to put the earlier state in force, over the bodies that do not open: keep those
    /// elsewhere first. Nothing when the vault can be changed already.
    #[wasm_bindgen(js_name = goOn)]
    pub fn go_on(&mut self, random: Vec<u8>) -> Result<Option<Ts<SaveView>>, Failure> {
        if self.vault.begin_going_on(&decode_random(&random)?)? {
            self.pending(None).map(Some)
        } else {
            Ok(None)
        }
    }
}
