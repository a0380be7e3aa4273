//! An entry as CBOR (RFC 8949): a map with integer keys, written in the deterministic order of
//! §4.2. Keys and values that this version does not know are kept byte for byte.

use minicbor::decode::{Decoder, Error};
use minicbor::encode::Encoder;
use zeroize::Zeroizing;

use super::{Entry, UnixTime};
use crate::aws::identity::{
    AccountAlias, AccountId, AwsIdentity, DeviceName, DirectoryId, Partition, Principal, UserName,
};
use crate::hotp::{Algorithm, Counter, Digits};
use crate::otpauth::{KeyUri, MovingFactor};
use crate::secret::SharedSecret;
use crate::totp::Period;

/// The keys of the map. A number is never given a second meaning.
mod key {
    pub(super) const SECRET: u64 = 1;
    pub(super) const ALGORITHM: u64 = 2;
    pub(super) const DIGITS: u64 = 3;
    pub(super) const PERIOD_SECONDS: u64 = 4;
    pub(super) const COUNTER: u64 = 5;
    pub(super) const ISSUER: u64 = 6;
    pub(super) const ACCOUNT_NAME: u64 = 7;
    pub(super) const NOTE: u64 = 8;
    pub(super) const PENDING: u64 = 9;
    pub(super) const PINNED: u64 = 10;
    pub(super) const COLOUR: u64 = 11;
    pub(super) const ORDER: u64 = 12;
    pub(super) const CREATED: u64 = 13;
    pub(super) const DELETED: u64 = 14;
    pub(super) const PARTITION: u64 = 15;
    pub(super) const ACCOUNT_ID: u64 = 16;
    pub(super) const ACCOUNT_ALIAS: u64 = 17;
    pub(super) const PRINCIPAL: u64 = 18;
    pub(super) const USER_NAME: u64 = 19;
    pub(super) const DEVICE_NAME: u64 = 20;
    pub(super) const DIRECTORY_ID: u64 = 21;
}

/// A key and its value, as encoded.
type RawPair = (u64, Zeroizing<Vec<u8>>);

/// An entry and what else stands in its payload.
#[derive(Clone)]
pub(crate) struct Payload {
    pub(crate) entry: Entry,
    /// Pairs with keys of later versions, or with values that only a later version knows.
    unknown: Vec<RawPair>,
}

impl Payload {
    pub(crate) fn new(entry: Entry) -> Self {
        Self { entry, unknown: Vec::new() }
    }

    /// Reads a payload; `None` when it is not CBOR of this shape (a map of definite length with
    /// ascending unsigned keys) or says how to make codes in a way this version does not know.
    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        let mut draft = Draft::default();
        let mut decoder = Decoder::new(bytes);
        let pairs = decoder.map().ok()??;
        let mut last = None;
        for _ in 0..pairs {
            let start = decoder.position();
            let key = decoder.u64().ok()?;
            if last >= Some(key) {
                return None;
            }
            last = Some(key);
            let value_at = decoder.position();
            if draft.take(key, &mut decoder).is_err() {
                decoder.set_position(value_at);
                decoder.skip().ok()?;
                let end = decoder.position();
                draft.unknown.push((key, Zeroizing::new(bytes.get(start..end)?.to_vec())));
            }
        }
        if decoder.position() == bytes.len() { draft.finish() } else { None }
    }

    /// Writes the payload.
    pub(crate) fn encode(&self) -> Zeroizing<Vec<u8>> {
        let Entry { key: uri, aws, .. } = &self.entry;
        let mut pairs = Pairs::default();
        // EXPOSE: the secret is stored in the body, which is encrypted.
        pairs.put(key::SECRET, |to| to.bytes(uri.secret.expose()).map(drop));
        pairs.uint(
            key::ALGORITHM,
            match uri.algorithm {
                Algorithm::Sha1 => None,
                Algorithm::Sha256 => Some(2),
                Algorithm::Sha512 => Some(3),
            },
        );
        pairs.uint(key::DIGITS, Some(uri.digits.count().into()));
        match uri.factor {
            MovingFactor::Time(period) => {
                pairs.uint(key::PERIOD_SECONDS, Some(period.seconds().into()));
            }
            MovingFactor::Counter(counter) => pairs.uint(key::COUNTER, Some(counter.0)),
        }
        pairs.text(key::ISSUER, uri.issuer.as_deref());
        pairs.text(key::ACCOUNT_NAME, Some(&uri.account_name));
        pairs.text(key::NOTE, Some(self.entry.note.as_str()).filter(|note| !note.is_empty()));
        pairs.truth(key::PENDING, self.entry.pending);
        pairs.truth(key::PINNED, self.entry.pinned);
        pairs.uint(key::COLOUR, self.entry.colour.map(u64::from));
        pairs.text(key::ORDER, self.entry.order.as_deref());
        pairs.uint(key::CREATED, Some(self.entry.created.0));
        pairs.uint(key::DELETED, self.entry.deleted.map(|time| time.0));
        pairs.text(key::PARTITION, aws.partition.map(Partition::as_str));
        pairs.text(key::ACCOUNT_ID, aws.account_id.as_ref().map(AccountId::as_str));
        pairs.text(key::ACCOUNT_ALIAS, aws.account_alias.as_ref().map(AccountAlias::as_str));
        pairs.uint(key::PRINCIPAL, aws.principal.map(principal_number));
        pairs.text(key::USER_NAME, aws.user_name.as_ref().map(UserName::as_str));
        pairs.text(key::DEVICE_NAME, aws.device_name.as_ref().map(DeviceName::as_str));
        pairs.text(key::DIRECTORY_ID, aws.directory_id.as_ref().map(DirectoryId::as_str));
        pairs.join(&self.unknown)
    }
}

