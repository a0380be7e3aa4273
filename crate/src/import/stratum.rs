//! Backups of Stratum, formerly Authenticator Pro, plain or encrypted.
//!
//! Source: "Backup format" in the documents of that project.

use std::collections::BTreeMap;

use super::Importer;
use super::cipher::{self, Plain};
use super::document::Document;
use super::error::{Damage, ImportError};
use super::json::Json;
use super::kdf::{self, Argon2Cost};
use super::note::Line;
use super::parameters::{Kind, Parameters, Raw};
use super::report::{Collector, Extras, Names, Refusal};
use crate::otpauth::KeyUriError;

pub(super) struct Stratum;

/// What an encrypted backup begins with.
const HEADER: &[u8] = b"AUTHENTICATORPRO";
const SALT_BYTES: usize = 16;

/// What one of an old version begins with: PBKDF2 with HMAC-SHA-1, then AES-256-CBC.
const OLD_HEADER: &[u8] = b"AuthenticatorPro";
const OLD_SALT_BYTES: usize = 20;
const OLD_ROUNDS: u64 = 64_000;

/// The cost that the format fixes.
const COST: Argon2Cost = Argon2Cost { memory_kib: 65_536, passes: 3, lanes: 4 };

impl Importer for Stratum {
    fn recognise(&self, file: &Document<'_>) -> Option<&'static str> {
        match file {
            Document::Json(json) => json.get("Authenticators").is_array().then_some("stratum"),
            Document::Bytes(bytes) => (bytes.starts_with(HEADER) || bytes.starts_with(OLD_HEADER))
                .then_some("stratum-encrypted"),
            _ => None,
        }
    }

    fn read(
        &self,
        file: &Document<'_>,
        passphrase: Option<&[u8]>,
        to: &mut Collector<'_>,
    ) -> Result<(), ImportError> {
        let Some(bytes) = file.bytes() else {
            return read_backup(file.json().unwrap_or(&Json::Null), to);
        };
        let needed = ImportError::PassphraseNeeded { format: "stratum-encrypted" };
        let passphrase = passphrase.ok_or(needed);
        match bytes.strip_prefix(OLD_HEADER) {
            Some(rest) => {
                let plain = decrypt_old(rest, passphrase)?;
                // No part of it is authenticated: a wrong passphrase shows in what comes out.
                let json = Json::parse_bytes(&plain).map_err(|_| ImportError::WrongPassphrase)?;
                read_backup(&json, to)
            }
            None => read_backup(&Json::parse_bytes(&decrypt(bytes, passphrase)?)?, to),
        }
    }
}

fn read_backup(backup: &Json<'_>, to: &mut Collector<'_>) -> Result<(), ImportError> {
    let categories = backup.get("Categories").index("Id", "Name");
    let mut categories_of: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for binding in backup.get("AuthenticatorCategories").elements() {
        let category = binding.get("CategoryId").find_in(&categories);
        categories_of
            .entry(binding.get("AuthenticatorSecret").text())
            .or_default()
            .extend(category);
    }
    for authenticator in backup.array("Authenticators")? {
        let text = |name| authenticator.get(name).text();
        let names = Names::new(text("Issuer").as_deref(), text("Username").as_deref());
        let mut extras = Extras::default();
        for category in categories_of.get(&text("Secret")).into_iter().flatten() {
            extras.line(Line::Category, Some(category));
        }
        to.add(&names, extras, read_key(authenticator))?;
    }
    Ok(())
}

fn read_key(authenticator: &Json<'_>) -> Result<Parameters, Refusal> {
    let kind = match authenticator.get("Type").number() {
        Ok(Some(1)) => Kind::Hotp,
        Ok(None | Some(2)) => Kind::Totp,
        Ok(Some(4)) => return Err(Refusal::Steam),
        _ => return Err(Refusal::Type),
    };
    let algorithm = match authenticator.get("Algorithm").number() {
        Ok(None | Some(0)) => "SHA1",
        Ok(Some(1)) => "SHA256",
        Ok(Some(2)) => "SHA512",
        _ => return Err(KeyUriError::Algorithm.into()),
    };
    let raw = Raw {
        kind,
        algorithm: &Json::Text(algorithm.into()),
        digits: authenticator.get("Digits"),
        period: authenticator.get("Period"),
        counter: authenticator.get("Counter"),
    };
    raw.with_base32(authenticator.get("Secret"))
}

fn decrypt(bytes: &[u8], passphrase: Result<&[u8], ImportError>) -> Result<Plain, ImportError> {
    let damaged = Damage::Encrypted;
    let rest = bytes.strip_prefix(HEADER).ok_or(damaged)?;
    let (salt, rest) = rest.split_first_chunk::<SALT_BYTES>().ok_or(damaged)?;
    let (nonce, sealed) = rest.split_first_chunk().ok_or(damaged)?;
    if sealed.len() < 16 {
        return Err(damaged.into());
    }
    let key = kdf::argon2id(passphrase?, salt, COST, COST.passes)?;
    cipher::open_gcm(&key, nonce, sealed, b"").ok_or(ImportError::WrongPassphrase)
}

/// With a wrong passphrase the padding is wrong, or what comes out is no JSON.
fn decrypt_old(rest: &[u8], passphrase: Result<&[u8], ImportError>) -> Result<Plain, ImportError> {
    let damaged = Damage::Encrypted;
    let (salt, rest) = rest.split_first_chunk::<OLD_SALT_BYTES>().ok_or(damaged)?;
    let (iv, sealed) = rest.split_first_chunk().ok_or(damaged)?;
    if sealed.is_empty() || sealed.len() % 16 != 0 {
        return Err(damaged.into());
    }
    let key = kdf::pbkdf2_sha1(passphrase?, salt, OLD_ROUNDS, OLD_ROUNDS)?;
    cipher::open_cbc(&key, iv, sealed).ok_or(ImportError::WrongPassphrase)
}
