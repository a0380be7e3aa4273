//! Ente Auth's export: a list of key URIs with more in each, plain or encrypted.
//!
//! Source: the code of Ente's clients; libsodium's documents for the stream.

use crypto_secretstream::{Header, Key as StreamKey, PullStream};
use zeroize::Zeroizing;

use super::Importer;
use super::cipher;
use super::document::Document;
use super::error::{Damage, ImportError};
use super::json::Json;
use super::kdf::{self, Argon2Cost};
use super::otpauth_list;
use super::report::Collector;

/// The list as it is.
pub(super) struct Plain;

/// The list encrypted by a password.
pub(super) struct Encrypted;

/// The most passes read. Ente takes 4 with 1 GiB, and more of them where there is less memory.
const MAX_PASSES: u64 = 32;

impl Importer for Plain {
    fn recognise(&self, file: &Document<'_>) -> Option<&'static str> {
        file.list()?.contains("codeDisplay=").then_some("ente")
    }

    fn read(
        &self,
        file: &Document<'_>,
        _: Option<&[u8]>,
        to: &mut Collector<'_>,
    ) -> Result<(), ImportError> {
        otpauth_list::read_lines(file.list().unwrap_or_default(), to)
    }
}

impl Importer for Encrypted {
    fn recognise(&self, file: &Document<'_>) -> Option<&'static str> {
        let json = file.json()?;
        (json.has("kdfParams") && json.has("encryptedData")).then_some("ente-encrypted")
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
        let needed = ImportError::PassphraseNeeded { format: "ente-encrypted" };
        let plain = decrypt(json, passphrase.ok_or(needed))?;
        let text = core::str::from_utf8(&plain).map_err(|_| Damage::Encrypted)?;
        otpauth_list::read_lines(text, to)
    }
}

fn decrypt(
    json: &Json<'_>,
    passphrase: Result<&[u8], ImportError>,
) -> Result<cipher::Plain, ImportError> {
    let params = json.get("kdfParams");
    let cost = Argon2Cost {
        memory_kib: params.required_number("memLimit")? / 1024,
        passes: params.required_number("opsLimit")?,
        lanes: 1,
    };
    let salt = cipher::base64(params.required("salt")?, "salt")?;
    let header = cipher::base64(json.required("encryptionNonce")?, "encryptionNonce")?;
    let header: [u8; Header::BYTES] = cipher::exactly(&header, "encryptionNonce")?;
    let mut data =
        Zeroizing::new(cipher::base64(json.required("encryptedData")?, "encryptedData")?);
    let key = kdf::argon2id(passphrase?, &salt, cost, MAX_PASSES)?;
    let mut stream = PullStream::init(Header::from(header), &StreamKey::from(*key));
    // One message, which holds everything; some exports do not mark it as the last.
    match stream.pull(&mut *data, b"") {
        Ok(_) => Ok(data),
        Err(_) => Err(ImportError::WrongPassphrase),
    }
}
