//! What is left when neither body opens: the newest earlier one, to look at and to go on from.

use super::Vault;
use super::body::BodyHead;
use super::copies::{Copies, Copy};
use super::error::VaultError;
use super::key::VaultKey;
use super::load::{
    BodyInForce, Content, LoadReport, StoredValues, authentic_headers, open_with_any,
};
use super::record::Replica;
use super::save::{SaveRandom, UnixMillis};

/// A revision that an unreadable body claims is believed when it is at most so much later than the
/// one that opens. One that damage made must not use up the revisions.
const MAX_LOST_REVS: u64 = 1 << 32;

/// What is known of what cannot be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lost {
    /// The last revision there was, as far as anything tells.
    rev: u64,
}

/// Which earlier state is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rescue {
    /// When the latest change in it was made; 0 when there is none.
    pub saved: UnixMillis,
    /// How many entries it has that are not deleted.
    pub entries: usize,
}

impl Vault {
    /// Opens the newest of `others` that opens: earlier bodies, and values that were set aside. For
    /// when [`Vault::open`] says [`VaultError::BodyUnreadable`]; otherwise it does what that does.
    ///
    /// The vault can be looked at, exported and backed up. Every change is refused with
    /// [`VaultError::ReadOnly`], and nothing is written, until [`Vault::begin_going_on`].
    ///
    /// # Errors
    /// As [`Vault::open`]; [`VaultError::BodyUnreadable`] when none of `others` opens either.
    pub fn rescue(
        key: &VaultKey,
        stored: &StoredValues<'_>,
        others: &[&[u8]],
        replica: Replica,
    ) -> Result<(Self, LoadReport), VaultError> {
        match Self::open(key, stored, replica) {
            Err(VaultError::BodyUnreadable) => {}
            opened => return opened,
        }
        let headers = authentic_headers(key, stored.headers)?;
        let body_keys = headers.body_keys();
        let opened = others
            .iter()
            .filter_map(|sealed| open_with_any(&body_keys, &headers.id, Some(sealed)).ok())
            .max_by_key(|body| body.head.rev)
            .ok_or(VaultError::BodyUnreadable)?;
        let rev = opened.head.rev;
        // Nobody vouches for these heads. But what is damaged is mostly elsewhere, and they alone
        // tell which header was in force last.
        let claims = stored.bodies.into_iter().flatten().filter_map(|sealed| {
            let (head, _) = BodyHead::parse(sealed).ok()?;
            let is_later = head.rev > rev && head.rev - rev <= MAX_LOST_REVS;
            (head.vault_id == headers.id && is_later).then_some(head)
        });
        let last = claims.max_by_key(|head| head.rev);
        let header = match last {
            Some(last) => headers.in_force(last.header_rev, None)?,
            None => headers.in_force(opened.head.header_rev, Some(opened.key))?,
        };
        let copies = stored.bodies.map(|sealed| {
            let opened = open_with_any(&body_keys, &headers.id, sealed);
            opened.map_or_else(Copy::Damaged, |_| Copy::Stale)
        });
        let content = Content {
            // Of the header in force: that of the body can be the one before a rotation.
            body_key: header.key.body_key(&headers.id),
            body: BodyInForce { rev, sealed: opened.sealed, key: opened.key },
            records: opened.records,
            copies: Copies(copies),
        };
        let named = opened.head.header_rev;
        let (mut vault, report) = Self::assemble(&headers, header, content, named, replica);
        vault.rescue = Some(Lost { rev: last.map_or(rev, |head| head.rev) });
        Ok((vault, report))
    }

    /// Which earlier state is open, when neither body could be read.
    pub fn rescued(&self) -> Option<Rescue> {
        self.rescue.map(|_| Rescue {
            saved: UnixMillis(self.clock.unix_millis),
            entries: self.live_entries().count(),
        })
    }

    /// Begins to put the earlier state in force that [`Vault::rescue`] opened, as a revision after
    /// all that there were. Once it is confirmed, the vault can be changed. False when the vault can
    /// be changed already.
    ///
    /// It is written over the bodies that do not open: the caller keeps those elsewhere first.
    ///
    /// # Errors
    /// [`VaultError::SaveInProgress`], [`VaultError::VaultFull`].
    pub fn begin_going_on(&mut self, random: &SaveRandom) -> Result<bool, VaultError> {
        self.refuse_while_saving()?;
        let Some(Lost { rev }) = self.rescue else { return Ok(false) };
        self.begin_unchanged(rev.checked_add(1).ok_or(VaultError::VaultFull)?, random)?;
        Ok(true)
    }
}
