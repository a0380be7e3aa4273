//! 2FAS backups, schema versions 1 to 4, plain or encrypted.
//!
//! Source: the Android application's backup code. The services are encrypted by AES-GCM under
//! PBKDF2; `reference` holds a known text under the same key, by which the password is checked.

use std::collections::BTreeMap;

use super::Importer;
use super::cipher::{self, Plain};
use super::document::Document;
use super::error::{Damage, ImportError};
use super::json::Json;
use super::kdf::{self, Key};
use super::note::Line;
use super::parameters::{Kind, Parameters, Raw};
use super::report::{Collector, Extras, Names, Refusal};

pub(super) struct TwoFas;

/// The rounds of PBKDF2, which the format fixes.
const ROUNDS: u64 = 10_000;

impl Importer for TwoFas {
    fn recognise(&self, file: &Document<'_>) -> Option<&'static str> {
        let json = file.json()?;
        let is_backup = ["schemaVersion", "appVersionCode", "appOrigin", "servicesEncrypted"]
            .iter()
            .any(|name| json.has(name));
        match json.get("servicesEncrypted").text() {
            Some(_) => Some("2fas-encrypted"),
            None => (is_backup && json.get("services").is_array()).then_some("2fas"),
        }
    }

    fn read(
        &self,
        file: &Document<'_>,
        passphrase: Option<&[u8]>,
        to: &mut Collector<'_>,
    ) -> Result<(), ImportError> {
        let json = file.json().unwrap_or(&Json::Null);
        if !matches!(json.get("schemaVersion").number(), Ok(None | Some(1..=4))) {
            return Err(Damage::Version.into());
        }
        let groups = json.get("groups").index("id", "name");
        if json.get("servicesEncrypted").text().is_some() {
            let needed = ImportError::PassphraseNeeded { format: "2fas-encrypted" };
            let plain = decrypt(json, passphrase.ok_or(needed))?;
            let services = Json::parse_bytes(&plain)?;
            if !services.is_array() {
                return Err(Damage::Encrypted.into());
            }
            read_services(services.elements(), &groups, to)
        } else {
            read_services(json.array("services")?, &groups, to)
        }
    }
}

fn read_services(
    services: &[Json<'_>],
    groups: &BTreeMap<String, String>,
    to: &mut Collector<'_>,
) -> Result<(), ImportError> {
    for service in services {
        let otp = service.get("otp");
        let (name, issuer) = (service.get("name").text(), otp.get("issuer").text());
        let account_name = otp.get("account").text();
        let names = match account_name {
            Some(account_name) => {
                Names::new(issuer.as_deref().or(name.as_deref()), Some(&account_name))
            }
            None => Names::from_label(
                issuer.as_deref().or(name.as_deref()),
                otp.get("label").text().as_deref(),
            ),
        };
        let mut extras = Extras::default();
        if name.is_some() && names.issuer.as_deref() != name.as_deref() {
            extras.line(Line::Name, name.as_deref());
        }
        extras.line(Line::Group, service.get("groupId").find_in(groups));
        to.add(&names, extras, read_key(service))?;
    }
    Ok(())
}

fn read_key(service: &Json<'_>) -> Result<Parameters, Refusal> {
    let otp = service.get("otp");
    // Schemas 1 and 2 have no type; the link that was scanned, if any, tells.
    let link = otp.get("link").text().unwrap_or_default().to_ascii_lowercase();
    let kind = match otp.get("tokenType").text() {
        Some(name) => Kind::parse(Some(&name))?,
        None if link.starts_with("otpauth://hotp") => Kind::Hotp,
        None if link.starts_with("otpauth://steam") => return Err(Refusal::Steam),
        None => Kind::Totp,
    };
    let raw = Raw {
        kind,
        algorithm: otp.get("algorithm"),
        digits: otp.get("digits"),
        period: otp.get("period"),
        counter: otp.get("counter"),
    };
    raw.with_base32(service.get("secret"))
}

/// Ciphertext and tag, salt and nonce, each in base64, with colons between them.
struct Sealed {
    ciphertext_and_tag: Vec<u8>,
    salt: Vec<u8>,
    nonce: [u8; 12],
}

impl Sealed {
    fn parse(text: &str, part: &'static str) -> Result<Self, ImportError> {
        let mut parts = text.split(':');
        let mut next = || cipher::base64(parts.next().ok_or(Damage::Part(part))?, part);
        let (ciphertext_and_tag, salt, nonce) = (next()?, next()?, next()?);
        if parts.next().is_some() || salt.is_empty() || ciphertext_and_tag.len() < 16 {
            return Err(Damage::Part(part).into());
        }
        Ok(Self { ciphertext_and_tag, salt, nonce: cipher::exactly(&nonce, part)? })
    }

    fn derive(&self, passphrase: &[u8]) -> Result<Key, ImportError> {
        kdf::pbkdf2_sha256(passphrase, &self.salt, ROUNDS, ROUNDS)
    }

    fn open(&self, key: &Key) -> Option<Plain> {
        cipher::open_gcm(key, &self.nonce, &self.ciphertext_and_tag, b"")
    }
}

fn decrypt(json: &Json<'_>, passphrase: Result<&[u8], ImportError>) -> Result<Plain, ImportError> {
    let sealed = Sealed::parse(json.required("servicesEncrypted")?, "servicesEncrypted")?;
    let passphrase = passphrase?;
    let key = sealed.derive(passphrase)?;
    if let Some(plain) = sealed.open(&key) {
        return Ok(plain);
    }
    let reference = json.get("reference").text();
    let reference = reference.and_then(|text| Sealed::parse(&text, "reference").ok());
    let is_right = match reference {
        Some(reference) => reference.open(&reference.derive(passphrase)?).is_some(),
        None => false,
    };
    Err(if is_right { Damage::Encrypted.into() } else { ImportError::WrongPassphrase })
}
