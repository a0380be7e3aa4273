//! The module of the service worker: the open vault, its entries and their codes.
#![expect(clippy::needless_pass_by_value, reason = "wasm-bindgen hands values over")]
#![expect(clippy::missing_errors_doc, reason = "each throws `CoreError`, whose kinds say why")]
#![expect(missing_debug_implementations, reason = "they hold secrets and labels")]

pub mod arrivals;
pub mod migration;
pub mod request;
pub mod rescue;
pub mod restore;
pub mod view;

use doorcode::aws::matching::match_entries;
use doorcode::entry::{Entry, EntryId, UnixTime};
use doorcode::hotp::Code;
use doorcode::vault::{self, Header, Replica, SaveRandom, StoredValues, UnixMillis, VaultKey};
use js_sys::{JSON, JsString, Uint8Array};
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::value;
use request::{EntryEdit, NewEntry, PageIdentity, StoredVault};
use view::{
    CodeSource, CodeSources, CodeView, EntryMatches, EntryView, EntryViews, ImportedEntry,
    LoadReport, Presence, SaveView,
};

/// How many random bytes each change takes.
#[wasm_bindgen(js_name = saveRandomBytes)]
pub fn save_random_bytes() -> usize {
    SaveRandom::BYTES
}

/// Whether storage holds a vault. Needs no key.
#[wasm_bindgen(js_name = vaultPresence)]
pub fn vault_presence(stored: Ts<StoredVault>) -> Result<Ts<Presence>, Failure> {
    let stored = decode_stored(&stored)?;
    to_ts(&Presence::from(vault::presence(&stored.values())))
}

/// Whether two ways to write an entry hold the same secret: the QR code of a page and the secret key
/// beside it.
#[wasm_bindgen(js_name = sameSecret)]
pub fn same_secret(one: Ts<NewEntry>, other: Ts<NewEntry>) -> Result<bool, Failure> {
    let (one, other) =
        (decode_new(&one, UnixTime::default())?, decode_new(&other, UnixTime::default())?);
    Ok(one.key.secret == other.key.secret)
}

/// An open vault.
///
/// Each change returns what to write; `confirm` what was read back, or `abandon`, before the next.
/// Then `nextCopy` until it returns nothing.
#[wasm_bindgen]
#[expect(clippy::struct_field_names, reason = "it is the vault of the core")]
pub struct Vault {
    vault: vault::Vault,
    report: Option<vault::LoadReport>,
    /// The key in force is the one that it was opened with.
    key_is_given: bool,
}

#[wasm_bindgen]
impl Vault {
    /// Opens the stored vault. `replica` is 6 random bytes, drawn once per start of the browser.
    pub fn open(
        vault_key: Vec<u8>,
        stored: Ts<StoredVault>,
        replica: Vec<u8>,
    ) -> Result<Self, Failure> {
        let key = decode_key(vault_key)?;
        let stored = decode_stored(&stored)?;
        let replica = Replica(value::array(&replica)?);
        let (vault, report) = vault::Vault::open(&key, &stored.values(), replica)?;
        let key_is_given = vault.key().is(&key);
        Ok(Self { vault, report: Some(report), key_is_given })
    }

    /// Makes an empty vault under a new header. Nothing is stored yet: `nextCopy` says what to
    /// write, the first body before the first header.
    pub fn create(
        vault_key: Vec<u8>,
        header: &str,
        replica: Vec<u8>,
        random: Vec<u8>,
    ) -> Result<Self, Failure> {
        let key = decode_key(vault_key)?;
        let header = Header::parse(&value::decode(header)?)?;
        let replica = Replica(value::array(&replica)?);
        let vault = vault::Vault::create(&key, header, replica, &decode_random(&random)?)?;
        Ok(Self { vault, report: None, key_is_given: true })
    }

    /// What was not as it should be when the vault was opened.
    pub fn report(&self) -> Result<Ts<LoadReport>, Failure> {
        to_ts(&LoadReport::new(self.report.as_ref()))
    }

    /// Counts the saves: it is higher after every change.
    #[expect(clippy::cast_precision_loss, reason = "2^53 saves are never reached")]
    pub fn rev(&self) -> f64 {
        self.vault.rev() as f64
    }

    /// When the oldest entry that is not deleted was added, Unix time in seconds.
    #[wasm_bindgen(js_name = oldestEntryAt)]
    #[expect(clippy::cast_precision_loss, reason = "a time far below 2^53")]
    pub fn oldest_entry_at(&self) -> Option<f64> {
        self.vault.live_entries().map(|(_, entry)| entry.created.0 as f64).reduce(f64::min)
    }

