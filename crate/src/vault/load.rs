//! Opening what is stored: the newest copies that open, and a report of those that do not.

use super::body::{self, BodyHead, Damage, OpenBody};
use super::copies::{Copies, Copy};
use super::error::VaultError;
use super::header::Header;
use super::key::{Key, VaultId, VaultKey};
use super::record::{Record, Replica};
use super::save::RingDue;
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

/// The header in force, its key, and how it is stored.
pub(super) struct HeaderInForce<'a> {
    header: Header,
    pub(super) key: &'a VaultKey,
    copies: Copies,
}

/// The stored headers, at least one of them authentic.
pub(super) struct Headers {
    pub(super) id: VaultId,
    /// The key given, and those before it as far as the headers have them.
    keys: Vec<VaultKey>,
    /// For each copy the header and which key it is authentic under, or what is wrong with it.
    copies: [Result<(Header, usize), Damage>; 2],
}

/// How many keys back the headers are followed. A rotation that a crash cut short needs one, a
/// second one that began right after it two.
const MAX_KEYS: usize = 4;

pub(super) fn authentic_headers(
    key: &VaultKey,
    stored: [Option<&[u8]>; 2],
) -> Result<Headers, VaultError> {
    let parsed = stored.map(|bytes| bytes.map_or(Err(VaultError::HeaderMissing), Header::parse));
    let is_authentic = |header: &&Header| header.verify(key).is_ok();
    let Some(id) = parsed.iter().flatten().find(is_authentic).map(Header::vault_id) else {
        if parsed.iter().any(Result::is_ok) {
            return Err(VaultError::HeaderTampered);
        }
        let mut errors = parsed.into_iter().filter_map(Result::err);
        let error = errors.find(|error| *error != VaultError::HeaderMissing);
        return Err(error.unwrap_or(VaultError::HeaderMissing));
    };
    let keys = keys_back_from(key, &parsed);
    let copies = parsed.map(|header| match header {
        Ok(header) if header.vault_id() != id => Err(Damage::OtherVault),
        Ok(header) => {
            let key = keys.iter().position(|key| header.verify(key).is_ok());
            key.map(|key| (header, key)).ok_or(Damage::Unreadable)
        }
        Err(VaultError::HeaderMissing) => Err(Damage::Absent),
        Err(VaultError::UnsupportedFormat { .. }) => Err(Damage::UnsupportedFormat),
        Err(_) => Err(Damage::Unreadable),
    });
    Ok(Headers { id, keys, copies })
}

/// The key, and those before it that authentic headers have.
fn keys_back_from(key: &VaultKey, headers: &[Result<Header, VaultError>; 2]) -> Vec<VaultKey> {
    let mut keys = vec![key.copy()];
    while keys.len() < MAX_KEYS {
        let Some(last) = keys.last() else { break };
        let mut authentic = headers.iter().flatten().filter(|header| header.verify(last).is_ok());
        let Some(previous) = authentic.find_map(|header| header.previous_key(last)) else {
            break;
        };
        keys.push(previous);
    }
    keys
}

impl Headers {
    pub(super) fn body_keys(&self) -> Vec<Key> {
        self.keys.iter().map(|key| key.body_key(&self.id)).collect()
    }

    /// The header that the body names, and its key. A later one was stored, but the change was
    /// never acknowledged. When the one named is lost, the nearest that is left; one under the key
    /// that the body is sealed by, if it is known, before any other.
    pub(super) fn in_force(
        &self,
        named_rev: u32,
        sealed_by: Option<usize>,
    ) -> Result<HeaderInForce<'_>, VaultError> {
        let nearest = |(header, key): &&(Header, usize)| {
            let rev = header.rev();
            (sealed_by.is_some_and(|by| *key != by), rev > named_rev, rev.abs_diff(named_rev))
        };
        let (header, key) =
            self.copies.iter().flatten().min_by_key(nearest).ok_or(VaultError::HeaderMissing)?;
        let copies = self.copies.each_ref().map(|copy| match copy {
            Ok((copy, _)) if copy.as_bytes() == header.as_bytes() => Copy::Current,
            Ok(_) => Copy::Stale,
            Err(damage) => Copy::Damaged(*damage),
        });
        let key = self.keys.get(*key).ok_or(VaultError::HeaderMissing)?;
        Ok(HeaderInForce { header: header.clone(), key, copies: Copies(copies) })
    }
}

/// A body that opened, and what is in it.
pub(super) struct Opened<'a> {
    pub(super) head: BodyHead,
    /// Which of the keys it is sealed by.
    pub(super) key: usize,
    pub(super) sealed: &'a [u8],
    pub(super) records: Vec<Record>,
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

/// The body in force: its revision, its sealed bytes, and which of the keys sealed it.
pub(super) struct BodyInForce<'a> {
    pub(super) rev: u64,
    pub(super) sealed: &'a [u8],
    pub(super) key: usize,
}

type NewestBody<'a> = (BodyInForce<'a>, Vec<Record>, Copies, HeaderRevs);

/// Opens one stored body with whichever key it is sealed by.
pub(super) fn open_with_any<'a>(
    body_keys: &[Key],
    id: &VaultId,
    sealed: Option<&'a [u8]>,
) -> Result<Opened<'a>, Damage> {
    let sealed = sealed.ok_or(Damage::Absent)?;
    let mut damage = Damage::Unreadable;
    for (key, body_key) in body_keys.iter().enumerate() {
        match open_body(body_key, id, sealed) {
            Ok((head, records)) => return Ok(Opened { head, key, sealed, records }),
            Err(found) => damage = found,
        }
    }
    Err(damage)
}

/// The body with the highest revision that opens.
fn newest_body<'a>(
    body_keys: &[Key],
    id: &VaultId,
    stored: [Option<&'a [u8]>; 2],
) -> Result<NewestBody<'a>, VaultError> {
    let [zero, one] = stored;
    if is_same(zero, one) {
        // As it is nearly always: opened once.
        let opened = open_with_any(body_keys, id, zero).map_err(|_| VaultError::BodyUnreadable)?;
        let header_rev = opened.head.header_rev;
        let header_revs = HeaderRevs { in_force: header_rev, highest: header_rev };
        let body = BodyInForce { rev: opened.head.rev, sealed: opened.sealed, key: opened.key };
        return Ok((body, opened.records, Copies([Copy::Current; 2]), header_revs));
    }
    let opened = stored.map(|sealed| open_with_any(body_keys, id, sealed));
    let highest = opened.iter().flatten().map(|body| body.head.header_rev).max();
    let newest = opened.iter().flatten().max_by_key(|body| body.head.rev);
    let in_force = newest.map(|body| body.sealed).ok_or(VaultError::BodyUnreadable)?;
    let copies = opened.each_ref().map(|body| match body {
        Ok(body) if body.sealed == in_force => Copy::Current,
        Ok(_) => Copy::Stale,
        Err(damage) => Copy::Damaged(*damage),
    });
    let body = opened.into_iter().flatten().find(|body| body.sealed == in_force);
    let Opened { head, key, sealed, records } = body.ok_or(VaultError::BodyUnreadable)?;
    let highest = highest.unwrap_or(head.header_rev);
    let header_revs = HeaderRevs { in_force: head.header_rev, highest };
    Ok((BodyInForce { rev: head.rev, sealed, key }, records, Copies(copies), header_revs))
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
