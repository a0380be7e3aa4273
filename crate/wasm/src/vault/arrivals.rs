//! Entries from files of other programs: looked at, taken in at once, and undone.

use doorcode::entry::{Entry, EntryId, UnixTime};
use doorcode::otpauth::{KeyUri, MovingFactor};
use doorcode::vault::{Arrival, Arrived, Difference, UnixMillis};
use js_sys::JsString;
use serde::{Deserialize, Serialize};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::wasm_bindgen;

use super::view::{EntryFacts, SaveView, id_text};
use super::{Vault, decode_id, decode_random, decode_whole, to_ts};
use crate::failure::Failure;
use crate::file_entry::FileEntry;
use crate::value;

/// What a page read in files.
#[derive(Deserialize, Tsify)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ArrivalRequest {
    entries: Vec<FileEntry>,
}

/// What one entry of a file would be in the vault.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ArrivalView {
    /// `repeated`: an earlier one of the files has its secret. `deleted`: it would come back.
    #[tsify(type = "\"new\" | \"same\" | \"changed\" | \"deleted\" | \"repeated\" | \"refused\"")]
    state: &'static str,
    /// What it says of itself. Not of one whose key URI cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    entry: Option<EntryFacts>,
    /// Why it is refused: a `CoreErrorKind`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    reason: Option<&'static str>,
    /// In what it differs from the entry of the vault, when it is `changed`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[tsify(optional)]
    differences: Vec<DifferenceView>,
    /// It is an AWS entry, and neither file nor vault tell its partition: the user is asked.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    #[tsify(optional)]
    partition_unknown: bool,
}

/// One difference.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct DifferenceView {
    #[tsify(type = "\"issuer\" | \"accountName\" | \"algorithm\" | \"digits\" | \"period\" | \
                    \"note\"")]
    what: &'static str,
    /// As it is in the vault.
    ours: String,
    /// As it is in the file.
    theirs: String,
}

/// The entries that were added and changed, for an undo.
#[derive(Deserialize, Serialize, Tsify)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ArrivedView {
    added: Vec<String>,
    changed: Vec<String>,
}

/// What to write to take entries in.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
#[tsify(hashmap_as_object)]
pub struct ArrivalSave {
    #[serde(flatten)]
    save: SaveView,
    arrived: ArrivedView,
}

#[wasm_bindgen]
impl Vault {
    /// What each entry would be, in their order. Saves nothing.
    pub fn arrivals(&self, request: Ts<ArrivalRequest>) -> Result<Vec<Ts<ArrivalView>>, Failure> {
        let request = crate::request::decode(&request)?;
        // A key URI that cannot be read does not stand in the way of the others.
        let read: Vec<Result<Entry, Failure>> =
            request.entries.iter().map(|entry| read_entry(entry, UnixTime::default())).collect();
        let entries: Vec<Entry> =
            read.iter().filter_map(|entry| entry.as_ref().ok()).cloned().collect();
        let mut arrivals = self.vault.arrivals(&entries).into_iter();
        let views = read.iter().map(|entry| match entry {
            Ok(entry) => arrivals.next().map(|arrival| ArrivalView::new(entry, &arrival)),
            Err(failure) => Some(ArrivalView::refused(None, failure.kind())),
        });
        views.flatten().map(|view| to_ts(&view)).collect()
    }

    /// Begins to take entries in, all in one save. `ids` are 16 random bytes for each. Nothing when
    /// nothing of them is new or differs.
    #[wasm_bindgen(js_name = takeIn)]
    pub fn take_in(
        &mut self,
        request: Ts<ArrivalRequest>,
        ids: Vec<u8>,
        random: Vec<u8>,
        now_millis: f64,
    ) -> Result<Option<Ts<ArrivalSave>>, Failure> {
        let now = UnixMillis(decode_whole(now_millis)?);
        let request = crate::request::decode(&request)?;
        let entries: Result<Vec<Entry>, Failure> =
            request.entries.iter().map(|entry| read_entry(entry, now.to_unix_time())).collect();
        let entries = entries?;
        let (ids, []) = ids.as_chunks::<{ EntryId::BYTES }>() else {
            return Err(Failure::MALFORMED_REQUEST);
        };
        if ids.len() != entries.len() {
            return Err(Failure::MALFORMED_REQUEST);
        }
        let mut ids = ids.iter();
        let make_id = || EntryId::from_bytes(ids.next().copied().unwrap_or_default());
        let arrived = self.vault.take_in(entries, make_id, &decode_random(&random)?, now)?;
        if arrived.is_empty() {
            return Ok(None);
        }
        let save = self.vault.pending_save().ok_or(Failure::new("noSaveInProgress"))?;
        let save = SaveView::new(save, None);
        to_ts(&ArrivalSave { save, arrived: ArrivedView::from(&arrived) }).map(Some)
    }