    /// The key in force when it is not the one that the vault was opened with: a rotation was cut
    /// short. The session has to be sealed anew with it. Whoever takes it wipes it after use.
    #[wasm_bindgen(js_name = otherKeyInForce)]
    pub fn other_key_in_force(&self) -> Option<Uint8Array> {
        // EXPOSE: the session key seals it, by WebCrypto, which takes bytes.
        (!self.key_is_given).then(|| Uint8Array::from(self.vault.key().expose().as_slice()))
    }

    /// Whether this is the key in force: somebody proved to know what opens the vault.
    #[wasm_bindgen(js_name = isKey)]
    pub fn is_key(&self, vault_key: Vec<u8>) -> Result<bool, Failure> {
        Ok(self.vault.key().is(&decode_key(vault_key)?))
    }

    /// Begins to store the header of a new vault key. As `replaceHeader`; everything after it is
    /// encrypted under the new key.
    #[wasm_bindgen(js_name = rotateKey)]
    pub fn rotate_key(
        &mut self,
        header: &str,
        vault_key: Vec<u8>,
        random: Vec<u8>,
    ) -> Result<Ts<SaveView>, Failure> {
        let key = decode_key(vault_key)?;
        self.vault.begin_key(&value::decode(header)?, &key, &decode_random(&random)?)?;
        self.pending(None)
    }

    /// The header in force, for the Worker that changes it.
    pub fn header(&self) -> String {
        value::encode(self.vault.header().as_bytes())
    }

    /// Every entry, deleted ones too, in the order to show them. No secret is in any of it.
    pub fn entries(&self) -> Result<Ts<EntryViews>, Failure> {
        let entries = self.vault.entries();
        list_to_ts(&entries.into_iter().map(|(id, entry)| EntryView::new(id, entry)).collect())
    }

    /// One entry.
    pub fn entry(&self, entry_id: &str) -> Result<Ts<EntryView>, Failure> {
        let id = decode_id(entry_id)?;
        to_ts(&EntryView::new(id, self.vault.entry(id)?))
    }

    /// What makes the codes of `codeValues`, in the same order. Changes only when the vault does.
    #[wasm_bindgen(js_name = codeSources)]
    pub fn code_sources(&self) -> Result<Ts<CodeSources>, Failure> {
        let sources = self.vault.live_entries();
        list_to_ts(&sources.filter_map(|(id, entry)| CodeSource::new(id, &entry.key)).collect())
    }

    /// The codes of all time-based entries that are not deleted, as numbers to be padded to their
    /// digits, `steps_ahead` time steps after a Unix time in seconds.
    #[wasm_bindgen(js_name = codeValues)]
    pub fn code_values(&self, unix_seconds: f64, steps_ahead: u32) -> Result<Vec<u32>, Failure> {
        let (now, ahead) = (decode_whole(unix_seconds)?, u64::from(steps_ahead));
        let codes =
            self.vault.live_entries().filter_map(|(_, entry)| entry.key.code_at(now, ahead));
        Ok(codes.map(Code::value).collect())
    }

    /// The code of one entry.
    pub fn code(&self, entry_id: &str, unix_seconds: f64) -> Result<Ts<CodeView>, Failure> {
        let id = decode_id(entry_id)?;
        let code = CodeView::new(id, self.vault.entry(id)?, decode_whole(unix_seconds)?);
        to_ts(&code.ok_or(Failure::new("notTimeBased"))?)
    }

    /// Reads a key URI or secret key without saving anything.
    pub fn preview(&self, entry: Ts<NewEntry>) -> Result<Ts<ImportedEntry>, Failure> {
        let entry = decode_new(&entry, UnixTime::default())?;
        let duplicate = self.vault.entry_with_secret(&entry.key.secret);
        to_ts(&ImportedEntry::new(&entry, duplicate))
    }

    /// Begins to add an entry; its id is `entryId` of the result. Refused with `duplicateEntry`
    /// when an entry has this secret.
    pub fn add(
        &mut self,
        entry: Ts<NewEntry>,
        random: Vec<u8>,
        now_millis: f64,
    ) -> Result<Ts<SaveView>, Failure> {
        self.add_new(&entry, &random, now_millis, |_| ())
    }

    /// As `add`, for a device that AWS may not know yet: `edit` says what the page tells of whose it
    /// is, and that it is pending. One save, so that no entry ever seems finished before it is.
    pub fn enrol(
        &mut self,
        entry: Ts<NewEntry>,
        edit: Ts<EntryEdit>,
        random: Vec<u8>,
        now_millis: f64,
    ) -> Result<Ts<SaveView>, Failure> {
        let edit = crate::request::decode(&edit)?.decode()?;
        self.add_new(&entry, &random, now_millis, |entry| edit.apply(entry))
    }

