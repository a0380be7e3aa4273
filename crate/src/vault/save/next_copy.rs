//! What storage lacks: second copies, copies in place of damaged ones, and earlier bodies.

use super::next_body::NextBody;
use super::{Effect, Pending};
use crate::vault::Vault;
use crate::vault::copies::{RingPlace, StorageKey};
use crate::vault::error::VaultError;

/// What is to be written to the places of earlier bodies.
pub(in crate::vault) enum RingDue {
    Nothing,
    /// The body that was in force before this one.
    Superseded {
        rev: u64,
        sealed: Vec<u8>,
    },
    /// After a rotation: the body in force over what is sealed under the earlier key, beginning
    /// with this place.
    Overwrite(u8),
}

impl Vault {
    /// Begins to store what storage lacks: the body that puts a staged header in force, the first
    /// body and header of a new vault, the second copy of what was just saved, a copy in place of a
    /// damaged one, and last the body that was in force before, among the earlier ones. False when
    /// nothing is left.
    ///
    /// A first header is only stored when a body is: see [`presence`](crate::vault::presence). A header
    /// is only overwritten when both bodies name the one that is kept; but the header of a new key
    /// is stored twice before the second body of the old key goes.
    ///
    /// # Errors
    /// [`VaultError::SaveInProgress`], [`VaultError::ReadOnly`], [`VaultError::VaultFull`].
    pub fn begin_next_copy(&mut self) -> Result<bool, VaultError> {
        self.refuse_unless_ready()?;
        if let Some(staged) = self.staged.take() {
            let nonce = staged.nonce;
            let next = NextBody {
                rev: self.next_rev()?,
                counter: self.counter,
                clock: self.clock,
                side: self.body_copies.target(),
                changes: Vec::new(),
                header: Some(staged),
            };
            self.begin_body(next, &nonce)?;
            return Ok(true);
        }
        let (body, header) = (self.body_copies, self.header_copies);
        let header_first = body.any_current() && (!header.any_current() || self.key_is_new);
        let (body, header) = (body.outdated(), header.outdated());
        let (key, bytes, effect) = match (body, header) {
            (Some(side), None) => (side.body_key(), self.body.clone(), Effect::BodyCopy(side)),
            (Some(side), _) if !header_first => {
                (side.body_key(), self.body.clone(), Effect::BodyCopy(side))
            }
            (_, Some(side)) => {
                (side.header_key(), self.header.as_bytes().to_vec(), Effect::HeaderCopy(side))
            }
            (None, None) => match self.next_of_ring() {
                Some((place, bytes)) => (StorageKey::Earlier(place), bytes, Effect::EarlierBody),
                None => return Ok(false),
            },
        };
        self.start(Pending { key, bytes, effect });
        Ok(true)
    }

    /// What to keep among the earlier bodies next. What fails is not tried again: it is one of
    /// several.
    fn next_of_ring(&mut self) -> Option<(RingPlace, Vec<u8>)> {
        match core::mem::replace(&mut self.ring, RingDue::Nothing) {
            RingDue::Nothing => None,
            RingDue::Superseded { rev, sealed } => {
                Some((RingPlace::for_body(rev, sealed.len()), sealed))
            }
            RingDue::Overwrite(place) => {
                let (at, bytes) = (RingPlace::all().nth(place.into())?, self.body.clone());
                self.ring = RingDue::Overwrite(place + 1);
                Some((at, bytes))
            }
        }
    }
}
