//! Secret and parameters of one code, from members of JSON, a key URI or a bare secret.

use percent_encoding::percent_decode_str;

use super::error::ImportError;
use super::json::Json;
use super::report::{Collector, Extras, Names, Refusal};
use crate::hotp::{Algorithm, Counter, Digits};
use crate::otpauth::{KeyUri, KeyUriError, MovingFactor, algorithm_by_name};
use crate::secret::SharedSecret;
use crate::totp::Period;

/// What makes codes: a key URI without its names.
pub(super) struct Parameters {
    pub(super) factor: MovingFactor,
    pub(super) secret: SharedSecret,
    pub(super) algorithm: Algorithm,
    pub(super) digits: Digits,
}

/// The two types of code that Doorcode makes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Totp,
    Hotp,
}

impl Kind {
    /// The type by its name, in any case; TOTP when there is none.
    pub(super) fn parse(name: Option<&str>) -> Result<Self, Refusal> {
        match name.unwrap_or("totp").to_ascii_lowercase().as_str() {
            "totp" => Ok(Self::Totp),
            "hotp" => Ok(Self::Hotp),
            "steam" => Err(Refusal::Steam),
            _ => Err(Refusal::Type),
        }
    }
}

/// Parameters as JSON has them: null where the default holds.
pub(super) struct Raw<'j, 'a> {
    pub(super) kind: Kind,
    pub(super) algorithm: &'j Json<'a>,
    pub(super) digits: &'j Json<'a>,
    pub(super) period: &'j Json<'a>,
    pub(super) counter: &'j Json<'a>,
}

impl Raw<'_, '_> {
    /// Checks them all and joins them with the secret.
    pub(super) fn with(self, secret: SharedSecret) -> Result<Parameters, Refusal> {
        let algorithm = match self.algorithm.text() {
            None => Algorithm::default(),
            Some(name) => algorithm_by_name(&name)?,
        };
        Ok(Parameters {
            factor: match self.kind {
                Kind::Totp => MovingFactor::Time(period(self.period)?),
                Kind::Hotp => MovingFactor::Counter(counter(self.counter)?),
            },
            secret,
            algorithm,
            digits: digits(self.digits)?,
        })
    }

    /// As [`Raw::with`], for a secret in base32.
    pub(super) fn with_base32(self, secret: &Json<'_>) -> Result<Parameters, Refusal> {
        self.with(base32(secret)?)
    }
}

/// A secret in base32 that has to be there.
pub(super) fn base32(secret: &Json<'_>) -> Result<SharedSecret, Refusal> {
    let text = secret.text().ok_or(KeyUriError::NoSecret)?;
    Ok(SharedSecret::from_base32(&text).map_err(KeyUriError::from)?)
}

/// A secret in bytes.
pub(super) fn bytes(secret: Vec<u8>) -> Result<SharedSecret, Refusal> {
    Ok(SharedSecret::from_bytes(secret).map_err(KeyUriError::from)?)
}

/// Parameters at their default (SHA-1, 6 digits, 30 seconds).
pub(super) fn with_defaults(secret: SharedSecret) -> Parameters {
    Parameters {
        factor: MovingFactor::Time(Period::default()),
        secret,
        algorithm: Algorithm::default(),
        digits: Digits::default(),
    }
}

fn digits(value: &Json<'_>) -> Result<Digits, Refusal> {
    let number = value.number().map_err(|_| KeyUriError::Digits)?;
    let Some(number) = number else { return Ok(Digits::default()) };
    let count = number.try_into().map_err(|_| KeyUriError::Digits)?;
    Ok(Digits::new(count).map_err(|_| KeyUriError::Digits)?)
}

fn period(value: &Json<'_>) -> Result<Period, Refusal> {
    let number = value.number().map_err(|_| KeyUriError::Period)?;
    let Some(number) = number else { return Ok(Period::default()) };
    let seconds = number.try_into().map_err(|_| KeyUriError::Period)?;
    Ok(Period::new(seconds).map_err(|_| KeyUriError::Period)?)
}

fn counter(value: &Json<'_>) -> Result<Counter, Refusal> {
    let number = value.number().ok().flatten().ok_or(KeyUriError::Counter)?;
    Ok(Counter(number.try_into().map_err(|_| KeyUriError::Counter)?))
}

