//! Aegis Authenticator's vault, plain or encrypted.
//!
//! Source: "Aegis Vault" in the documents of that project. A random key encrypts the content; each
//! slot holds that key, encrypted by scrypt of a password or in a way that only the phone opens.

use super::Importer;
use super::cipher::{self, Plain};
use super::document::Document;
use super::error::{Damage, ImportError};
use super::json::Json;
use super::kdf::{Key, ScryptCost};
use super::note::Line;
use super::parameters::{Kind, Parameters, Raw};
use super::report::{Collector, Extras, Names, Refusal};

pub(super) struct Aegis;

/// The type of a slot that a password opens.
const PASSWORD_SLOT: i128 = 1;

/// A vault of more password slots is none: each costs a derivation.
const MAX_PASSWORD_SLOTS: usize = 10;

/// Old versions of Aegis derived from the buffer that held the password, which was larger than it
/// from this length on.
const LONG_PASSWORD_BYTES: usize = 64;

impl Importer for Aegis {
    fn recognise(&self, file: &Document<'_>) -> Option<&'static str> {
        let json = file.json()?;
        match json.get("db") {
            Json::Text(_) if json.get("header").is_object() => Some("aegis-encrypted"),
            db if db.get("entries").is_array() && json.has("header") => Some("aegis"),
            _ => None,
        }
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
        if json.get("db").is_text() {
            let needed = ImportError::PassphraseNeeded { format: "aegis-encrypted" };
            let plain = decrypt(json, passphrase.ok_or(needed))?;
            read_content(&Json::parse_bytes(&plain)?, to)
        } else {
            read_content(json.get("db"), to)
        }
    }
}

fn read_content(content: &Json<'_>, to: &mut Collector<'_>) -> Result<(), ImportError> {
    if !matches!(content.get("version").number(), Ok(Some(1..=3))) {
        return Err(Damage::Version.into());
    }
    let groups = content.get("groups").index("uuid", "name");
    for entry in content.array("entries")? {
        let name = |field| entry.get(field).text();
        let names = Names::new(name("issuer").as_deref(), name("name").as_deref());
        let mut extras = Extras::pinned(entry.get("favorite").truth());
        extras.note(name("note").as_deref());
        extras.line(Line::Group, name("group").as_deref());
        for uuid in entry.get("groups").elements() {
            extras.line(Line::Group, uuid.find_in(&groups));
        }
        to.add(&names, extras, read_key(entry))?;
    }
    Ok(())
}

fn read_key(entry: &Json<'_>) -> Result<Parameters, Refusal> {
    let info = entry.get("info");
    let raw = Raw {
        kind: Kind::parse(entry.get("type").text().as_deref())?,
        algorithm: info.get("algo"),
        digits: info.get("digits"),
        period: info.get("period"),
        counter: info.get("counter"),
    };
    raw.with_base32(info.get("secret"))
}

/// What a key of the vault is sealed with, its tag apart.
struct Sealed {
    nonce: [u8; 12],
    ciphertext_and_tag: Vec<u8>,
}

impl Sealed {
    fn new(mut ciphertext: Vec<u8>, params: &Json<'_>) -> Result<Self, ImportError> {
        let nonce = cipher::hex(params.required("nonce")?, "nonce")?;
        let tag: [u8; 16] = cipher::exactly(&cipher::hex(params.required("tag")?, "tag")?, "tag")?;
        ciphertext.extend(tag);
        Ok(Self { nonce: cipher::exactly(&nonce, "nonce")?, ciphertext_and_tag: ciphertext })
    }

    fn open(&self, key: &Key) -> Option<Plain> {
        cipher::open_gcm(key, &self.nonce, &self.ciphertext_and_tag, b"")
    }
}

/// A slot that a password opens.
struct PasswordSlot {
    cost: ScryptCost,
    salt: Vec<u8>,
    key: Sealed,
    is_old: bool,
}

impl PasswordSlot {
    fn parse(slot: &Json<'_>) -> Result<Self, ImportError> {
        let number = |name| slot.required_number(name);
        Ok(Self {
            cost: ScryptCost::new(number("n")?, number("r")?, number("p")?)?,
            salt: cipher::hex(slot.required("salt")?, "salt")?,
            key: Sealed::new(cipher::hex(slot.required("key")?, "key")?, slot.get("key_params"))?,
            is_old: !slot.get("repaired").truth(),
        })
    }

    fn open(&self, passphrase: &[u8]) -> Option<Key> {
        let plain = self.key.open(&self.cost.derive(passphrase, &self.salt))?;
        plain.as_slice().try_into().ok().map(Key::new)
    }
}

fn decrypt(json: &Json<'_>, passphrase: Result<&[u8], ImportError>) -> Result<Plain, ImportError> {
    let header = json.get("header");
    let content = cipher::base64(json.required("db")?, "db")?;
    let content = Sealed::new(content, header.get("params"))?;
    let slots = header.array("slots")?.iter();
    let slots = slots.filter(|slot| slot.get("type").number() == Ok(Some(PASSWORD_SLOT)));
    let slots = slots.map(PasswordSlot::parse).collect::<Result<Vec<_>, _>>()?;
    if slots.is_empty() {
        return Err(Damage::Part("a password slot").into());
    }
    if slots.len() > MAX_PASSWORD_SLOTS {
        return Err(ImportError::CostTooHigh);
    }
    let passphrase = passphrase?;
    let Some(key) = slots.iter().find_map(|slot| slot.open(passphrase)) else {
        let is_long = passphrase.len() > LONG_PASSWORD_BYTES;
        return Err(if is_long && slots.iter().any(|slot| slot.is_old) {
            ImportError::WrongLongPassphrase
        } else {
            ImportError::WrongPassphrase
        });
    };
    content.open(&key).ok_or(Damage::Encrypted.into())
}