    /// Begins to change an entry: what `edit` does not name stays.
    pub fn edit(
        &mut self,
        entry_id: &str,
        edit: Ts<EntryEdit>,
        random: Vec<u8>,
        now_millis: f64,
    ) -> Result<Ts<SaveView>, Failure> {
        let id = decode_id(entry_id)?;
        let now = UnixMillis(decode_whole(now_millis)?);
        let edit = crate::request::decode(&edit)?.decode()?;
        self.vault.edit(id, |entry| edit.apply(entry), &decode_random(&random)?, now)?;
        self.pending(Some(id))
    }

    /// As `edit`, for several entries in one save: the edits in the order of the ids.
    #[wasm_bindgen(js_name = editAll)]
    pub fn edit_all(
        &mut self,
        entry_ids: Vec<String>,
        edits: Vec<Ts<EntryEdit>>,
        random: Vec<u8>,
        now_millis: f64,
    ) -> Result<Ts<SaveView>, Failure> {
        if entry_ids.len() != edits.len() {
            return Err(Failure::MALFORMED_REQUEST);
        }
        let now = UnixMillis(decode_whole(now_millis)?);
        let mut checked = Vec::with_capacity(edits.len());
        for (id, edit) in entry_ids.iter().zip(&edits) {
            let edit = crate::request::decode(edit)?.decode()?;
            checked.push((decode_id(id)?, move |entry: &mut Entry| edit.apply(entry)));
        }
        self.vault.edit_all(checked, &decode_random(&random)?, now)?;
        self.pending(None)
    }

    /// Begins to delete an entry. It can be restored for 30 days.
    pub fn delete(
        &mut self,
        entry_id: &str,
        random: Vec<u8>,
        now_millis: f64,
    ) -> Result<Ts<SaveView>, Failure> {
        let id = decode_id(entry_id)?;
        let now = UnixMillis(decode_whole(now_millis)?);
        self.vault.delete(id, &decode_random(&random)?, now)?;
        self.pending(Some(id))
    }

    /// Begins to restore a deleted entry.
    pub fn restore(
        &mut self,
        entry_id: &str,
        random: Vec<u8>,
        now_millis: f64,
    ) -> Result<Ts<SaveView>, Failure> {
        let id = decode_id(entry_id)?;
        let now = UnixMillis(decode_whole(now_millis)?);
        self.vault.restore(id, &decode_random(&random)?, now)?;
        self.pending(Some(id))
    }

    /// Begins to erase what was deleted more than 30 days ago. Nothing when there is none.
    pub fn purge(
        &mut self,
        random: Vec<u8>,
        now_millis: f64,
    ) -> Result<Option<Ts<SaveView>>, Failure> {
        let now = UnixMillis(decode_whole(now_millis)?);
        match self.vault.purge(&decode_random(&random)?, now)? {
            0 => Ok(None),
            _ => self.pending(None).map(Some),
        }
    }

    /// The entries that may answer the MFA step of a page, the best first.
    #[wasm_bindgen(js_name = matchEntries)]
    pub fn match_entries(&self, page: Ts<PageIdentity>) -> Result<Ts<EntryMatches>, Failure> {
        let page = crate::request::decode(&page)?.decode()?;
        to_ts(&EntryMatches::from(match_entries(&page, self.vault.entries())))
    }

    /// The key URI of an entry, which holds its secret.
    #[wasm_bindgen(js_name = exportUri)]
    pub fn export_uri(&self, entry_id: &str) -> Result<String, Failure> {
        let uri = self.vault.entry(decode_id(entry_id)?)?.key.to_uri();
        // EXPOSE: the user asked for the secret in the form other authenticators read.
        Ok(uri.as_str().to_owned())
    }

    /// Begins to store a header that the Worker made from `header()`. It comes into force with the
    /// first `nextCopy` after it; if that fails, the earlier one stays in force.
    #[wasm_bindgen(js_name = replaceHeader)]
    pub fn replace_header(
        &mut self,
        header: &str,
        random: Vec<u8>,
    ) -> Result<Ts<SaveView>, Failure> {
        self.vault.begin_header(&value::decode(header)?, &decode_random(&random)?)?;
        self.pending(None)
    }

    /// Begins to store what storage lacks: of a new vault everything, after a change its second
    /// copy, a copy in place of a damaged one. Nothing when nothing is lacking.
    #[wasm_bindgen(js_name = nextCopy)]
    pub fn next_copy(&mut self) -> Result<Option<Ts<SaveView>>, Failure> {
        if self.vault.begin_next_copy()? { self.pending(None).map(Some) } else { Ok(None) }
    }

    /// Takes what was read back from storage after the write, nothing when either failed. Throws
    /// `notSaved` when it is not what was to be written; the earlier state then stays in force.
    pub fn confirm(&mut self, read_back: Option<JsString>) -> Result<(), Failure> {
        let read_back = read_back.as_ref().map(value::long::stored);
        Ok(self.vault.confirm(read_back.as_deref())?)
    }

