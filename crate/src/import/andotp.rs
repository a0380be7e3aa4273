//! andOTP's backups: plain, and encrypted in the new and the old way.
//!
//! Source: the code of that application, which is no longer developed.

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::Importer;
use super::cipher::{self, Plain as PlainBytes};
use super::document::Document;
use super::error::{Damage, ImportError};
use super::json::Json;
use super::kdf::{self, Key};
use super::note::Line;
use super::parameters::{Kind, Parameters, Raw};
use super::report::{Collector, Extras, Names, Refusal};

/// An array of entries.
pub(super) struct Plain;

/// Bytes that look random: there is no header. Stands last, as any such file may be one.
pub(super) struct Encrypted;

/// The most rounds of PBKDF2 read. andOTP chooses about 150,000 at random.
const MAX_ROUNDS: u32 = 10_000_000;
const SALT_BYTES: usize = 12;
const NONCE_AND_TAG_BYTES: usize = 12 + 16;

impl Importer for Plain {
    fn recognise(&self, file: &Document<'_>) -> Option<&'static str> {
        let json = file.json()?;
        let entries = json.elements();
        let is_entry = |entry: &Json<'_>| entry.has("secret") && entry.has("label");
        (json.is_array() && entries.iter().any(is_entry)).then_some("andotp")
    }

    fn read(
        &self,
        file: &Document<'_>,
        _: Option<&[u8]>,
        to: &mut Collector<'_>,
    ) -> Result<(), ImportError> {
        read_entries(file.json().unwrap_or(&Json::Null), to)
    }
}

impl Importer for Encrypted {
    fn recognise(&self, file: &Document<'_>) -> Option<&'static str> {
        let bytes = file.bytes()?;
        let is_long_enough = bytes.len() > NONCE_AND_TAG_BYTES;
        (is_long_enough && looks_random(bytes)).then_some("andotp-encrypted")
    }

    fn read(
        &self,
        file: &Document<'_>,
        passphrase: Option<&[u8]>,
        to: &mut Collector<'_>,
    ) -> Result<(), ImportError> {
        let needed = ImportError::PassphraseNeeded { format: "andotp-encrypted" };
        let plain = decrypt(file.bytes().unwrap_or_default(), passphrase.ok_or(needed)?)?;
        let json = Json::parse_bytes(&plain)?;
        if !json.is_array() {
            return Err(Damage::Encrypted.into());
        }
        read_entries(&json, to)
    }
}

fn read_entries(entries: &Json<'_>, to: &mut Collector<'_>) -> Result<(), ImportError> {
    for entry in entries.elements() {
        let text = |name| entry.get(name).text();
        let (issuer, label) = (text("issuer"), text("label").unwrap_or_default());
        let names = match (&issuer, label.split_once(" - ")) {
            // Older versions had no issuer and wrote it into the label.
            (None, Some((issuer, account_name))) => {
                Names::from_label(Some(issuer), Some(account_name))
            }
            (issuer, _) => Names::from_label(issuer.as_deref(), Some(&label)),
        };
        let mut extras = Extras::default();
        let tags: Vec<_> = entry.get("tags").elements().iter().filter_map(Json::text).collect();
        extras.line(Line::Tags, Some(&tags.join(", ")));
        to.add(&names, extras, read_key(entry))?;
    }
    Ok(())
}

fn read_key(entry: &Json<'_>) -> Result<Parameters, Refusal> {
    let raw = Raw {
        kind: Kind::parse(entry.get("type").text().as_deref())?,
        algorithm: entry.get("algorithm"),
        digits: entry.get("digits"),
        period: entry.get("period"),
        counter: entry.get("counter"),
    };
    raw.with_base32(entry.get("secret"))
}

/// Whether about half of the bytes have their highest bit set, as in what is encrypted.
fn looks_random(bytes: &[u8]) -> bool {
    let high = bytes.iter().filter(|byte| **byte >= 0x80).count();
    bytes.len() < 64 || (35..=65).contains(&(high * 100 / bytes.len()))
}

fn decrypt(bytes: &[u8], passphrase: &[u8]) -> Result<PlainBytes, ImportError> {
    if let Some(plain) = decrypt_new(bytes, passphrase)? {
        return Ok(plain);
    }
    let key: Key = Zeroizing::new(Sha256::digest(passphrase).into());
    open(&key, bytes).ok_or(ImportError::WrongPassphrase)
}

/// Rounds in four bytes, salt, nonce, ciphertext and tag.
fn decrypt_new(bytes: &[u8], passphrase: &[u8]) -> Result<Option<PlainBytes>, ImportError> {
    let Some((rounds, rest)) = bytes.split_first_chunk() else { return Ok(None) };
    let rounds = u32::from_be_bytes(*rounds);
    if !(1..=MAX_ROUNDS).contains(&rounds) {
        return Ok(None);
    }
    let Some((salt, rest)) = rest.split_first_chunk::<SALT_BYTES>() else { return Ok(None) };
    if rest.len() < NONCE_AND_TAG_BYTES {
        return Ok(None);
    }
    let key = kdf::pbkdf2_sha1(passphrase, salt, rounds.into(), MAX_ROUNDS.into())?;
    Ok(open(&key, rest))
}

fn open(key: &Key, bytes: &[u8]) -> Option<PlainBytes> {
    let (nonce, sealed) = bytes.split_first_chunk()?;
    cipher::open_gcm(key, nonce, sealed, b"")
}
