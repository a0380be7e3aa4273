//! The browser extension "Authenticator" (authenticator.cc): `authenticator.json`, plain or
//! encrypted in one of three ways.
//!
//! Source: the code of that extension. Entries are members of one object; in version 3 each is
//! encrypted as a whole under a key record, in versions 1 and 2 only its secret is.

use std::borrow::Cow;

use super::document::Document;
use super::error::ImportError;
use super::json::Json;
use super::note::Line;
use super::parameters::{self, Kind, Parameters, Raw};
use super::report::{Collector, Extras, Names, Refusal};
use super::{Importer, cipher};
use crate::otpauth::KeyUriError;
use keys::Keys;

mod keys;

pub(super) struct Authenticator;

/// The names of codes that the extension writes as numbers after some imports, from 1.
const TYPES: [&str; 6] = ["totp", "hotp", "battle", "steam", "hex", "hhex"];
/// What old versions wrote before the secret in place of a type.
const OLD_PREFIXES: [(&str, &str); 3] =
    [("blz-", "battle"), ("bliz-", "battle"), ("stm-", "steam")];
const ALGORITHMS: [&str; 3] = ["SHA1", "SHA256", "SHA512"];

impl Importer for Authenticator {
    fn recognise(&self, file: &Document<'_>) -> Option<&'static str> {
        let json = file.json()?;
        if !json.members().any(|(_, record)| is_record(record)) {
            return None;
        }
        let is_encrypted = json.members().any(|(_, record)| is_encrypted(record));
        Some(if is_encrypted { "authenticator-encrypted" } else { "authenticator" })
    }

    fn read(
        &self,
        file: &Document<'_>,
        passphrase: Option<&[u8]>,
        to: &mut Collector<'_>,
    ) -> Result<(), ImportError> {
        let json = file.json().unwrap_or(&Json::Null);
        let mut records: Vec<&Json<'_>> =
            json.members().map(|(_, record)| record).filter(|record| is_entry(record)).collect();
        records.sort_by_key(|record| record.get("index").number().ok().flatten());
        let mut keys = None;
        if records.iter().any(|record| is_encrypted(record)) {
            let needed = ImportError::PassphraseNeeded { format: "authenticator-encrypted" };
            keys = Some(Keys::derive(json, passphrase.ok_or(needed)?)?);
        }
        let mut opened = 0;
        let mut failed = 0;
        for record in records {
            match keys.as_ref().filter(|_| is_encrypted(record)) {
                None => read_record(record, None, to)?,
                Some(keys) => {
                    let is_open = read_encrypted(record, keys, to)?;
                    if is_open { opened += 1 } else { failed += 1 }
                }
            }
        }
        // Without a check of the password, one that opens nothing is taken for wrong.
        if failed > 0 && opened == 0 && !keys.is_some_and(|keys| keys.is_checked) {
            return Err(ImportError::WrongPassphrase);
        }
        Ok(())
    }
}

fn data_type<'j>(record: &'j Json<'_>) -> Option<Cow<'j, str>> {
    record.get("dataType").text()
}

fn is_record(record: &Json<'_>) -> bool {
    match data_type(record).as_deref() {
        Some("OTPStorage" | "EncOTPStorage" | "Key") => true,
        _ => {
            record.has("secret")
                && ["hash", "encrypted", "type"].iter().any(|name| record.has(name))
        }
    }
}

fn is_entry(record: &Json<'_>) -> bool {
    record.is_object()
        && (record.has("secret") || record.has("data"))
        && data_type(record).as_deref() != Some("Key")
}

fn is_encrypted(record: &Json<'_>) -> bool {
    record.get("encrypted").truth() || data_type(record).as_deref() == Some("EncOTPStorage")
}

/// Reads an entry of which all or only the secret is encrypted; `false` when it cannot be opened.
fn read_encrypted(
    record: &Json<'_>,
    keys: &Keys,
    to: &mut Collector<'_>,
) -> Result<bool, ImportError> {
    if let Some(data) = record.get("data").text() {
        let plain = keys.open(record.get("keyId").text().as_deref(), &data);
        let inner = plain.as_ref().and_then(|plain| Json::parse_bytes(plain).ok());
        return match inner.filter(|inner| inner.has("secret")) {
            Some(inner) => read_record(&inner, None, to).map(|()| true),
            None => refuse(record, to),
        };
    }
    let sealed = record.get("secret").text().unwrap_or_default();
    let plain = keys.open(None, &sealed);
    let secret = plain.as_ref().and_then(|plain| core::str::from_utf8(plain).ok());
    match secret.filter(|secret| secret.is_ascii()) {
        Some(secret) => read_record(record, Some(secret), to).map(|()| true),
        None => refuse(record, to),
    }
}

fn refuse(record: &Json<'_>, to: &mut Collector<'_>) -> Result<bool, ImportError> {
    to.add(&names(record).0, Extras::default(), Err(Refusal::Undecryptable))?;
    Ok(false)
}

/// The names, and the site that the extension keeps behind `::` in the issuer.
fn names(record: &Json<'_>) -> (Names, Option<String>) {
    let issuer = record.get("issuer").text().unwrap_or_default();
    let (issuer, site) = match issuer.split_once("::") {
        Some((issuer, site)) => (issuer, Some(site.to_owned())),
        None => (&*issuer, None),
    };
    (Names::new(Some(issuer), record.get("account").text().as_deref()), site)
}

fn read_record(
    record: &Json<'_>,
    secret: Option<&str>,
    to: &mut Collector<'_>,
) -> Result<(), ImportError> {
    let (names, site) = names(record);
    let mut extras = Extras::pinned(record.get("pinned").truth());
    extras.line(Line::Site, site.as_deref());
    extras.site(site.as_deref());
    let own = record.get("secret").text();
    let key = read_key(record, secret.or(own.as_deref()).unwrap_or_default());
    to.add(&names, extras, key)
}

fn read_key(record: &Json<'_>, secret: &str) -> Result<Parameters, Refusal> {
    if secret.is_empty() {
        return Err(KeyUriError::NoSecret.into());
    }
    let named = by_number(record.get("type"), &TYPES);
    let by_prefix = OLD_PREFIXES.iter().find(|(prefix, _)| secret.starts_with(prefix));
    let kind = by_prefix.map_or(named.as_deref(), |(_, kind)| Some(*kind));
    let (kind, is_hex) = match kind {
        Some("hex") => (Kind::Totp, true),
        Some("hhex") => (Kind::Hotp, true),
        other => (Kind::parse(other)?, false),
    };
    let algorithm = by_number(record.get("algorithm"), &ALGORITHMS);
    let algorithm = algorithm.map_or(Json::Null, |name| Json::Text(name.into()));
    let zero = Json::Integer(0);
    let counter = record.get("counter");
    let raw = Raw {
        kind,
        algorithm: &algorithm,
        digits: record.get("digits"),
        period: record.get("period"),
        // Left out when it is 0.
        counter: if counter.text().is_some() { counter } else { &zero },
    };
    if is_hex {
        let bytes = cipher::hex(secret, "secret").map_err(|_| Refusal::Shape)?;
        raw.with(parameters::bytes(bytes)?)
    } else {
        raw.with_base32(&Json::Text(secret.into()))
    }
}

/// A name, or the number that stands for it.
fn by_number(value: &Json<'_>, names: &[&str]) -> Option<String> {
    let position = value.number().ok().flatten().and_then(|number| usize::try_from(number).ok());
    match position.and_then(|position| names.get(position.checked_sub(1)?)) {
        Some(name) => Some((*name).to_owned()),
        None => value.text().map(Cow::into_owned),
    }
}
