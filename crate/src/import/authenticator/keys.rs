//! The keys of the extension "Authenticator".

use std::borrow::Cow;
use std::collections::BTreeMap;

use data_encoding::{BASE64_NOPAD, HEXLOWER};
use md5::{Digest, Md5};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::import::cipher::{self, Plain};
use crate::import::error::ImportError;
use crate::import::json::Json;
use crate::import::kdf::{self, Argon2Cost};

/// The cost of version 3.
const COST: Argon2Cost = Argon2Cost { memory_kib: 19_456, passes: 2, lanes: 1 };

/// What a file that checks its password may ask for.
const MAX_PASSES: u64 = 10;

/// Each costs a derivation; the extension keeps one.
const MAX_KEYS: usize = 8;

/// The passphrases under which entries are encrypted.
pub(super) struct Keys {
    /// By the id of their record; that of versions 1 and 2 has none.
    by_id: BTreeMap<Option<String>, Zeroizing<Vec<u8>>>,
    /// A hash in the file has shown that the password is right.
    pub(super) is_checked: bool,
}

impl Keys {
    pub(super) fn derive(file: &Json<'_>, passphrase: &[u8]) -> Result<Self, ImportError> {
        let mut keys = Self { by_id: BTreeMap::new(), is_checked: false };
        let is_key = |record: &Json<'_>| record.get("dataType").text().as_deref() == Some("Key");
        let records: Vec<_> =
            file.members().map(|(_, record)| record).filter(|record| is_key(record)).collect();
        if records.len() > MAX_KEYS {
            return Err(ImportError::CostTooHigh);
        }
        for record in records {
            let salt = record.required("salt")?;
            let key = kdf::argon2id(passphrase, salt.as_bytes(), COST, COST.passes)?;
            let text = Zeroizing::new(BASE64_NOPAD.encode(key.as_slice()).into_bytes());
            if let Some(hash) = record.get("hash").text() {
                match is_hash_of(&hash, &text)? {
                    Some(true) => keys.is_checked = true,
                    Some(false) => return Err(ImportError::WrongPassphrase),
                    None => {}
                }
            }
            keys.by_id.insert(record.get("id").text().map(Cow::into_owned), text);
        }
        keys.by_id.insert(None, version_2(file, passphrase)?);
        Ok(keys)
    }

    /// Decrypts what is encrypted under the key of this id.
    pub(super) fn open(&self, id: Option<&str>, sealed: &str) -> Option<Plain> {
        open_openssl(self.by_id.get(&id.map(str::to_owned))?, sealed)
    }
}

/// The passphrase of versions 1 and 2: that of version 2 is the hexadecimal text of random bytes
/// which the password encrypts, in version 1 it is the password.
fn version_2(file: &Json<'_>, passphrase: &[u8]) -> Result<Zeroizing<Vec<u8>>, ImportError> {
    // Some exports have lost the object around it.
    let sealed = file.get("key").get("enc").text().or_else(|| file.get("enc").text());
    match sealed {
        None => Ok(Zeroizing::new(passphrase.to_vec())),
        Some(sealed) => {
            let key = open_openssl(passphrase, &sealed).ok_or(ImportError::WrongPassphrase)?;
            Ok(Zeroizing::new(HEXLOWER.encode(&key).into_bytes()))
        }
    }
}

/// Decrypts as `openssl enc -aes-256-cbc -md md5` does: base64 of `Salted__`, eight bytes of salt
/// and the ciphertext; key and IV come from one round of MD5.
fn open_openssl(passphrase: &[u8], sealed: &str) -> Option<Plain> {
    let sealed = cipher::base64(sealed, "").ok()?;
    let (salt, ciphertext) = sealed.strip_prefix(b"Salted__")?.split_at_checked(8)?;
    let mut material = Zeroizing::new([0; 48]);
    let mut block = Zeroizing::new([0; 16]);
    for (index, part) in material.as_chunks_mut::<16>().0.iter_mut().enumerate() {
        let mut md5 = Md5::new();
        if index > 0 {
            md5.update(block.as_slice());
        }
        md5.update(passphrase);
        md5.update(salt);
        block.copy_from_slice(&md5.finalize());
        part.copy_from_slice(block.as_slice());
    }
    let (key, iv) = material.split_first_chunk::<32>()?;
    cipher::open_cbc(key, iv.first_chunk()?, ciphertext)
}

/// Whether an Argon2id hash in PHC form, `$argon2id$v=19$m=…,t=…,p=…$salt$hash`, is of this text;
/// `None` when it is not of that form.
fn is_hash_of(phc: &str, text: &[u8]) -> Result<Option<bool>, ImportError> {
    let Some((cost, salt, hash)) = parse_phc(phc) else { return Ok(None) };
    let computed = kdf::argon2id(text, &salt, cost, MAX_PASSES)?;
    Ok(Some(computed.as_slice().ct_eq(&hash).into()))
}

fn parse_phc(phc: &str) -> Option<(Argon2Cost, Vec<u8>, Vec<u8>)> {
    let parts: Vec<&str> = phc.split('$').collect();
    let ["", "argon2id", "v=19", cost, salt, hash] = parts.as_slice() else { return None };
    let cost_of = |name: &str| {
        let value = cost.split(',').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        value?.parse().ok()
    };
    let decode = |part: &str| BASE64_NOPAD.decode(part.as_bytes()).ok();
    let cost =
        Argon2Cost { memory_kib: cost_of("m")?, passes: cost_of("t")?, lanes: cost_of("p")? };
    Some((cost, decode(salt)?, decode(hash)?))
}