fn principal_number(principal: Principal) -> u64 {
    match principal {
        Principal::RootUser => 1,
        Principal::IamUser => 2,
        Principal::IdentityCenterUser => 3,
    }
}

/// The encoded pairs, in ascending order of their keys.
#[derive(Default)]
struct Pairs(Vec<RawPair>);

type Written = Result<(), minicbor::encode::Error<core::convert::Infallible>>;

impl Pairs {
    fn put(&mut self, key: u64, value: impl FnOnce(&mut Encoder<&mut Vec<u8>>) -> Written) {
        // Room for the longest secret, so that it is not copied about by a growing buffer.
        let mut pair = Zeroizing::new(Vec::with_capacity(SharedSecret::MAX_BYTES + 16));
        let mut encoder = Encoder::new(&mut *pair);
        #[expect(clippy::expect_used, reason = "writing to a Vec does not fail")]
        encoder.u64(key).map(drop).and_then(|()| value(&mut encoder)).expect("a Vec takes it");
        self.0.push((key, pair));
    }

    fn uint(&mut self, key: u64, value: Option<u64>) {
        if let Some(value) = value {
            self.put(key, |to| to.u64(value).map(drop));
        }
    }

    fn text(&mut self, key: u64, value: Option<&str>) {
        if let Some(value) = value {
            self.put(key, |to| to.str(value).map(drop));
        }
    }

    /// A flag that is absent when false.
    fn truth(&mut self, key: u64, value: bool) {
        if value {
            self.put(key, |to| to.bool(true).map(drop));
        }
    }

    /// One map out of these pairs and those that are carried over. A known value wins over an
    /// unknown one under the same key.
    fn join(mut self, unknown: &[RawPair]) -> Zeroizing<Vec<u8>> {
        for (key, pair) in unknown {
            if !self.0.iter().any(|(taken, _)| taken == key) {
                self.0.push((*key, pair.clone()));
            }
        }
        self.0.sort_by_key(|(key, _)| *key);
        let length: usize = self.0.iter().map(|(_, pair)| pair.len()).sum();
        let mut map = Zeroizing::new(Vec::with_capacity(length + 9));
        #[expect(clippy::expect_used, reason = "writing to a Vec does not fail")]
        Encoder::new(&mut *map).map(self.0.len() as u64).map(drop).expect("a Vec takes it");
        self.0.iter().for_each(|(_, pair)| map.extend_from_slice(pair));
        map
    }
}

/// The fields read so far.
#[derive(Default)]
struct Draft {
    secret: Option<SharedSecret>,
    algorithm: Algorithm,
    digits: Option<Digits>,
    period: Option<Period>,
    counter: Option<Counter>,
    issuer: Option<String>,
    account_name: String,
    note: String,
    pending: bool,
    pinned: bool,
    colour: Option<u8>,
    order: Option<String>,
    created: UnixTime,
    deleted: Option<UnixTime>,
    aws: AwsIdentity,
    unknown: Vec<RawPair>,
    /// A field that decides what codes come out has a value that this version does not know.
    makes_other_codes: bool,
}

