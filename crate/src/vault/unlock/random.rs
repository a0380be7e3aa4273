//! The caller's random bytes.

use zeroize::Zeroizing;

use crate::vault::bytes::Reader;
use crate::vault::key::{VaultId, VaultKey};
use crate::vault::slot::WrapContext;

/// Hands out the caller's random bytes, each once.
pub(super) struct Random<'a>(Reader<'a>);

impl<'a> Random<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(Reader::new(bytes))
    }

    pub(super) fn take<const N: usize>(&mut self) -> [u8; N] {
        #[expect(clippy::expect_used, reason = "the callers' array lengths are the sums")]
        self.0.array().expect("enough random bytes")
    }

    pub(super) fn secret<const N: usize>(&mut self) -> Zeroizing<[u8; N]> {
        Zeroizing::new(self.take())
    }

    pub(super) fn context<'b>(
        &mut self,
        vault_id: VaultId,
        vault_key: &'b VaultKey,
    ) -> WrapContext<'b> {
        WrapContext { vault_id, vault_key, slot_id: self.take(), nonce: self.take() }
    }
}
