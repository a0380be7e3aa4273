//! Google Authenticator's export, `otpauth-migration://offline?data=…`: Protocol Buffers in
//! base64, in as many parts as QR codes are needed.

use core::fmt;
use std::collections::{BTreeMap, BTreeSet};

use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD};
use percent_encoding::percent_decode_str;
use prost::Message;
use zeroize::Zeroize;

use super::error::ImportError;
use super::parameters::{self, Parameters};
use super::report::{Collector, Extras, Names, Refusal};
use crate::hotp::{Algorithm, Counter, Digits};
use crate::otpauth::{KeyUriError, MovingFactor};
use crate::totp::Period;

const SCHEME: &str = "otpauth-migration://";

/// More parts than 5,000 entries make.
const MAX_PARTS: i32 = 1000;

/// One part: what one QR code holds.
#[derive(Clone, PartialEq, Message)]
#[prost(skip_debug)]
pub(crate) struct Payload {
    #[prost(message, repeated, tag = "1")]
    pub(crate) otp_parameters: Vec<OtpParameters>,
    #[prost(int32, tag = "2")]
    pub(crate) version: i32,
    #[prost(int32, tag = "3")]
    pub(crate) batch_size: i32,
    /// From 0.
    #[prost(int32, tag = "4")]
    pub(crate) batch_index: i32,
    #[prost(int32, tag = "5")]
    pub(crate) batch_id: i32,
}

/// One code. Its period is always 30 seconds.
#[derive(Clone, PartialEq, Message)]
#[prost(skip_debug)]
pub(crate) struct OtpParameters {
    #[prost(bytes = "vec", tag = "1")]
    pub(crate) secret: Vec<u8>,
    /// Often `issuer:account name`.
    #[prost(string, tag = "2")]
    pub(crate) name: String,
    #[prost(string, tag = "3")]
    pub(crate) issuer: String,
    /// 1 SHA-1, 2 SHA-256, 3 SHA-512, 4 MD5.
    #[prost(int32, tag = "4")]
    pub(crate) algorithm: i32,
    /// 1 six, 2 eight.
    #[prost(int32, tag = "5")]
    pub(crate) digits: i32,
    /// 1 HOTP, 2 TOTP.
    #[prost(int32, tag = "6")]
    pub(crate) kind: i32,
    #[prost(int64, tag = "7")]
    pub(crate) counter: i64,
}

impl fmt::Debug for Payload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Payload")
    }
}

impl fmt::Debug for OtpParameters {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("OtpParameters")
    }
}

impl Drop for OtpParameters {
    fn drop(&mut self) {
        self.secret.zeroize();
    }
}

/// The parts of exports that a file holds.
#[derive(Default)]
pub(super) struct Parts {
    /// Of each batch how many parts there are, and which were seen.
    batches: BTreeMap<i32, (i32, BTreeSet<i32>)>,
    payloads: BTreeSet<Vec<u8>>,
}

impl Parts {
    /// Whether a line is a part of an export.
    pub(super) fn is_part(line: &str) -> bool {
        let start = line.as_bytes().get(..SCHEME.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(SCHEME.as_bytes()))
    }

    /// Reads one part. The same part again adds nothing.
    pub(super) fn read(&mut self, uri: &str, to: &mut Collector) -> Result<(), ImportError> {
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
        if !self.payloads.insert(data) {
            return Ok(());
        }
        let batch = self.batches.entry(payload.batch_id).or_default();
        batch.0 = batch.0.max(payload.batch_size);
        batch.1.insert(payload.batch_index);
        for entry in &payload.otp_parameters {
            let names = Names::from_label(Some(&entry.issuer), Some(&entry.name));
            to.add(&names, Extras::default(), read_entry(entry))?;
        }
        Ok(())
    }

    /// Lists the parts that are missing.
    pub(super) fn finish(self, to: &mut Collector) -> Result<(), ImportError> {
        for (size, seen) in self.batches.values() {
            for index in (0..*size).filter(|index| !seen.contains(index)) {
                let part = format!("Part {} of {size}", index + 1);
                to.refuse(&part, Refusal::MissingPart)?;
            }
        }
        Ok(())
    }
}

impl Drop for Parts {
    fn drop(&mut self) {
        for mut payload in core::mem::take(&mut self.payloads) {
            payload.zeroize();
        }
    }
}

/// The bytes of the parameter `data`, which tools write in either alphabet of base64, and with its
/// `+` as a space.
fn data(uri: &str) -> Option<Vec<u8>> {
    let (_, query) = uri.split_once('?')?;
    let data = query.split('&').find_map(|pair| pair.strip_prefix("data="))?;
    let data = percent_decode_str(data).decode_utf8().ok()?;
    let data = data.trim().replace(' ', "+");
    let data = data.trim_end_matches('=').as_bytes();
    BASE64_NOPAD.decode(data).or_else(|_| BASE64URL_NOPAD.decode(data)).ok()
}

fn read_entry(entry: &OtpParameters) -> Result<Parameters, Refusal> {
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
