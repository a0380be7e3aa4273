//! The stored bodies: which open, and which one is in force.

use crate::vault::body::{self, BodyHead, Damage, OpenBody};
use crate::vault::copies::{Copies, Copy};
use crate::vault::error::VaultError;
use crate::vault::key::{Key, VaultId};
use crate::vault::record::Record;

/// A body that opened, and what is in it.
pub(in crate::vault) struct Opened<'a> {
    pub(in crate::vault) head: BodyHead,
    /// Which of the keys it is sealed by.
    pub(in crate::vault) key: usize,
    pub(in crate::vault) sealed: &'a [u8],
    pub(in crate::vault) records: Vec<Record>,
}

/// Opens one stored body.
pub(in crate::vault) fn open_body(
    body_key: &Key,
    id: &VaultId,
    sealed: &[u8],
) -> Result<(BodyHead, Vec<Record>), Damage> {
    let body: OpenBody = body::open(body_key, id, sealed)?;
    let records = Record::decode_all(body.records()?).ok_or(Damage::Unreadable)?;
    Ok((body.head, records))
}

/// The header revisions that bodies name.
pub(super) struct HeaderRevs {
    pub(super) in_force: u32,
    pub(super) highest: u32,
}

/// The body in force: its revision, its sealed bytes, and which of the keys sealed it.
pub(in crate::vault) struct BodyInForce<'a> {
    pub(in crate::vault) rev: u64,
    pub(in crate::vault) sealed: &'a [u8],
    pub(in crate::vault) key: usize,
}

pub(super) type NewestBody<'a> = (BodyInForce<'a>, Vec<Record>, Copies, HeaderRevs);

/// Opens one stored body with whichever key it is sealed by.
pub(in crate::vault) fn open_with_any<'a>(
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
pub(super) fn newest_body<'a>(
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