impl Draft {
    /// Reads one value; an error means that it has to be kept as it is.
    fn take(&mut self, key: u64, value: &mut Decoder<'_>) -> Result<(), Error> {
        let refused = || Error::message("not a value of this version");
        let read = self.take_known(key, value).and_then(|known| known.ok_or_else(refused));
        self.makes_other_codes |= read.is_err() && (key::SECRET..=key::COUNTER).contains(&key);
        read
    }

    /// `Ok(None)`: an unknown key, or a value outside what this version knows.
    fn take_known(&mut self, key: u64, value: &mut Decoder<'_>) -> Result<Option<()>, Error> {
        fn set<T>(field: &mut T, value: Option<T>) -> Option<()> {
            *field = value?;
            Some(())
        }
        fn fill<T>(field: &mut Option<T>, value: Option<T>) -> Option<()> {
            *field = Some(value?);
            Some(())
        }
        let aws = &mut self.aws;
        Ok(match key {
            key::SECRET => {
                fill(&mut self.secret, SharedSecret::from_bytes(value.bytes()?.to_vec()).ok())
            }
            key::ALGORITHM => set(
                &mut self.algorithm,
                match value.u64()? {
                    1 => Some(Algorithm::Sha1),
                    2 => Some(Algorithm::Sha256),
                    3 => Some(Algorithm::Sha512),
                    _ => None,
                },
            ),
            key::DIGITS => fill(&mut self.digits, Digits::new(value.u8()?).ok()),
            key::PERIOD_SECONDS => fill(&mut self.period, Period::new(value.u32()?).ok()),
            key::COUNTER => fill(&mut self.counter, Some(Counter(value.u64()?))),
            key::ISSUER => fill(&mut self.issuer, Some(value.str()?.to_owned())),
            key::ACCOUNT_NAME => set(&mut self.account_name, Some(value.str()?.to_owned())),
            key::NOTE => set(&mut self.note, Some(value.str()?.to_owned())),
            key::PENDING => set(&mut self.pending, Some(value.bool()?)),
            key::PINNED => set(&mut self.pinned, Some(value.bool()?)),
            key::COLOUR => fill(&mut self.colour, Some(value.u8()?)),
            key::ORDER => fill(&mut self.order, Some(value.str()?.to_owned())),
            key::CREATED => set(&mut self.created, Some(UnixTime(value.u64()?))),
            key::DELETED => fill(&mut self.deleted, Some(UnixTime(value.u64()?))),
            key::PARTITION => fill(&mut aws.partition, Partition::parse(value.str()?)),
            key::ACCOUNT_ID => fill(&mut aws.account_id, AccountId::parse(value.str()?).ok()),
            key::ACCOUNT_ALIAS => {
                fill(&mut aws.account_alias, AccountAlias::parse(value.str()?).ok())
            }
            key::PRINCIPAL => fill(
                &mut aws.principal,
                match value.u64()? {
                    1 => Some(Principal::RootUser),
                    2 => Some(Principal::IamUser),
                    3 => Some(Principal::IdentityCenterUser),
                    _ => None,
                },
            ),
            key::USER_NAME => fill(&mut aws.user_name, UserName::parse(value.str()?).ok()),
            key::DEVICE_NAME => fill(&mut aws.device_name, DeviceName::parse(value.str()?).ok()),
            key::DIRECTORY_ID => fill(&mut aws.directory_id, DirectoryId::parse(value.str()?).ok()),
            _ => None,
        })
    }

    fn finish(self) -> Option<Payload> {
        if self.makes_other_codes {
            return None;
        }
        let factor = match (self.period, self.counter) {
            (Some(period), None) => MovingFactor::Time(period),
            (None, Some(counter)) => MovingFactor::Counter(counter),
            _ => return None,
        };
        let key = KeyUri {
            factor,
            secret: self.secret?,
            issuer: self.issuer,
            account_name: self.account_name,
            algorithm: self.algorithm,
            digits: self.digits?,
        };
        let entry = Entry {
            key,
            aws: self.aws,
            note: self.note,
            pending: self.pending,
            pinned: self.pinned,
            colour: self.colour,
            order: self.order,
            created: self.created,
            deleted: self.deleted,
        };
        Some(Payload { entry, unknown: self.unknown })
    }
}
