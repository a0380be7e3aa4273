//! The stored headers: which are authentic, and which one is in force.

use crate::vault::body::Damage;
use crate::vault::copies::{Copies, Copy};
use crate::vault::error::VaultError;
use crate::vault::header::Header;
use crate::vault::key::{Key, VaultId, VaultKey};

/// The header in force, its key, and how it is stored.
pub(in crate::vault) struct HeaderInForce<'a> {
    pub(super) header: Header,
    pub(in crate::vault) key: &'a VaultKey,
    pub(super) copies: Copies,
}

/// The stored headers, at least one of them authentic.
pub(in crate::vault) struct Headers {
    pub(in crate::vault) id: VaultId,
    /// The key given, and those before it as far as the headers have them.
    pub(super) keys: Vec<VaultKey>,
    /// For each copy the header and which key it is authentic under, or what is wrong with it.
    copies: [Result<(Header, usize), Damage>; 2],
}

/// How many keys back the headers are followed. A rotation that a crash cut short needs one, a
/// second one that began right after it two.
const MAX_KEYS: usize = 4;

pub(in crate::vault) fn authentic_headers(
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
    pub(in crate::vault) fn body_keys(&self) -> Vec<Key> {
        self.keys.iter().map(|key| key.body_key(&self.id)).collect()
    }

    /// The header that the body names, and its key. A later one was stored, but the change was
    /// never acknowledged. When the one named is lost, the nearest that is left; one under the key
    /// that the body is sealed by, if it is known, before any other.
    pub(in crate::vault) fn in_force(
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
