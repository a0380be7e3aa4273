//! Google Authenticator's export: `otpauth-migration://offline?data=…`, in one QR code or several.
//!
//! Source: the messages as other authenticators read them (Aegis, 2FAS and Authenticator agree): a
//! protocol buffer in base64, percent-encoded. Nobody has published its schema.

use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD};
use percent_encoding::percent_decode_str;
use prost::Message;
use thiserror::Error;
use zeroize::{Zeroize, Zeroizing};

use crate::hotp::{Algorithm, Counter, Digits};
use crate::otpauth::{KeyUri, MovingFactor};
use crate::secret::SharedSecret;
use crate::totp::Period;

/// One part of an export.
///
/// ```
/// use doorcode::migration::Migration;
///
/// let part = Migration::parse("otpauth-migration://offline?data=CgwKCgECAwQFBgcICQoQARgB")?;
/// assert_eq!((part.index, part.size), (0, 1));
/// # Ok::<(), doorcode::migration::MigrationError>(())
/// ```
#[derive(Debug)]
pub struct Migration {
    /// The same in all parts of one export.
    pub batch_id: i32,
    /// Which part this is, counted from 0; below `size`.
    pub index: u32,
    /// How many parts there are, at least 1.
    pub size: u32,
    /// What could be read.
    pub keys: Vec<KeyUri>,
    /// How many entries no code can be made from: without a secret, or with a hash (MD5) that
    /// Doorcode has not.
    pub refused: usize,
}

/// Why a text is not a part of an export. No variant carries any of it.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum MigrationError {
    /// It does not begin with `otpauth-migration://offline?data=`, or is longer than
    /// [`Migration::MAX_LENGTH`].
    #[error("not an export of Google Authenticator")]
    NotMigration,
    /// The data are no base64, or no such message.
    #[error("the export is damaged")]
    Damaged,
    /// More parts than [`Migration::MAX_PARTS`], or a part beyond the last.
    #[error("the export has too many parts")]
    TooManyParts,
}

impl Migration {
    /// The longest text read, in bytes: what the largest QR code holds, percent-encoded.
    pub const MAX_LENGTH: usize = 16_384;
    /// The most parts of an export: ten entries are in each, and the app has room for hundreds.
    pub const MAX_PARTS: u32 = 100;

    /// Reads one part.
    ///
    /// # Errors
    /// Any [`MigrationError`].
    pub fn parse(text: &str) -> Result<Self, MigrationError> {
        let text = text.trim();
        if text.len() > Self::MAX_LENGTH {
            return Err(MigrationError::NotMigration);
        }
        let (scheme, rest) = text.split_once("://").ok_or(MigrationError::NotMigration)?;
        let (_, query) = rest.split_once('?').ok_or(MigrationError::NotMigration)?;
        let data = query.split('&').find_map(|pair| pair.strip_prefix("data="));
        let (true, Some(data)) = (scheme.eq_ignore_ascii_case("otpauth-migration"), data) else {
            return Err(MigrationError::NotMigration);
        };
        let bytes = decode(data).ok_or(MigrationError::Damaged)?;
        let mut payload = Payload::decode(bytes.as_slice()).map_err(|_| MigrationError::Damaged)?;
        let size = u32::try_from(payload.batch_size).unwrap_or(0).max(1);
        let index = u32::try_from(payload.batch_index).unwrap_or(u32::MAX);
        if size > Self::MAX_PARTS || index >= size {
            return Err(MigrationError::TooManyParts);
        }
        let count = payload.parameters.len();
        let keys: Vec<_> = payload.parameters.iter_mut().filter_map(Parameters::take).collect();
        let refused = count - keys.len();
        Ok(Self { batch_id: payload.batch_id, index, size, keys, refused })
    }
}

/// Base64 of either alphabet, with or without padding; a `+` may have become a space.
pub(crate) fn decode(data: &str) -> Option<Zeroizing<Vec<u8>>> {
    let text = Zeroizing::new(percent_decode_str(data).decode_utf8().ok()?.replace(' ', "+"));
    let text = text.trim_end_matches('=');
    let decoded = BASE64_NOPAD.decode(text.as_bytes());
    decoded.or_else(|_| BASE64URL_NOPAD.decode(text.as_bytes())).ok().map(Zeroizing::new)
}

