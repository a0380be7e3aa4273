//! Opening what is stored: the newest copies that open, and a report of those that do not.

mod bodies;
mod headers;

pub(super) use bodies::{BodyInForce, open_body, open_with_any};
pub(super) use headers::{HeaderInForce, Headers, authentic_headers};

use super::body::{BodyHead, Damage};
use super::copies::Copies;
use super::error::VaultError;
use super::header::Header;
use super::key::{Key, VaultKey};
use super::record::{Record, Replica};
use super::save::RingDue;
use super::{StoredRecord, Vault};
use bodies::newest_body;

/// What the browser's storage holds, as it was read.
#[derive(Clone, Copy, Debug, Default)]
pub struct StoredValues<'a> {
    /// The two header copies.
    pub headers: [Option<&'a [u8]>; 2],
    /// The two body copies.
    pub bodies: [Option<&'a [u8]>; 2],
}

/// What was not as it should be when a vault was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoadReport {
    /// What is wrong with each header copy.
    pub headers: [Option<Damage>; 2],
    /// What is wrong with each body copy.
    pub bodies: [Option<Damage>; 2],
    /// A body was written under a later header than any that is left: the header was put back to
    /// an earlier one, or the later one is damaged.
    pub header_rolled_back: bool,
    /// Entries whose content this version does not understand. They are kept as they are.
    pub unreadable_entries: usize,
}

/// Whether storage holds a vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It holds nothing of a vault.
    Absent,
    /// Making a vault was begun and not finished: there is no second copy of anything, no whole
    /// header, and no whole body but the first, empty one. A new vault may take its place.
    Unfinished,
    /// It holds a vault, readable or not. Nothing may take its place.
    Present,
}

/// Tells whether storage holds a vault, without any key.
pub fn presence(stored: &StoredValues<'_>) -> Presence {
    let is_torn = |header| {
        let header = Header::parse(header).map(drop);
        matches!(header, Err(VaultError::NotAVault | VaultError::HeaderMalformed))
    };
    let is_first_or_torn = |body| {
        let rev = BodyHead::parse(body).map(|(head, _)| head.rev);
        matches!(rev, Ok(Vault::FIRST_REV) | Err(Damage::Unreadable))
    };
    // The first body is written before the first header, and the second copies after both.
    match (stored.headers, stored.bodies) {
        ([None, None], [None, None]) => Presence::Absent,
        ([header, None], [body, None])
            if header.is_none_or(is_torn) && body.is_none_or(is_first_or_torn) =>
        {
            Presence::Unfinished
        }
        _ => Presence::Present,
    }
}

impl Vault {
    /// Opens a stored vault. `replica` names the writer: drawn at random once per start of the
    /// browser.
    ///
    /// # Errors
    /// [`VaultError::HeaderMissing`]; the error of a damaged header when neither can be read;
    /// [`VaultError::HeaderTampered`] when none is authentic under `key`;
    /// [`VaultError::BodyUnreadable`] when neither body opens.
    pub fn open(
        key: &VaultKey,
        stored: &StoredValues<'_>,
        replica: Replica,
    ) -> Result<(Self, LoadReport), VaultError> {
        let headers = authentic_headers(key, stored.headers)?;
        let (body, records, copies, header_revs) =
            newest_body(&headers.body_keys(), &headers.id, stored.bodies)?;
        let header = headers.in_force(header_revs.in_force, Some(body.key))?;
        let sealed_by = headers.keys.get(body.key).unwrap_or(header.key);
        let body_key = sealed_by.body_key(&headers.id);
        let content = Content { body, body_key, records, copies };
        Ok(Self::assemble(&headers, header, content, header_revs.highest, replica))
    }

    /// A vault of what was found to be in force. `highest_named` is the latest header that a body
    /// names.
    pub(super) fn assemble(
        headers: &Headers,
        header: HeaderInForce<'_>,
        content: Content<'_>,
        highest_named: u32,
        replica: Replica,
    ) -> (Self, LoadReport) {
        let HeaderInForce { header, key, copies: header_copies } = header;
        let Content { body, body_key, records, copies: body_copies } = content;
        let id = headers.id;
        let records: Vec<_> = records.into_iter().map(StoredRecord::new).collect();
        let report = LoadReport {
            headers: header_copies.damage(),
            bodies: body_copies.damage(),
            header_rolled_back: highest_named > header.rev(),
            unreadable_entries: records.iter().filter(|stored| stored.is_unreadable()).count(),
        };
        let vault = Self {
            id,
            key: key.copy(),
            key_is_new: headers.keys.len() > 1,
            header_key: key.header_key(&id),
            body_key,
            header,
            header_copies,
            staged: None,
            body: body.sealed.to_vec(),
            body_copies,
            ring: RingDue::Nothing,
            rev: body.rev,
            replica,
            counter: last_counter(&records, replica),
            clock: records.iter().map(|stored| stored.record.hlc).max().unwrap_or_default(),
            records,
            pending: None,
            rescue: None,
        };
        (vault, report)
    }
}

/// A body and how it is stored.
pub(super) struct Content<'a> {
    pub(super) body: BodyInForce<'a>,
    /// Seals the bodies after it.
    pub(super) body_key: Key,
    pub(super) records: Vec<Record>,
    pub(super) copies: Copies,
}

/// The last change of a replica that any record tells of.
fn last_counter(records: &[StoredRecord], replica: Replica) -> u32 {
    records
        .iter()
        .flat_map(|stored| stored.record.context.iter().chain([&stored.record.dot]))
        .filter(|dot| dot.replica == replica)
        .map(|dot| dot.counter)
        .max()
        .unwrap_or_default()
}