/// Adds what a key URI says, or why it cannot be read. `beside` are the names that stand beside
/// the URI: they fill what the URI leaves out.
pub(super) fn add_uri(
    uri: &str,
    beside: Names,
    extras: Extras,
    to: &mut Collector<'_>,
) -> Result<(), ImportError> {
    match parse_uri(uri) {
        Ok((names, parameters)) => to.add(&fill(names, beside), extras, Ok(parameters)),
        Err(reason) => to.add(&fill(names_of(uri), beside), extras, Err(reason)),
    }
}

/// Adds what a password manager keeps for one-time codes: a key URI, Steam's URI, a bare secret,
/// or the text of old KeePass plug-ins, `key=SECRET&size=6&step=30`.
pub(super) fn add_field(
    field: &str,
    beside: Names,
    extras: Extras,
    to: &mut Collector<'_>,
) -> Result<(), ImportError> {
    let field = field.trim();
    if field.contains("://") {
        return add_uri(field, beside, extras, to);
    }
    let key = match field.strip_prefix("key=") {
        Some(rest) => key_and_size(rest),
        // Settings of old versions of KeePassXC, `30;6`: the secret is not in the file.
        None if field.contains(';') => Err(KeyUriError::NoSecret.into()),
        None => base32(&Json::Text(field.into())).map(with_defaults),
    };
    to.add(&beside, extras, key)
}

fn key_and_size(rest: &str) -> Result<Parameters, Refusal> {
    let mut pairs = rest.split('&');
    let secret = pairs.next().unwrap_or_default();
    let [mut digits, mut period, mut algorithm] = [Json::Null, Json::Null, Json::Null];
    for pair in pairs {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        match name {
            "size" => digits = Json::Text(value.into()),
            "step" => period = Json::Text(value.into()),
            "otpHashMode" => algorithm = Json::Text(value.into()),
            _ => {}
        }
    }
    let raw = Raw {
        kind: Kind::Totp,
        algorithm: &algorithm,
        digits: &digits,
        period: &period,
        counter: &Json::Null,
    };
    let secret = percent_decode_str(secret).decode_utf8().map_err(|_| KeyUriError::NoSecret)?;
    raw.with_base32(&Json::Text(secret))
}

/// Reads a key URI with or without a label.
fn parse_uri(uri: &str) -> Result<(Names, Parameters), Refusal> {
    if is_steam(uri) {
        return Err(Refusal::Steam);
    }
    let KeyUri { factor, secret, issuer, account_name, algorithm, digits } =
        KeyUri::parse_unnamed(uri)?;
    let names = Names { issuer, account_name };
    Ok((names, Parameters { factor, secret, algorithm, digits }))
}

/// Steam's codes look like TOTP with five digits and are letters: `steam://SECRET`, the type
/// `steam`, or the parameter `encoder=steam` of KeePassXC.
fn is_steam(uri: &str) -> bool {
    let uri = uri.to_ascii_lowercase();
    let (path, query) = uri.split_once('?').unwrap_or((&uri, ""));
    path.starts_with("steam://")
        || path.starts_with("otpauth://steam/")
        || query.split('&').any(|pair| pair == "encoder=steam")
}

/// The names in a key URI that cannot be read otherwise. Nothing of its parameters but the issuer.
fn names_of(uri: &str) -> Names {
    let Some((path, query)) = uri.split_once('?') else { return Names::default() };
    let label = path.splitn(4, '/').nth(3);
    let issuer = query.split('&').find_map(|pair| pair.strip_prefix("issuer="));
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let issuer = issuer.map(|issuer| decoded(&issuer.replace('+', " ")));
    Names::from_label(issuer.as_deref(), label.map(decoded).as_deref())
}

fn fill(names: Names, beside: Names) -> Names {
    Names {
        issuer: names.issuer.or(beside.issuer),
        account_name: if names.account_name.is_empty() {
            beside.account_name
        } else {
            names.account_name
        },
    }
}

/// Refuses a key URI under its own name.
pub(super) fn refuse_uri(
    uri: &str,
    reason: Refusal,
    to: &mut Collector<'_>,
) -> Result<(), ImportError> {
    to.add(&names_of(uri), Extras::default(), Err(reason))
}
