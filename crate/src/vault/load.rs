//! Opening what is stored: the newest copies that open, and a report of those that do not.

use super::body::{self, BodyHead, Damage, OpenBody};
use super::copies::{Copies, Copy};
use super::error::VaultError;
use super::header::Header;
use super::key::{Key, VaultId, VaultKey};
use super::record::{Record, Replica};
use super::{StoredRecord, Vault};

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
        let id = headers.id;
        let body_key = key.body_key(&id);
        let (body, records, body_copies, header_revs) = newest_body(&body_key, &id, stored.bodies)?;
        let (header, header_copies) = headers.in_force(header_revs.in_force)?;
        let records: Vec<_> = records.into_iter().map(StoredRecord::new).collect();
        let report = LoadReport {
            headers: header_copies.damage(),
            bodies: body_copies.damage(),
            header_rolled_back: header_revs.highest > header.rev(),
            unreadable_entries: records.iter().filter(|stored| stored.is_unreadable()).count(),
        };
        let vault = Self {
            id,
            header_key: key.header_key(&id),
            body_key,
            header,
            header_copies,
            staged: None,
            body: body.1.to_vec(),
            body_copies,
            rev: body.0,
            replica,
            counter: last_counter(&records, replica),
            clock: records.iter().map(|stored| stored.record.hlc).max().unwrap_or_default(),
            records,
            pending: None,
        };
        Ok((vault, report))
    }
}

/// The stored headers, at least one of them authentic.
struct Headers {
    id: VaultId,
    /// For each copy the header, when it is authentic, or what is wrong with it.
    copies: [Result<Header, Damage>; 2],
}

fn authentic_headers(key: &VaultKey, stored: [Option<&[u8]>; 2]) -> Result<Headers, VaultError> {
    let parsed = stored.map(|bytes| bytes.map_or(Err(VaultError::HeaderMissing), Header::parse));
    let is_authentic = |header: &Header| header.verify(key).is_ok();
    let id = parsed.iter().flatten().find(|header| is_authentic(header)).map(Header::vault_id);
    let Some(id) = id else {
        if parsed.iter().any(Result::is_ok) {
            return Err(VaultError::HeaderTampered);
        }
        let mut errors = parsed.into_iter().filter_map(Result::err);
        let error = errors.find(|error| *error != VaultError::HeaderMissing);
        return Err(error.unwrap_or(VaultError::HeaderMissing));
    };
    let copies = parsed.map(|header| match header {
        Ok(header) if is_authentic(&header) => Ok(header),
        Ok(header) if header.vault_id() != id => Err(Damage::OtherVault),
        Err(VaultError::HeaderMissing) => Err(Damage::Absent),
        Err(VaultError::UnsupportedFormat { .. }) => Err(Damage::UnsupportedFormat),
        Ok(_) | Err(_) => Err(Damage::Unreadable),
    });
    Ok(Headers { id, copies })
}

impl Headers {
    /// The header that the body names. A later one was stored, but the change was never
    /// acknowledged. When the one named is lost, the nearest that is left.
    fn in_force(self, named_rev: u32) -> Result<(Header, Copies), VaultError> {
        let nearest =
            |header: &&Header| (header.rev() > named_rev, header.rev().abs_diff(named_rev));
        let header = self.copies.iter().flatten().min_by_key(nearest).cloned();
        let header = header.ok_or(VaultError::HeaderMissing)?;
        let copies = self.copies.map(|copy| match copy {
            Ok(copy) if copy.as_bytes() == header.as_bytes() => Copy::Current,
            Ok(_) => Copy::Stale,
            Err(damage) => Copy::Damaged(damage),
        });
        Ok((header, Copies(copies)))
    }
}

/// A body that opened: its revision, its sealed bytes, and what is in it.
struct Opened<'a> {
    head: BodyHead,
    sealed: &'a [u8],
    records: Vec<Record>,
}

/// Opens one stored body.
pub(super) fn open_body(
    body_key: &Key,
    id: &VaultId,
    sealed: &[u8],
) -> Result<(BodyHead, Vec<Record>), Damage> {
    let body: OpenBody = body::open(body_key, id, sealed)?;
    let records = Record::decode_all(body.records()?).ok_or(Damage::Unreadable)?;
    Ok((body.head, records))
}

/// The header revisions that bodies name.
struct HeaderRevs {
    in_force: u32,
    highest: u32,
}

type NewestBody<'a> = ((u64, &'a [u8]), Vec<Record>, Copies, HeaderRevs);

/// The body with the highest revision that opens.
fn newest_body<'a>(
    body_key: &Key,
    id: &VaultId,
    stored: [Option<&'a [u8]>; 2],
) -> Result<NewestBody<'a>, VaultError> {
    let open = |sealed: Option<&'a [u8]>| {
        let sealed = sealed.ok_or(Damage::Absent)?;
        let (head, records) = open_body(body_key, id, sealed)?;
        Ok(Opened { head, sealed, records })
    };
    let [zero, one] = stored;
    if is_same(zero, one) {
        // As it is nearly always: opened once.
        let body = open(zero).map_err(|_| VaultError::BodyUnreadable)?;
        let Opened { head, sealed, records } = body;
        let header_revs = HeaderRevs { in_force: head.header_rev, highest: head.header_rev };
        return Ok(((head.rev, sealed), records, Copies([Copy::Current; 2]), header_revs));
    }
    let opened = [open(zero), open(one)];
    let highest = opened.iter().flatten().map(|body| body.head.header_rev).max();
    let newest = opened.iter().flatten().map(|body| body.head.rev).max();
    let in_force = opened
        .iter()
        .flatten()
        .find(|body| Some(body.head.rev) == newest)
        .map(|body| body.sealed)
        .ok_or(VaultError::BodyUnreadable)?;
    let copies = opened.each_ref().map(|body| match body {
        Ok(body) if body.sealed == in_force => Copy::Current,
        Ok(_) => Copy::Stale,
        Err(damage) => Copy::Damaged(*damage),
    });
    let body = opened.into_iter().flatten().find(|body| body.sealed == in_force);
    let body = body.ok_or(VaultError::BodyUnreadable)?;
    let in_force = body.head.header_rev;
    let header_revs = HeaderRevs { in_force, highest: highest.unwrap_or(in_force) };
    Ok(((body.head.rev, body.sealed), body.records, Copies(copies), header_revs))
}

/// Whether two copies are stored and equal. The same bytes in memory need no comparing.
fn is_same(zero: Option<&[u8]>, one: Option<&[u8]>) -> bool {
    match (zero, one) {
        (Some(zero), Some(one)) => core::ptr::eq(zero, one) || zero == one,
        _ => false,
    }
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
