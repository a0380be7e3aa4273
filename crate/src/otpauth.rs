//! The key URI format, `otpauth://TYPE/LABEL?PARAMETERS`, read and written.
//!
//! Source: the "Key Uri Format" page of the google-authenticator project; what AWS writes is
//! `otpauth://totp/Amazon%20Web%20Services:DEVICE@ACCOUNT?secret=…&issuer=Amazon%20Web%20Services`.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::hotp::{Algorithm, Code, Counter, Digits, hotp};
use crate::secret::{SecretError, SharedSecret};
use crate::totp::{Period, Totp};

/// What stays as it is in a label or value: the unreserved characters of RFC 3986 §2.3 and `@`,
/// which AWS writes plainly.
const ENCODED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@');

/// What a key URI says: a secret, how to make codes from it, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyUri {
    /// Time-based or counter-based, with the moving factor.
    pub factor: MovingFactor,
    /// The key.
    pub secret: SharedSecret,
    /// Who issued it, for example `Amazon Web Services`. Never empty.
    pub issuer: Option<String>,
    /// The account name part of the label, for example `alice@123456789012`. May be empty when
    /// there is an issuer.
    pub account_name: String,
    /// The hash under HMAC.
    pub algorithm: Algorithm,
    /// The number of digits.
    pub digits: Digits,
}

/// What moves a code on (RFC 4226 §5.1): time or a counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MovingFactor {
    /// `totp`: time, in steps of this period.
    Time(Period),
    /// `hotp`: a counter that goes up with each code.
    Counter(Counter),
}

/// Why a text is not a key URI. No variant carries any of the text.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyUriError {
    /// It does not begin with `otpauth://`.
    #[error("not an otpauth:// URI")]
    NotOtpauth,
    /// Longer than [`KeyUri::MAX_LENGTH`].
    #[error("the URI is longer than {} bytes", KeyUri::MAX_LENGTH)]
    TooLong,
    /// A type other than `totp` and `hotp`.
    #[error("only totp and hotp URIs are supported")]
    UnsupportedType,
    /// Neither an issuer nor an account name.
    #[error("the URI names no issuer and no account")]
    NoLabel,
    /// A `%` without two hexadecimal digits, or bytes that are not UTF-8.
    #[error("bad percent-encoding in {0}")]
    PercentEncoding(Part),
    /// A parameter that stands more than once.
    #[error("{0} stands twice")]
    Duplicate(Part),
    /// No `secret` parameter.
    #[error("the URI has no secret")]
    NoSecret,
    /// The secret is there but is not one.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// An algorithm other than SHA1, SHA256 and SHA512.
    #[error("the algorithm is not SHA1, SHA256 or SHA512")]
    Algorithm,
    /// Digits that are not a number from 6 to 8.
    #[error("digits is not 6, 7 or 8")]
    Digits,
    /// A period that is not a number from 1 to 86,400.
    #[error("period is not 1 to 86,400 seconds")]
    Period,
    /// A hotp URI without a counter, or with one that is not a number.
    #[error("a hotp URI needs a counter")]
    Counter,
}

/// A part of a key URI, named in errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[expect(missing_docs, reason = "each is the part or parameter of that name")]
pub enum Part {
    Label,
    Secret,
    Issuer,
    Algorithm,
    Digits,
    Period,
    Counter,
}

impl core::fmt::Display for Part {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str(match self {
            Self::Label => "the label",
            Self::Secret => "secret",
            Self::Issuer => "issuer",
            Self::Algorithm => "algorithm",
            Self::Digits => "digits",
            Self::Period => "period",
            Self::Counter => "counter",
        })
    }
}

impl KeyUri {
    /// The longest URI read, in bytes: room for the longest secret beside the longest names of an
    /// entry, three times as long when percent-encoded, and the issuer twice. AWS's have at most 220.
    pub const MAX_LENGTH: usize = 8192;

    /// Reads a key URI, leniently where programs differ: any case of scheme, type, algorithm and
    /// parameter names; `:` or `%3A` after the issuer; `+` for a space in parameters; empty and
    /// `null` parameters, which some exports write, as absent; unknown parameters ignored. The
    /// `issuer` parameter wins over the issuer in the label.
    ///
    /// # Errors
    /// Any [`KeyUriError`].
    pub fn parse(text: &str) -> Result<Self, KeyUriError> {
        let uri = Self::parse_unnamed(text)?;
        if uri.issuer.is_none() && uri.account_name.is_empty() {
            return Err(KeyUriError::NoLabel);
        }
        Ok(uri)
    }

