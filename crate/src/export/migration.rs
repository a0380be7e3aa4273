//! The QR codes of Google Authenticator, for a phone to scan.

use data_encoding::BASE64;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use prost::Message;
use zeroize::Zeroizing;

use super::{ExportError, read_back};
use crate::entry::Entry;
use crate::hotp::{Algorithm, Digits};
use crate::migration::{Parameters, Payload};
use crate::otpauth::MovingFactor;
use crate::totp::Period;

/// As many as Google Authenticator puts into one QR code.
const MAX_ENTRIES_IN_PART: usize = 10;

/// Beyond this a QR code gets too fine for a screen: about 1,600 characters.
const MAX_PART_BYTES: usize = 1000;

/// An export in parts.
#[derive(Debug)]
pub struct Migration {
    /// The content of each QR code, an `otpauth-migration://` URI.
    pub parts: Vec<Zeroizing<String>>,
    /// What is in no part.
    pub left_out: Vec<LeftOut>,
}

/// An entry that Google Authenticator's format cannot express: it has periods of 30 seconds and
/// codes of six or eight digits only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its place among the entries, from 0.
    pub index: usize,
}

/// Writes entries as parts to scan one after the other. `batch_id` is a random number that tells
/// the parts of one export from those of another.
///
/// # Errors
/// [`ExportError::NotReadBack`].
pub fn migration(entries: &[&Entry], batch_id: i32) -> Result<Migration, ExportError> {
    let mut left_out = Vec::new();
    let mut kept = Vec::new();
    let mut parts: Vec<Vec<Parameters>> = Vec::new();
    let mut bytes = 0;
    for (index, entry) in entries.iter().enumerate() {
        let Some(parameters) = parameters(entry) else {
            left_out.push(LeftOut { index });
            continue;
        };
        kept.push(*entry);
        let length = parameters.encoded_len();
        match parts.last_mut() {
            Some(part) if part.len() < MAX_ENTRIES_IN_PART && bytes + length <= MAX_PART_BYTES => {
                bytes += length;
                part.push(parameters);
            }
            _ => {
                bytes = length;
                parts.push(vec![parameters]);
            }
        }
    }
    let batch_size = i32::try_from(parts.len()).map_err(|_| ExportError::NotReadBack)?;
    let parts = parts.into_iter().zip(0..).map(|(parameters, batch_index)| {
        uri(&Payload { parameters, version: 1, batch_size, batch_index, batch_id })
    });
    let parts: Vec<_> = parts.collect();
    let lines =
        Zeroizing::new(parts.iter().map(|part| part.as_str()).collect::<Vec<_>>().join("\n"));
    read_back(lines.as_bytes(), None, &kept)?;
    Ok(Migration { parts, left_out })
}

fn parameters(entry: &Entry) -> Option<Parameters> {
    let key = &entry.key;
    let (kind, counter) = match key.factor {
        MovingFactor::Time(period) if period == Period::default() => (2, 0),
        MovingFactor::Time(_) => return None,
        MovingFactor::Counter(counter) => (1, i64::try_from(counter.0).ok()?),
    };
    let digits = match key.digits {
        Digits::SIX => 1,
        Digits::EIGHT => 2,
        _ => return None,
    };
    let issuer = key.issuer.clone().unwrap_or_default();
    // An account name that holds a colon needs one before it, or its head reads as an issuer.
    let is_bare = issuer.is_empty() && !key.account_name.contains(':');
    let separator = if is_bare { "" } else { ":" };
    Some(Parameters {
        // EXPOSE: the format carries the bytes.
        secret: key.secret.expose().to_vec(),
        name: format!("{issuer}{separator}{}", key.account_name),
        issuer,
        algorithm: match key.algorithm {
            Algorithm::Sha1 => 1,
            Algorithm::Sha256 => 2,
            Algorithm::Sha512 => 3,
        },
        digits,
        kind,
        counter,
    })
}

fn uri(payload: &Payload) -> Zeroizing<String> {
    let bytes = Zeroizing::new(payload.encode_to_vec());
    let data = Zeroizing::new(BASE64.encode(&bytes));
    let data = utf8_percent_encode(&data, NON_ALPHANUMERIC);
    Zeroizing::new(format!("otpauth-migration://offline?data={data}"))
}
