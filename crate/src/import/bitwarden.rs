//! Bitwarden's JSON exports, of the password manager and of Bitwarden Authenticator, plain or
//! protected by a password.
//!
//! Source: the export code of Bitwarden's clients.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use super::Importer;
use super::cipher::{self, Plain};
use super::document::Document;
use super::error::{Damage, ImportError, Unreadable};
use super::json::Json;
use super::kdf::{self, Argon2Cost, Key};
use super::note::Line;
use super::parameters;
use super::report::{Collector, Extras, Names, Refusal};

pub(super) struct Bitwarden;

/// The most rounds of PBKDF2 that Bitwarden lets anyone choose; the least is 5,000.
const MAX_ROUNDS: u64 = 2_000_000;
const MIN_ROUNDS: u64 = 5_000;

/// The most passes of Argon2id that Bitwarden lets anyone choose.
const MAX_PASSES: u64 = 10;

impl Importer for Bitwarden {
    fn recognise(&self, file: &Document<'_>) -> Option<&'static str> {
        let json = file.json()?;
        if json.has("passwordProtected") || json.has("encKeyValidation_DO_NOT_EDIT") {
            return Some("bitwarden-encrypted");
        }
        let items = json.get("items");
        let is_export =
            json.has("encrypted") || items.elements().iter().any(|item| item.has("login"));
        (items.is_array() && is_export).then_some("bitwarden")
    }

    fn read(
        &self,
        file: &Document<'_>,
        passphrase: Option<&[u8]>,
        to: &mut Collector<'_>,
    ) -> Result<(), ImportError> {
        let json = file.json().unwrap_or(&Json::Null);
        if !json.get("encrypted").truth() {
            return read_items(json, to);
        }
        if !json.get("passwordProtected").truth() {
            return Err(Unreadable::BitwardenAccount.into());
        }
        let needed = ImportError::PassphraseNeeded { format: "bitwarden-encrypted" };
        let plain = decrypt(json, passphrase.ok_or(needed))?;
        read_items(&Json::parse_bytes(&plain)?, to)
    }
}

fn read_items(export: &Json<'_>, to: &mut Collector<'_>) -> Result<(), ImportError> {
    let folders = export.get("folders").index("id", "name");
    let collections = export.get("collections").index("id", "name");
    for item in export.array("items")? {
        let login = item.get("login");
        let Some(totp) = login.get("totp").text() else { continue };
        let title = item.get("name").text();
        let names = Names::new(title.as_deref(), login.get("username").text().as_deref());
        if item.get("deletedDate").text().is_some() {
            to.add(&names, Extras::default(), Err(Refusal::InTrash))?;
            continue;
        }
        let mut extras = Extras::pinned(item.get("favorite").truth());
        extras.line(Line::Folder, item.get("folderId").find_in(&folders));
        for id in item.get("collectionIds").elements() {
            extras.line(Line::Collection, id.find_in(&collections));
        }
        for uri in login.get("uris").elements() {
            extras.site(uri.get("uri").text().as_deref());
        }
        extras.look_at(item.get("notes").text().as_deref());
        for field in item.get("fields").elements() {
            extras.look_at(field.get("value").text().as_deref());
        }
        parameters::add_field(&totp, names, extras, to)?;
    }
    Ok(())
}

/// The type of what Bitwarden encrypts with a key of 256 bits: AES-256-CBC and HMAC-SHA-256.
const AES_CBC_HMAC: &str = "2.";

/// `2.iv|ciphertext|mac`, each in base64.
struct Sealed {
    iv: [u8; 16],
    ciphertext: Vec<u8>,
    mac: Vec<u8>,
}

impl Sealed {
    fn parse(text: &str, part: &'static str) -> Result<Self, ImportError> {
        let mut parts = text.strip_prefix(AES_CBC_HMAC).ok_or(Damage::Part(part))?.split('|');
        let mut next = || cipher::base64(parts.next().ok_or(Damage::Part(part))?, part);
        let (iv, ciphertext, mac) = (next()?, next()?, next()?);
        if ciphertext.is_empty() || ciphertext.len() % 16 != 0 || mac.len() != 32 {
            return Err(Damage::Part(part).into());
        }
        Ok(Self { iv: cipher::exactly(&iv, part)?, ciphertext, mac })
    }
}

/// The derived key, stretched into one to encrypt and one to authenticate.
struct Keys {
    encryption: Key,
    mac: Key,
}

impl Keys {
    fn stretch(key: &Key) -> Result<Self, ImportError> {
        let expand = |info: &[u8]| {
            let mut out = Key::default();
            let prk = Hkdf::<Sha256>::from_prk(key.as_slice());
            let expanded = prk.is_ok_and(|prk| prk.expand(info, out.as_mut_slice()).is_ok());
            expanded.then_some(out).ok_or(ImportError::Damaged(Damage::Encrypted))
        };
        Ok(Self { encryption: expand(b"enc")?, mac: expand(b"mac")? })
    }

    /// `None` when the MAC does not hold.
    fn open(&self, sealed: &Sealed) -> Option<Plain> {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(self.mac.as_slice()).ok()?;
        mac.update(&sealed.iv);
        mac.update(&sealed.ciphertext);
        mac.verify_slice(&sealed.mac).ok()?;
        cipher::open_cbc(&self.encryption, &sealed.iv, &sealed.ciphertext)
    }
}

fn decrypt(json: &Json<'_>, passphrase: Result<&[u8], ImportError>) -> Result<Plain, ImportError> {
    const VALIDATION: &str = "encKeyValidation_DO_NOT_EDIT";
    let validation = Sealed::parse(json.required(VALIDATION)?, VALIDATION)?;
    let data = Sealed::parse(json.required("data")?, "data")?;
    let cost = Cost::parse(json)?;
    // The text of the salt is the salt, though it looks like base64.
    let salt = json.required("salt")?;
    let keys = Keys::stretch(&cost.derive(passphrase?, salt.as_bytes())?)?;
    keys.open(&validation).ok_or(ImportError::WrongPassphrase)?;
    keys.open(&data).ok_or(Damage::Encrypted.into())
}

enum Cost {
    Pbkdf2 { rounds: u64 },
    Argon2id(Argon2Cost),
}

impl Cost {
    fn parse(json: &Json<'_>) -> Result<Self, ImportError> {
        let iterations = json.required_number("kdfIterations")?;
        match json.required_number("kdfType")? {
            0 if iterations < MIN_ROUNDS => Err(Damage::Part("kdfIterations").into()),
            0 if iterations > MAX_ROUNDS => Err(ImportError::CostTooHigh),
            0 => Ok(Self::Pbkdf2 { rounds: iterations }),
            1 => Ok(Self::Argon2id(Argon2Cost {
                memory_kib: json.required_number("kdfMemory")?.saturating_mul(1024),
                passes: iterations,
                lanes: json.required_number("kdfParallelism")?,
            })),
            _ => Err(Damage::Part("kdfType").into()),
        }
    }

    fn derive(&self, passphrase: &[u8], salt: &[u8]) -> Result<Key, ImportError> {
        match *self {
            Self::Pbkdf2 { rounds } => kdf::pbkdf2_sha256(passphrase, salt, rounds, MAX_ROUNDS),
            Self::Argon2id(cost) => {
                kdf::argon2id(passphrase, &Sha256::digest(salt), cost, MAX_PASSES)
            }
        }
    }
}
