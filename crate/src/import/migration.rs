//! Google Authenticator's export, `otpauth-migration://offline?data=…`: Protocol Buffers in
//! base64, in as many parts as QR codes are needed.

use std::collections::{BTreeMap, BTreeSet};

use prost::Message;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::error::ImportError;
use super::parameters::{self, Parameters};
use super::report::{Collector, Extras, Names, Refusal};
use crate::hotp::{Algorithm, Counter, Digits};
use crate::migration::{self, Parameters as Entry, Payload};
use crate::otpauth::{KeyUriError, MovingFactor};
use crate::totp::Period;

const SCHEME: &str = "otpauth-migration://";

/// More parts than 5,000 entries make.
const MAX_PARTS: i32 = 1000;

/// The parts of exports that a file holds.
#[derive(Default)]
pub(super) struct Parts {
    /// Of each batch how many parts there are, and which were seen.
    batches: BTreeMap<i32, (i32, BTreeSet<i32>)>,
    /// The SHA-256 of each part.
    parts: BTreeSet<[u8; 32]>,
}

impl Parts {
    /// Whether a line is a part of an export.
    pub(super) fn is_part(line: &str) -> bool {
        let start = line.as_bytes().get(..SCHEME.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(SCHEME.as_bytes()))
    }

    /// Reads one part. The same part again adds nothing.
    pub(super) fn read(&mut self, uri: &str, to: &mut Collector<'_>) -> Result<(), ImportError> {
        let Some(data) = data(uri) else {
            return to.refuse("Google Authenticator", Refusal::Migration);
        };
        let payload = Payload::decode(data.as_slice()).ok().filter(|payload| {
            (0..=MAX_PARTS).contains(&payload.batch_size)
                && (0..payload.batch_size.max(1)).contains(&payload.batch_index)
        });
        let Some(payload) = payload else {
            return to.refuse("Google Authenticator", Refusal::Migration);
        };
        if !self.parts.insert(Sha256::digest(&data).into()) {
            return Ok(());
        }
        let batch = self.batches.entry(payload.batch_id).or_default();
        batch.0 = batch.0.max(payload.batch_size);
        batch.1.insert(payload.batch_index);
        for entry in &payload.parameters {
            let names = Names::from_label(Some(&entry.issuer), Some(&entry.name));
            to.add(&names, Extras::default(), read_entry(entry))?;
        }
        Ok(())
    }

    /// Lists the parts that are missing.
    pub(super) fn finish(self, to: &mut Collector<'_>) -> Result<(), ImportError> {
        for (size, seen) in self.batches.values() {
            for index in (0..*size).filter(|index| !seen.contains(index)) {
                let part = format!("Part {} of {size}", index + 1);
                to.refuse(&part, Refusal::MissingPart)?;
            }
        }
        Ok(())
    }
}

/// The bytes of the parameter `data`.
fn data(uri: &str) -> Option<Zeroizing<Vec<u8>>> {
    let (_, query) = uri.split_once('?')?;
    migration::decode(query.split('&').find_map(|pair| pair.strip_prefix("data="))?.trim())
}

fn read_entry(entry: &Entry) -> Result<Parameters, Refusal> {
    let algorithm = match entry.algorithm {
        0 | 1 => Algorithm::Sha1,
        2 => Algorithm::Sha256,
        3 => Algorithm::Sha512,
        _ => return Err(KeyUriError::Algorithm.into()),
    };
    let digits = match entry.digits {
        0 | 1 => Digits::SIX,
        2 => Digits::EIGHT,
        _ => return Err(KeyUriError::Digits.into()),
    };
    let factor = match entry.kind {
        1 => {
            let counter = u64::try_from(entry.counter).map_err(|_| KeyUriError::Counter)?;
            MovingFactor::Counter(Counter(counter))
        }
        0 | 2 => MovingFactor::Time(Period::default()),
        _ => return Err(Refusal::Type),
    };
    let secret = parameters::bytes(entry.secret.clone())?;
    Ok(Parameters { factor, secret, algorithm, digits })
}
