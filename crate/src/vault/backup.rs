//! A backup: one file that is a vault of its own, with its own key, costs and date.

use core::fmt;

use hmac::Mac;

use super::Vault;
use super::body::{BodyHead, Plaintext};
use super::bytes::Reader;
use super::cipher::NONCE_BYTES;
use super::error::VaultError;
use super::header::{Header, authenticator};
use super::key::VaultKey;
use super::record::Record;
use super::restore::{Earlier, open_earlier};
use super::unlock::Unlocked;
use crate::entry::UnixTime;

const MAGIC: &[u8; 4] = b"DCK1";
const FORMAT: u8 = 1;
/// Magic, format, flags, length of the header, and date.
const HEAD_BYTES: usize = 16;
const MAC_BYTES: usize = 32;
/// The longest backup read: the largest body, the longest header, and what is around them.
pub const MAX_BYTES: usize = 2 * 1024 * 1024 + 32 * 1024;

/// A backup that was opened.
pub struct Backup {
    created: UnixTime,
    content: Earlier,
}

impl Backup {
    /// Opens a backup with the key that its header has.
    ///
    /// # Errors
    /// [`VaultError::NotABackup`], [`VaultError::UnsupportedFormat`], those of [`Header::parse`];
    /// [`VaultError::BackupDamaged`].
    pub fn open(key: &VaultKey, file: &[u8]) -> Result<Self, VaultError> {
        let parts = Parts::parse(file)?;
        let id = parts.header.vault_id();
        let signed = file.get(..file.len() - MAC_BYTES).ok_or(VaultError::BackupDamaged)?;
        authenticator(&key.backup_key(&id), signed)
            .verify_slice(parts.mac)
            .map_err(|_| VaultError::BackupDamaged)?;
        parts.header.verify(key).map_err(|_| VaultError::BackupDamaged)?;
        let content = open_earlier(&key.body_key(&id), &id, parts.body);
        Ok(Self { created: parts.created, content: content.ok_or(VaultError::BackupDamaged)? })
    }

    /// When it was made.
    pub fn created(&self) -> UnixTime {
        self.created
    }

    /// What is in it, for [`Vault::restore_from`].
    pub fn content(&self) -> &Earlier {
        &self.content
    }
}

impl fmt::Debug for Backup {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Backup({} records)", self.content.records.len())
    }
}

/// The header of a backup, for [`unlock`](super::unlock::unlock).
///
/// # Errors
/// As [`Backup::open`], without what takes the key.
pub fn header_of(file: &[u8]) -> Result<Header, VaultError> {
    Parts::parse(file).map(|parts| parts.header)
}

/// When a backup says that it was made. Nobody vouches for it until it was opened.
///
/// # Errors
/// As [`header_of`].
pub fn claimed_date(file: &[u8]) -> Result<UnixTime, VaultError> {
    Parts::parse(file).map(|parts| parts.created)
}

/// The parts of a file.
struct Parts<'a> {
    created: UnixTime,
    header: Header,
    body: &'a [u8],
    mac: &'a [u8],
}

impl<'a> Parts<'a> {
    fn parse(file: &'a [u8]) -> Result<Self, VaultError> {
        let damaged = || VaultError::BackupDamaged;
        let mut reader = Reader::new(file);
        if reader.take(MAGIC.len()) != Some(MAGIC) {
            return Err(VaultError::NotABackup);
        }
        let version = reader.u8().ok_or_else(damaged)?;
        let flags = reader.u8().ok_or_else(damaged)?;
        if (version, flags) != (FORMAT, 0) {
            return Err(VaultError::UnsupportedFormat { version });
        }
        if file.len() > MAX_BYTES {
            return Err(damaged());
        }
        let header_length = usize::from(reader.u16().ok_or_else(damaged)?);
        let created = UnixTime(reader.u64().ok_or_else(damaged)?);
        let header = Header::parse(reader.take(header_length).ok_or_else(damaged)?)?;
        let (body, mac) = reader.rest().split_last_chunk::<MAC_BYTES>().ok_or_else(damaged)?;
        Ok(Self { created, header, body, mac })
    }
}

impl Vault {
    /// Makes a backup of everything that is not deleted, under a key of its own. What is returned
    /// was opened and compared.
    ///
    /// # Errors
    /// [`VaultError::VaultFull`]; [`VaultError::BackupDamaged`] when it does not open.
    pub fn to_backup(
        &self,
        own: &Unlocked,
        nonce: [u8; NONCE_BYTES],
        now: UnixTime,
    ) -> Result<Vec<u8>, VaultError> {
        let id = own.header.vault_id();
        let header = own.header.as_bytes();
        let length = self.lasting_records().map(Record::encoded_length).sum();
        let mut plaintext = Plaintext::new(length)?;
        self.lasting_records().for_each(|record| record.encode(plaintext.records()));
        let header_rev = own.header.rev();
        let head = BodyHead { vault_id: id, rev: self.rev, replica: self.replica, header_rev };
        let body = plaintext.seal(&own.key.body_key(&id), head, &nonce);

        let mut file = Vec::with_capacity(HEAD_BYTES + header.len() + body.len() + MAC_BYTES);
        file.extend_from_slice(MAGIC);
        file.extend_from_slice(&[FORMAT, 0]);
        file.extend_from_slice(&u16::try_from(header.len()).unwrap_or(u16::MAX).to_le_bytes());
        file.extend_from_slice(&now.0.to_le_bytes());
        file.extend_from_slice(header);
        file.extend_from_slice(&body);
        let mac = authenticator(&own.key.backup_key(&id), &file).finalize().into_bytes();
        file.extend_from_slice(&mac);
        self.check_backup(own, &file)?;
        Ok(file)
    }

    /// Whether a backup opens and holds exactly what the vault holds, deleted entries left out.
    ///
    /// # Errors
    /// As [`Backup::open`]; [`VaultError::BackupDamaged`] when it holds something else.
    pub fn check_backup(&self, own: &Unlocked, file: &[u8]) -> Result<(), VaultError> {
        let backup = Backup::open(&own.key, file)?;
        let theirs = backup.content.records.iter().map(|stored| &stored.record);
        let equal = |(ours, theirs): (&Record, &Record)| {
            (ours.kind, ours.id, &ours.payload) == (theirs.kind, theirs.id, &theirs.payload)
        };
        let same_count = self.lasting_records().count() == backup.content.records.len();
        if same_count && self.lasting_records().zip(theirs).all(equal) {
            Ok(())
        } else {
            Err(VaultError::BackupDamaged)
        }
    }
}