    /// Begins to undo what `takeIn` did. `before` is the state before it, as stored; without it
    /// only what was added can be undone. Nothing when nothing of it is there any more.
    #[wasm_bindgen(js_name = undoArrivals)]
    pub fn undo_arrivals(
        &mut self,
        arrived: Ts<ArrivedView>,
        before: Option<JsString>,
        random: Vec<u8>,
        now_millis: f64,
    ) -> Result<Option<Ts<SaveView>>, Failure> {
        let now = UnixMillis(decode_whole(now_millis)?);
        let arrived = crate::request::decode(&arrived)?.decode()?;
        let before = before.as_ref().map(value::long::stored);
        let before = before.map(|sealed| self.vault.earlier(&sealed)).transpose()?;
        let random = decode_random(&random)?;
        match self.vault.undo_arrivals(&arrived, before.as_ref(), &random, now)? {
            0 => Ok(None),
            _ => self.pending(None).map(Some),
        }
    }
}

fn read_entry(entry: &FileEntry, created: UnixTime) -> Result<Entry, Failure> {
    let entry = entry.to_entry(created)?;
    entry.check().map_err(|_| Failure::new("textTooLong"))?;
    Ok(entry)
}

impl ArrivalView {
    fn new(entry: &Entry, arrival: &Arrival<'_>) -> Self {
        let (state, differences) = match arrival {
            Arrival::New => ("new", Vec::new()),
            Arrival::Same => ("same", Vec::new()),
            Arrival::Changed { ours, differences } => {
                let view = |difference| DifferenceView::new(difference, ours, entry);
                ("changed", differences.iter().copied().map(view).collect())
            }
            Arrival::Deleted { .. } => ("deleted", Vec::new()),
            Arrival::Repeated => ("repeated", Vec::new()),
            Arrival::CounterBased => return Self::refused(Some(entry), "notTimeBased"),
        };
        Self {
            state,
            entry: Some(EntryFacts::new(entry)),
            reason: None,
            differences,
            partition_unknown: arrival.lacks_partition(entry),
        }
    }

    fn refused(entry: Option<&Entry>, reason: &'static str) -> Self {
        let entry = entry.map(EntryFacts::new);
        let differences = Vec::new();
        let reason = Some(reason);
        Self { state: "refused", entry, reason, differences, partition_unknown: false }
    }
}

impl DifferenceView {
    fn new(difference: Difference, ours: &Entry, theirs: &Entry) -> Self {
        let (what, text): (_, fn(&Entry) -> String) = match difference {
            Difference::Issuer => ("issuer", |entry| entry.key.issuer.clone().unwrap_or_default()),
            Difference::AccountName => ("accountName", |entry| entry.key.account_name.clone()),
            Difference::Algorithm => {
                ("algorithm", |entry| EntryFacts::new(entry).algorithm().to_owned())
            }
            Difference::Digits => ("digits", |entry| entry.key.digits.count().to_string()),
            Difference::Period => ("period", |entry| period_seconds(&entry.key)),
            Difference::Note => ("note", |entry| entry.note.clone()),
        };
        Self { what, ours: text(ours), theirs: text(theirs) }
    }
}

/// Empty for an entry that counts.
fn period_seconds(key: &KeyUri) -> String {
    match key.factor {
        MovingFactor::Time(period) => period.seconds().to_string(),
        MovingFactor::Counter(_) => String::new(),
    }
}

impl From<&Arrived> for ArrivedView {
    fn from(Arrived { added, changed }: &Arrived) -> Self {
        let texts = |ids: &[EntryId]| ids.iter().copied().map(id_text).collect();
        Self { added: texts(added), changed: texts(changed) }
    }
}

impl ArrivedView {
    fn decode(&self) -> Result<Arrived, Failure> {
        let ids = |texts: &[String]| -> Result<Vec<EntryId>, Failure> {
            texts.iter().map(|text| decode_id(text)).collect()
        };
        Ok(Arrived { added: ids(&self.added)?, changed: ids(&self.changed)? })
    }
}