    /// As [`KeyUri::parse`], for a URI that may name nobody: beside it stands who it is for.
    pub(crate) fn parse_unnamed(text: &str) -> Result<Self, KeyUriError> {
        let text = text.trim();
        if text.len() > Self::MAX_LENGTH {
            return Err(KeyUriError::TooLong);
        }
        let rest = strip_scheme(text).ok_or(KeyUriError::NotOtpauth)?;
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (kind, label) = path.split_once('/').unwrap_or((path, ""));
        let parameters = Parameters::parse(query)?;
        let factor = if kind.eq_ignore_ascii_case("totp") {
            MovingFactor::Time(parameters.period()?)
        } else if kind.eq_ignore_ascii_case("hotp") {
            MovingFactor::Counter(parameters.counter()?)
        } else {
            return Err(KeyUriError::UnsupportedType);
        };
        let label = decode(label, Part::Label)?;
        let (issuer, account_name) = split_label(&label, parameters.issuer.as_deref());
        let secret = parameters.secret.as_ref().ok_or(KeyUriError::NoSecret)?;
        Ok(Self {
            factor,
            secret: SharedSecret::from_base32(secret)?,
            issuer,
            account_name,
            algorithm: parameters.algorithm()?,
            digits: parameters.digits()?,
        })
    }

    /// Writes the URI. Parameters at their default are left out, as AWS does.
    pub fn to_uri(&self) -> Zeroizing<String> {
        let encode = |text: &str| utf8_percent_encode(text, ENCODED).to_string();
        let issuer = self.issuer.as_deref().unwrap_or("");
        // An account name that holds a colon needs one before it, or its head reads as an issuer.
        let separator =
            if issuer.is_empty() && !self.account_name.contains(':') { "" } else { ":" };
        let (kind, factor) = match self.factor {
            MovingFactor::Time(period) if period == Period::default() => ("totp", String::new()),
            MovingFactor::Time(period) => ("totp", format!("&period={}", period.seconds())),
            MovingFactor::Counter(counter) => ("hotp", format!("&counter={}", counter.0)),
        };
        let secret = self.secret.to_base32();
        // Room for all of it: a string that grows leaves a copy of the secret behind.
        let names = 3 * (2 * issuer.len() + self.account_name.len());
        let mut uri = Zeroizing::new(String::with_capacity(names + secret.len() + 128));
        uri.push_str("otpauth://");
        uri.push_str(kind);
        uri.push('/');
        uri.push_str(&encode(issuer));
        uri.push_str(separator);
        uri.push_str(&encode(&self.account_name));
        uri.push_str("?secret=");
        uri.push_str(&secret);
        if !issuer.is_empty() {
            uri.push_str("&issuer=");
            uri.push_str(&encode(issuer));
        }
        match self.algorithm {
            Algorithm::Sha1 => {}
            Algorithm::Sha256 => uri.push_str("&algorithm=SHA256"),
            Algorithm::Sha512 => uri.push_str("&algorithm=SHA512"),
        }
        if self.digits != Digits::default() {
            uri.push_str("&digits=");
            uri.push_str(&self.digits.count().to_string());
        }
        uri.push_str(&factor);
        uri
    }

    /// The code `steps_ahead` time steps after a Unix time in seconds, without a copy of the
    /// secret; `None` for `hotp`.
    pub fn code_at(&self, unix_seconds: u64, steps_ahead: u64) -> Option<Code> {
        let MovingFactor::Time(period) = self.factor else { return None };
        let Counter(step) = period.counter_at(unix_seconds, 0);
        let counter = Counter(step.saturating_add(steps_ahead));
        Some(hotp(&self.secret, self.algorithm, counter, self.digits))
    }

    /// What makes the codes of a `totp` URI; `None` for `hotp`.
    pub fn totp(&self) -> Option<Totp> {
        match self.factor {
            MovingFactor::Time(period) => Some(Totp {
                secret: self.secret.clone(),
                algorithm: self.algorithm,
                digits: self.digits,
                period,
                t0: 0,
            }),
            MovingFactor::Counter(_) => None,
        }
    }
}

fn strip_scheme(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once("://")?;
    scheme.eq_ignore_ascii_case("otpauth").then_some(rest)
}