/// One part: what one QR code holds.
#[derive(Message)]
#[prost(skip_debug)]
pub(crate) struct Payload {
    #[prost(message, repeated, tag = "1")]
    pub(crate) parameters: Vec<Parameters>,
    /// 1 or 2.
    #[prost(int32, tag = "2")]
    pub(crate) version: i32,
    #[prost(int32, tag = "3")]
    pub(crate) batch_size: i32,
    #[prost(int32, tag = "4")]
    pub(crate) batch_index: i32,
    #[prost(int32, tag = "5")]
    pub(crate) batch_id: i32,
}

/// One entry. The period of a time-based one is always 30 s.
#[derive(Message)]
#[prost(skip_debug)]
pub(crate) struct Parameters {
    #[prost(bytes = "vec", tag = "1")]
    pub(crate) secret: Vec<u8>,
    #[prost(string, tag = "2")]
    pub(crate) name: String,
    #[prost(string, tag = "3")]
    pub(crate) issuer: String,
    /// 0 and 1 SHA-1, 2 SHA-256, 3 SHA-512, 4 MD5.
    #[prost(int32, tag = "4")]
    pub(crate) algorithm: i32,
    /// 0 and 1 six, 2 eight.
    #[prost(int32, tag = "5")]
    pub(crate) digits: i32,
    /// 0 and 2 time-based, 1 counter-based.
    #[prost(int32, tag = "6")]
    pub(crate) kind: i32,
    #[prost(int64, tag = "7")]
    pub(crate) counter: i64,
}

impl Parameters {
    /// The key; the period of a time-based one is always 30 s.
    fn take(&mut self) -> Option<KeyUri> {
        let secret = SharedSecret::from_bytes(core::mem::take(&mut self.secret)).ok()?;
        let algorithm = match self.algorithm {
            0 | 1 => Algorithm::Sha1,
            2 => Algorithm::Sha256,
            3 => Algorithm::Sha512,
            _ => return None,
        };
        let digits = match self.digits {
            0 | 1 => Digits::default(),
            2 => Digits::new(8).ok()?,
            _ => return None,
        };
        let factor = match self.kind {
            0 | 2 => MovingFactor::Time(Period::default()),
            1 => MovingFactor::Counter(Counter(u64::try_from(self.counter).ok()?)),
            _ => return None,
        };
        // The name often repeats the issuer, as the label of a key URI does.
        let (prefix, rest) = self.name.split_once(':').unwrap_or(("", &self.name));
        let issuer = if self.issuer.trim().is_empty() { prefix } else { &self.issuer }.trim();
        let account_name = if prefix.trim() == issuer { rest } else { &self.name };
        let account_name = account_name.trim().to_owned();
        let issuer = (!issuer.is_empty()).then(|| issuer.to_owned());
        Some(KeyUri { factor, secret, issuer, account_name, algorithm, digits })
    }
}

