//! Aegis's vault: the encrypted format that several other programs read.
//!
//! Source: "Aegis Vault" in the documents of that project.

use data_encoding::{BASE64, HEXLOWER};
use serde::Serialize;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{ExportError, read_back};
use crate::entry::Entry;
use crate::hotp::Algorithm;
use crate::import::{Key, ScryptCost, seal_gcm};
use crate::otpauth::MovingFactor;

/// How many random bytes an export takes: key, salt, two nonces and what uuids are made from.
pub const AEGIS_RANDOM_BYTES: usize = 32 + 32 + 12 + 12 + 16;

/// The cost of scrypt that Aegis itself chooses.
const N: u32 = 1 << 15;
const R: u32 = 8;
const P: u32 = 1;

/// A type of slot that a password opens.
const PASSWORD_SLOT: u8 = 1;

#[derive(Serialize)]
struct Vault<D> {
    version: u8,
    header: Header,
    db: D,
}

#[derive(Serialize)]
struct Header {
    slots: Option<[Slot; 1]>,
    params: Option<Params>,
}

#[derive(Serialize)]
struct Slot {
    r#type: u8,
    uuid: String,
    key: String,
    key_params: Params,
    n: u32,
    r: u32,
    p: u32,
    salt: String,
    repaired: bool,
    is_backup: bool,
}

#[derive(Serialize)]
struct Params {
    nonce: String,
    tag: String,
}

#[derive(Serialize)]
struct Content<'a> {
    version: u8,
    entries: Vec<Item<'a>>,
    groups: [(); 0],
    icons_optimized: bool,
}

#[derive(Serialize)]
struct Item<'a> {
    r#type: &'static str,
    uuid: String,
    name: &'a str,
    issuer: &'a str,
    note: &'a str,
    favorite: bool,
    icon: Option<()>,
    info: Info,
    groups: [(); 0],
}

#[derive(Serialize)]
struct Info {
    secret: Zeroizing<String>,
    algo: &'static str,
    digits: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    counter: Option<u64>,
}

/// Aegis's vault without encryption. Anybody who has it has the codes.
///
/// # Errors
/// [`ExportError::NotReadBack`].
pub fn aegis_plain(
    entries: &[&Entry],
    random: &[u8; AEGIS_RANDOM_BYTES],
) -> Result<Zeroizing<Vec<u8>>, ExportError> {
    let header = Header { slots: None, params: None };
    let vault = Vault { version: 1, header, db: content(entries, random) };
    let export = to_json(&vault)?;
    read_back(&export, None, entries)?;
    Ok(export)
}

/// Aegis's vault, encrypted by a passphrase in UTF-8. `random` is used for this export alone.
///
/// # Errors
/// [`ExportError::NoPassphrase`] and [`ExportError::NotReadBack`].
pub fn aegis_encrypted(
    entries: &[&Entry],
    passphrase: &[u8],
    random: &[u8; AEGIS_RANDOM_BYTES],
) -> Result<Zeroizing<Vec<u8>>, ExportError> {
    if passphrase.is_empty() {
        return Err(ExportError::NoPassphrase);
    }
    let mut source = random.as_slice();
    let master: Key = Zeroizing::new(take(&mut source));
    let salt: [u8; 32] = take(&mut source);
    let (key_nonce, content_nonce) = (take(&mut source), take(&mut source));
    let cost =
        ScryptCost::new(N.into(), R.into(), P.into()).map_err(|_| ExportError::NotReadBack)?;
    let wrapping = cost.derive(passphrase, &salt);
    let (key, key_params) = seal(&wrapping, &key_nonce, master.as_slice())?;
    let plain = to_json(&content(entries, random))?;
    let (db, params) = seal(&master, &content_nonce, &plain)?;
    let slot = Slot {
        r#type: PASSWORD_SLOT,
        uuid: uuid(random, usize::MAX),
        key: HEXLOWER.encode(&key),
        key_params,
        n: N,
        r: R,
        p: P,
        salt: HEXLOWER.encode(&salt),
        repaired: true,
        is_backup: false,
    };
    let header = Header { slots: Some([slot]), params: Some(params) };
    let export = to_json(&Vault { version: 1, header, db: BASE64.encode(&db) })?;
    read_back(&export, Some(passphrase), entries)?;
    Ok(export)
}

fn content<'a>(entries: &[&'a Entry], random: &[u8; AEGIS_RANDOM_BYTES]) -> Content<'a> {
    let items = entries.iter().enumerate().map(|(index, entry)| item(entry, uuid(random, index)));
    Content { version: 3, entries: items.collect(), groups: [], icons_optimized: true }
}

fn item(entry: &Entry, uuid: String) -> Item<'_> {
    let key = &entry.key;
    let (kind, period, counter) = match key.factor {
        MovingFactor::Time(period) => ("totp", Some(period.seconds()), None),
        MovingFactor::Counter(counter) => ("hotp", None, Some(counter.0)),
    };
    let algo = match key.algorithm {
        Algorithm::Sha1 => "SHA1",
        Algorithm::Sha256 => "SHA256",
        Algorithm::Sha512 => "SHA512",
    };
    Item {
        r#type: kind,
        uuid,
        name: &key.account_name,
        issuer: key.issuer.as_deref().unwrap_or(""),
        note: &entry.note,
        favorite: entry.pinned,
        icon: None,
        info: Info {
            secret: key.secret.to_base32(),
            algo,
            digits: key.digits.count(),
            period,
            counter,
        },
        groups: [],
    }
}

fn to_json(value: &impl Serialize) -> Result<Zeroizing<Vec<u8>>, ExportError> {
    serde_json::to_vec(value).map(Zeroizing::new).map_err(|_| ExportError::NotReadBack)
}

/// Ciphertext, and nonce and tag apart, as the format keeps them.
fn seal(key: &Key, nonce: &[u8; 12], plain: &[u8]) -> Result<(Vec<u8>, Params), ExportError> {
    let mut sealed = seal_gcm(key, nonce, plain).ok_or(ExportError::NotReadBack)?;
    let tag = sealed.split_off(sealed.len().saturating_sub(16));
    Ok((sealed, Params { nonce: HEXLOWER.encode(nonce), tag: HEXLOWER.encode(&tag) }))
}

/// The next random bytes. There are [`AEGIS_RANDOM_BYTES`] for all of them together.
fn take<const N: usize>(source: &mut &[u8]) -> [u8; N] {
    let Some((taken, rest)) = source.split_first_chunk() else { return [0; N] };
    *source = rest;
    *taken
}

/// A random uuid (RFC 9562 §5.4), different for each index. The end of `random` is for these.
fn uuid(random: &[u8; AEGIS_RANDOM_BYTES], index: usize) -> String {
    let mut hash = Sha256::new();
    hash.update(random.last_chunk::<16>().unwrap_or(&[0; 16]));
    hash.update(index.to_be_bytes());
    let hash: [u8; 32] = hash.finalize().into();
    let random = u128::from_be_bytes(*hash.first_chunk().unwrap_or(&[0; 16]));
    let version_4 = random & !(0xf << 76) | 4 << 76;
    let uuid = version_4 & !(0b11 << 62) | 0b10 << 62;
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        uuid >> 96,
        uuid >> 80 & 0xffff,
        uuid >> 64 & 0xffff,
        uuid >> 48 & 0xffff,
        uuid & 0xffff_ffff_ffff
    )
}