/// Splits a decoded label into issuer and account name. The issuer parameter, which comes trimmed,
/// tells where its own copy in the label ends, colons and all.
fn split_label(label: &str, issuer_parameter: Option<&str>) -> (Option<String>, String) {
    let after_issuer = issuer_parameter
        .and_then(|issuer| label.trim_start().strip_prefix(issuer)?.trim_start().strip_prefix(':'));
    let (prefix, account_name) = match after_issuer {
        Some(account_name) => ("", account_name),
        None => label.split_once(':').unwrap_or(("", label)),
    };
    let issuer = issuer_parameter.unwrap_or(prefix).trim();
    ((!issuer.is_empty()).then(|| issuer.to_owned()), account_name.trim().to_owned())
}

/// The parameters that Doorcode knows, decoded but not yet understood.
#[derive(Default)]
struct Parameters {
    secret: Option<Zeroizing<String>>,
    issuer: Option<String>,
    algorithm: Option<String>,
    digits: Option<String>,
    period: Option<String>,
    counter: Option<String>,
}

impl Parameters {
    fn parse(query: &str) -> Result<Self, KeyUriError> {
        let mut parameters = Self::default();
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = name.to_ascii_lowercase();
            if name == "secret" {
                let value = Zeroizing::new(decode_value(value, Part::Secret)?);
                store(&mut parameters.secret, Part::Secret, value)?;
                continue;
            }
            let (part, slot) = match name.as_str() {
                "issuer" => (Part::Issuer, &mut parameters.issuer),
                "algorithm" => (Part::Algorithm, &mut parameters.algorithm),
                "digits" => (Part::Digits, &mut parameters.digits),
                "period" => (Part::Period, &mut parameters.period),
                "counter" => (Part::Counter, &mut parameters.counter),
                _ => continue,
            };
            let value = decode_value(value, part)?;
            let value = value.trim();
            if !value.is_empty() && value != "null" {
                store(slot, part, value.to_owned())?;
            }
        }
        Ok(parameters)
    }

    fn algorithm(&self) -> Result<Algorithm, KeyUriError> {
        self.algorithm.as_deref().map_or(Ok(Algorithm::default()), algorithm_by_name)
    }

    fn digits(&self) -> Result<Digits, KeyUriError> {
        let Some(digits) = &self.digits else { return Ok(Digits::default()) };
        let count = digits.parse().map_err(|_| KeyUriError::Digits)?;
        Digits::new(count).map_err(|_| KeyUriError::Digits)
    }

    fn period(&self) -> Result<Period, KeyUriError> {
        let Some(period) = &self.period else { return Ok(Period::default()) };
        let seconds = period.parse().map_err(|_| KeyUriError::Period)?;
        Period::new(seconds).map_err(|_| KeyUriError::Period)
    }

    fn counter(&self) -> Result<Counter, KeyUriError> {
        let counter = self.counter.as_ref().ok_or(KeyUriError::Counter)?;
        counter.parse().map(Counter).map_err(|_| KeyUriError::Counter)
    }
}

/// The algorithm of this name, in the spellings that programs use: `SHA1`, `sha-256`, `HmacSHA512`.
pub(crate) fn algorithm_by_name(name: &str) -> Result<Algorithm, KeyUriError> {
    let name = name.to_ascii_uppercase().replace(['-', '_'], "");
    match name.strip_prefix("HMAC").unwrap_or(&name) {
        "SHA1" => Ok(Algorithm::Sha1),
        "SHA256" => Ok(Algorithm::Sha256),
        "SHA512" => Ok(Algorithm::Sha512),
        _ => Err(KeyUriError::Algorithm),
    }
}

fn store<T>(slot: &mut Option<T>, part: Part, value: T) -> Result<(), KeyUriError> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(KeyUriError::Duplicate(part)),
    }
}

/// A query value: as [`decode`], and `+` is a space.
fn decode_value(text: &str, part: Part) -> Result<String, KeyUriError> {
    decode(&Zeroizing::new(text.replace('+', " ")), part)
}

/// Percent-decoding that refuses what the library would let through unchanged.
fn decode(text: &str, part: Part) -> Result<String, KeyUriError> {
    let complete = text.split('%').skip(1).all(|after| {
        let mut digits = after.chars();
        let mut hex = || digits.next().is_some_and(|digit| digit.is_ascii_hexdigit());
        hex() && hex()
    });
    if !complete {
        return Err(KeyUriError::PercentEncoding(part));
    }
    let decoded = percent_decode_str(text).decode_utf8();
    decoded.map(Into::into).map_err(|_| KeyUriError::PercentEncoding(part))
}
