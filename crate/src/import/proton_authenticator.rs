//! Proton Authenticator's export, plain or encrypted.
//!
//! Source: the code of Proton's authenticator library.

use super::Importer;
use super::cipher::{self, Plain};
use super::document::Document;
use super::error::{Damage, ImportError};
use super::json::Json;
use super::kdf::{self, Argon2Cost};
use super::parameters;
use super::report::{Collector, Extras, Names};

pub(super) struct ProtonAuthenticator;

/// The cost that the format fixes.
const COST: Argon2Cost = Argon2Cost { memory_kib: 19_456, passes: 2, lanes: 1 };

const AAD: &[u8] = b"proton.authenticator.export.v1";

impl Importer for ProtonAuthenticator {
    fn recognise(&self, file: &Document<'_>) -> Option<&'static str> {
        let json = file.json()?;
        if json.get("salt").is_text() && json.get("content").is_text() {
            return Some("proton-authenticator-encrypted");
        }
        let entries = json.get("entries");
        let is_proton = match entries.elements() {
            [] => entries.is_array() && json.has("version"),
            entries => entries.iter().any(|entry| entry.get("content").has("uri")),
        };
        is_proton.then_some("proton-authenticator")
    }

    fn read(
        &self,
        file: &Document<'_>,
        passphrase: Option<&[u8]>,
        to: &mut Collector<'_>,
    ) -> Result<(), ImportError> {
        let json = file.json().unwrap_or(&Json::Null);
        if json.get("version").number() != Ok(Some(1)) {
            return Err(Damage::Version.into());
        }
        if json.get("content").is_text() {
            let needed = ImportError::PassphraseNeeded { format: "proton-authenticator-encrypted" };
            let plain = decrypt(json, passphrase.ok_or(needed))?;
            read_entries(&Json::parse_bytes(&plain)?, to)
        } else {
            read_entries(json, to)
        }
    }
}

fn read_entries(export: &Json<'_>, to: &mut Collector<'_>) -> Result<(), ImportError> {
    for entry in export.array("entries")? {
        let content = entry.get("content");
        let names = Names::new(None, content.get("name").text().as_deref());
        let mut extras = Extras::default();
        extras.note(entry.get("note").text().as_deref());
        let uri = content.get("uri").text().unwrap_or_default();
        parameters::add_field(&uri, names, extras, to)?;
    }
    Ok(())
}

fn decrypt(json: &Json<'_>, passphrase: Result<&[u8], ImportError>) -> Result<Plain, ImportError> {
    let salt = cipher::base64(json.required("salt")?, "salt")?;
    let content = cipher::base64(json.required("content")?, "content")?;
    let (nonce, sealed) = content.split_first_chunk().ok_or(Damage::Part("content"))?;
    if sealed.len() < 16 {
        return Err(Damage::Part("content").into());
    }
    let key = kdf::argon2id(passphrase?, &salt, COST, COST.passes)?;
    cipher::open_gcm(&key, nonce, sealed, AAD).ok_or(ImportError::WrongPassphrase)
}