impl Drop for Parameters {
    fn drop(&mut self) {
        self.secret.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A made-up secret of 20 bytes.
    const SECRET: &[u8] = b"made up, made up 123";

    fn parameters() -> Parameters {
        Parameters {
            secret: SECRET.to_vec(),
            name: "Amazon Web Services:carol@example-corp".to_owned(),
            issuer: "Amazon Web Services".to_owned(),
            algorithm: 1,
            digits: 1,
            kind: 2,
            counter: 0,
        }
    }

    fn with(change: impl FnOnce(&mut Parameters)) -> Parameters {
        let mut changed = parameters();
        change(&mut changed);
        changed
    }

    fn text(parameters: Vec<Parameters>, batch: [i32; 3]) -> String {
        let [batch_size, batch_index, batch_id] = batch;
        let payload = Payload { parameters, version: 1, batch_size, batch_index, batch_id };
        let data = data_encoding::BASE64.encode(&payload.encode_to_vec());
        format!("otpauth-migration://offline?data={}", data.replace('+', "%2B").replace('=', "%3D"))
    }

    #[test]
    fn reads_a_part_with_its_place_among_the_others() {
        let part = Migration::parse(&text(vec![parameters()], [4, 1, -7])).unwrap();
        assert_eq!((part.batch_id, part.index, part.size, part.refused), (-7, 1, 4, 0));
        let [key] = part.keys.as_slice() else { panic!("one key") };
        assert_eq!(key.issuer.as_deref(), Some("Amazon Web Services"));
        assert_eq!(key.account_name, "carol@example-corp");
        assert_eq!(key.secret, SharedSecret::from_bytes(SECRET.to_vec()).unwrap());
        assert_eq!(key.factor, MovingFactor::Time(Period::default()));
    }

    #[test]
    fn reads_what_an_older_export_leaves_out() {
        let older = with(|older| (older.algorithm, older.digits, older.kind) = (0, 0, 0));
        let part = Migration::parse(&text(vec![older], [0, 0, 0])).unwrap();
        assert_eq!((part.index, part.size), (0, 1));
        assert_eq!(part.keys[0].digits, Digits::default());
    }

    #[test]
    fn takes_the_issuer_from_the_name_where_it_has_none() {
        let unnamed = with(|unnamed| unnamed.issuer.clear());
        let part = Migration::parse(&text(vec![unnamed], [1, 0, 1])).unwrap();
        assert_eq!(part.keys[0].issuer.as_deref(), Some("Amazon Web Services"));
        assert_eq!(part.keys[0].account_name, "carol@example-corp");
    }

    #[test]
    fn counts_what_no_code_can_be_made_from_and_keeps_the_rest() {
        let md5 = with(|md5| md5.algorithm = 4);
        let empty = with(|empty| empty.secret.clear());
        let counter = with(|it| (it.kind, it.counter, it.digits) = (1, 5, 2));
        let part = Migration::parse(&text(vec![md5, counter, empty], [1, 0, 1])).unwrap();
        assert_eq!(part.refused, 2);
        assert_eq!(part.keys[0].factor, MovingFactor::Counter(Counter(5)));
        assert_eq!(part.keys[0].digits, Digits::new(8).unwrap());
    }

    #[test]
    fn reads_base64_for_urls_and_plus_signs_that_became_spaces() {
        let plain = Payload {
            version: 1,
            // Bytes that base64 writes with `+` and `/`.
            parameters: vec![with(|it| it.secret = vec![0xfb, 0xef, 0xff, 0xff])],
            batch_size: 1,
            batch_index: 0,
            batch_id: 1,
        };
        let bytes = plain.encode_to_vec();
        let standard = data_encoding::BASE64.encode(&bytes);
        let url = BASE64URL_NOPAD.encode(&bytes);
        for data in [standard.clone(), standard.replace('+', " "), url] {
            let part = Migration::parse(&format!("otpauth-migration://offline?data={data}"));
            assert_eq!(part.unwrap().keys.len(), 1);
        }
    }

    #[test]
    fn refuses_other_texts() {
        for other in ["", "otpauth://totp/a?secret=AA", "otpauth-migration://offline", "https://x"]
        {
            assert_eq!(Migration::parse(other).unwrap_err(), MigrationError::NotMigration);
        }
        let long = format!("otpauth-migration://offline?data={}", "A".repeat(20_000));
        assert_eq!(Migration::parse(&long).unwrap_err(), MigrationError::NotMigration);
    }

    #[test]
    fn refuses_damaged_data() {
        for data in ["!!!!", "A", "/////w==", "CgwKCgECAwQ"] {
            let text = format!("otpauth-migration://offline?data={data}");
            assert_eq!(Migration::parse(&text).unwrap_err(), MigrationError::Damaged, "{data}");
        }
    }

    #[test]
    fn refuses_parts_beyond_the_last_and_beyond_a_hundred() {
        for batch in [[2, 2, 1], [101, 0, 1], [1, -1, 1]] {
            let text = text(vec![parameters()], batch);
            assert_eq!(Migration::parse(&text).unwrap_err(), MigrationError::TooManyParts);
        }
        assert!(Migration::parse(&text(Vec::new(), [100, 99, 1])).is_ok());
    }

    #[test]
    fn shows_no_secret() {
        let part = Migration::parse(&text(vec![parameters()], [1, 0, 1])).unwrap();
        assert!(!format!("{part:?}").contains("made up"));
    }
}
