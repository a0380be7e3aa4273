//! A new header, stored first and put in force by the body after it.

use super::{Effect, Pending, SaveRandom};
use crate::vault::Vault;
use crate::vault::cipher::Nonce;
use crate::vault::copies::Side;
use crate::vault::error::VaultError;
use crate::vault::header::Header;
use crate::vault::key::{Key, VaultKey};

/// A header that is stored and waits for the body that puts it in force.
pub(in crate::vault) struct StagedHeader {
    pub(super) header: Box<Header>,
    /// The key of the header, when it is not the one in force.
    pub(super) key: Option<VaultKey>,
    pub(super) side: Side,
    /// For the body.
    pub(super) nonce: Nonce,
}

impl StagedHeader {
    pub(super) fn is_authentic(&self, header_key: &Key) -> bool {
        match &self.key {
            Some(key) => self.header.verify(key),
            None => self.header.verify_with(header_key),
        }
        .is_ok()
    }
}

impl Vault {
    /// Begins to store a new header, made by [`unlock`](crate::vault::unlock) from the one in force.
    ///
    /// It comes into force with the first [`Vault::begin_next_copy`] after it, which stores a body
    /// that names it; until then a crash leaves the earlier one in force. The copies after that
    /// overwrite the earlier header, so that what the new one replaced opens nothing any more.
    ///
    /// # Errors
    /// Those of [`Header::parse`]; [`VaultError::VaultIdMismatch`], [`VaultError::HeaderTampered`],
    /// [`VaultError::HeaderOutOfOrder`], [`VaultError::SaveInProgress`], [`VaultError::ReadOnly`].
    pub fn begin_header(&mut self, bytes: &[u8], random: &SaveRandom) -> Result<(), VaultError> {
        self.stage_header(bytes, None, random)
    }

    /// Begins to store the header of a new vault key, made by
    /// [`unlock::rotate_key`](crate::vault::unlock::rotate_key). As [`Vault::begin_header`]; the body
    /// that puts it in force is encrypted under the new key, and so is everything after it.
    ///
    /// # Errors
    /// As [`Vault::begin_header`].
    pub fn begin_key(
        &mut self,
        bytes: &[u8],
        key: &VaultKey,
        random: &SaveRandom,
    ) -> Result<(), VaultError> {
        self.stage_header(bytes, Some(key.copy()), random)
    }

    fn stage_header(
        &mut self,
        bytes: &[u8],
        key: Option<VaultKey>,
        random: &SaveRandom,
    ) -> Result<(), VaultError> {
        self.refuse_unless_ready()?;
        let header = Header::parse(bytes)?;
        if header.vault_id() != self.id {
            return Err(VaultError::VaultIdMismatch);
        }
        let in_order = self.header.rev().checked_add(1) == Some(header.rev());
        let side = self.header_copies.target();
        let staged = StagedHeader { header: Box::new(header), key, side, nonce: random.nonce };
        if !staged.is_authentic(&self.header_key) {
            return Err(VaultError::HeaderTampered);
        }
        if !in_order {
            return Err(VaultError::HeaderOutOfOrder);
        }
        let effect = Effect::StagedHeader(staged);
        self.start(Pending { key: side.header_key(), bytes: bytes.to_vec(), effect });
        Ok(())
    }
}