    /// Gives up the save in progress. The earlier state stays in force.
    pub fn abandon(&mut self) {
        self.vault.abandon();
    }

    fn add_new(
        &mut self,
        entry: &Ts<NewEntry>,
        random: &[u8],
        now_millis: f64,
        finish: impl FnOnce(&mut Entry),
    ) -> Result<Ts<SaveView>, Failure> {
        let now = UnixMillis(decode_whole(now_millis)?);
        let mut entry = decode_new(entry, now.to_unix_time())?;
        if let Some(id) = self.vault.entry_with_secret(&entry.key.secret) {
            return Err(Failure::with("duplicateEntry", "entryId", view::id_text(id)));
        }
        finish(&mut entry);
        entry.check().map_err(|_| Failure::new("textTooLong"))?;
        let id = self.vault.add(entry, &decode_random(random)?, now)?;
        self.pending(Some(id))
    }

    fn pending(&self, id: Option<EntryId>) -> Result<Ts<SaveView>, Failure> {
        let save = self.vault.pending_save().ok_or(Failure::new("noSaveInProgress"))?;
        to_ts(&SaveView::new(save, id))
    }
}

impl Drop for Vault {
    fn drop(&mut self) {
        crate::scrub::scrub();
    }
}

/// Stored values as bytes.
struct StoredBytes {
    headers: StoredPair,
    bodies: StoredPair,
}

impl StoredBytes {
    fn values(&self) -> StoredValues<'_> {
        StoredValues { headers: self.headers.values(), bodies: self.bodies.values() }
    }
}

/// Two copies of one thing.
struct StoredPair {
    zero: Option<Vec<u8>>,
    one: Option<Vec<u8>>,
    /// As it is nearly always: decoded once, and `one` is not used.
    equal: bool,
}

impl StoredPair {
    fn decode(zero: &JsValue, one: &JsValue) -> Result<Self, Failure> {
        let equal = one == zero;
        let one = if equal { None } else { decode_value(one)? };
        Ok(Self { zero: decode_value(zero)?, one, equal })
    }

    fn values(&self) -> [Option<&[u8]>; 2] {
        [self.zero.as_deref(), if self.equal { &self.zero } else { &self.one }.as_deref()]
    }
}

fn decode_stored(stored: &Ts<StoredVault>) -> Result<StoredBytes, Failure> {
    let stored = crate::request::decode(stored)?;
    Ok(StoredBytes {
        headers: StoredPair::decode(&stored.h0, &stored.h1)?,
        bodies: StoredPair::decode(&stored.b0, &stored.b1)?,
    })
}

fn decode_value(value: &JsValue) -> Result<Option<Vec<u8>>, Failure> {
    if value.is_undefined() {
        return Ok(None);
    }
    let text = value.dyn_ref::<JsString>().ok_or(Failure::MALFORMED_REQUEST)?;
    Ok(Some(value::long::stored(text)))
}

fn decode_key(key: Vec<u8>) -> Result<VaultKey, Failure> {
    let key = Zeroizing::new(key);
    Ok(VaultKey::from_bytes(Zeroizing::new(value::array(&key)?)))
}

fn decode_random(random: &[u8]) -> Result<SaveRandom, Failure> {
    Ok(SaveRandom::from_bytes(&value::array(random)?))
}

fn decode_id(text: &str) -> Result<EntryId, Failure> {
    let bytes = value::decode(text).map_err(|_| Failure::MALFORMED_REQUEST)?;
    Ok(EntryId::from_bytes(value::array(&bytes)?))
}

fn decode_new(entry: &Ts<NewEntry>, now: UnixTime) -> Result<Entry, Failure> {
    crate::request::decode(entry)?.decode(now)
}

/// A JavaScript number that is a whole one, 0 to 2^53 - 1 (`Number.isSafeInteger`).
fn decode_whole(number: f64) -> Result<u64, Failure> {
    const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;
    if !(0.0..=MAX_SAFE_INTEGER).contains(&number) {
        return Err(Failure::MALFORMED_REQUEST);
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked above; a fraction of a second is cut off on purpose"
    )]
    Ok(number as u64)
}

fn to_ts<T: Tsify + Serialize>(view: &T) -> Result<Ts<T>, Failure> {
    Ts::from_rust(view).map_err(|_| Failure::new("unexpected"))
}

/// A list of all entries: JavaScript reads one text faster than value after value.
fn list_to_ts<T: Tsify + Serialize>(list: &T) -> Result<Ts<T>, Failure> {
    let text = serde_json::to_string(list).map_err(|_| Failure::new("unexpected"))?;
    JSON::parse(&text).map(Ts::new_unchecked).map_err(|_| Failure::new("unexpected"))
}
