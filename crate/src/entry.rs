//! An entry: one virtual MFA device and what its owner wants to know about it.

use core::fmt;

use thiserror::Error;

use crate::aws::identity::AwsIdentity;
use crate::otpauth::KeyUri;

mod payload;

pub(crate) use payload::Payload;

/// 16 random bytes that name an entry for its whole life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId([u8; Self::BYTES]);

impl EntryId {
    /// The length of an id.
    pub const BYTES: usize = 16;

    /// Takes random bytes.
    pub fn from_bytes(bytes: [u8; Self::BYTES]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8; Self::BYTES] {
        &self.0
    }
}

/// A time in seconds since 1970-01-01 UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnixTime(pub u64);

/// One entry.
///
/// `Debug` shows nothing of it: labels say who works where.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    /// Secret, parameters and names as the key URI has them.
    pub key: KeyUri,
    /// Whose device it is.
    pub aws: AwsIdentity,
    /// Free text.
    pub note: String,
    /// Enrolment is not finished: AWS may not know this device yet.
    pub pending: bool,
    /// Stands before the others.
    pub pinned: bool,
    /// A colour of the palette, by number.
    pub colour: Option<u8>,
    /// Where it stands among the others: compared as text, those without one come last.
    pub order: Option<String>,
    /// When it was added.
    pub created: UnixTime,
    /// When it was deleted. It can be restored until it is purged.
    pub deleted: Option<UnixTime>,
}

/// A text of an entry that is longer than it may be.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("the {0} is too long")]
pub struct EntryError(pub EntryField);

/// A text of an entry, named in errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[expect(missing_docs, reason = "each is the field of that name")]
pub enum EntryField {
    Issuer,
    AccountName,
    Note,
    Order,
}

impl fmt::Display for EntryField {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Issuer => "issuer",
            Self::AccountName => "account name",
            Self::Note => "note",
            Self::Order => "order",
        })
    }
}

impl Entry {
    /// The longest issuer and account name, in bytes.
    pub const MAX_NAME_BYTES: usize = 512;
    /// The longest note, in bytes.
    pub const MAX_NOTE_BYTES: usize = 4096;
    /// The longest order key, in bytes.
    pub const MAX_ORDER_BYTES: usize = 128;

    /// A new entry for what a key URI says.
    pub fn new(key: KeyUri, created: UnixTime) -> Self {
        Self {
            aws: AwsIdentity::from_key_uri(&key),
            key,
            note: String::new(),
            pending: false,
            pinned: false,
            colour: None,
            order: None,
            created,
            deleted: None,
        }
    }

    /// Whether it is an entry for AWS: by its key URI, or because it is known whose it is.
    pub fn is_aws(&self) -> bool {
        self.aws != AwsIdentity::default() || AwsIdentity::is_in(&self.key)
    }

    /// Checks the lengths of the texts.
    ///
    /// # Errors
    /// [`EntryError`] names the first one that is too long.
    pub fn check(&self) -> Result<(), EntryError> {
        let issuer = self.key.issuer.as_deref().unwrap_or("");
        let order = self.order.as_deref().unwrap_or("");
        for (text, limit, field) in [
            (issuer, Self::MAX_NAME_BYTES, EntryField::Issuer),
            (&self.key.account_name, Self::MAX_NAME_BYTES, EntryField::AccountName),
            (&self.note, Self::MAX_NOTE_BYTES, EntryField::Note),
            (order, Self::MAX_ORDER_BYTES, EntryField::Order),
        ] {
            if text.len() > limit {
                return Err(EntryError(field));
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Entry")
    }
}
