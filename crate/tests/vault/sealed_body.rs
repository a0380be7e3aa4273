//! A body opened and sealed with the primitives alone, following `VAULT.md`.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use doorcode::vault::VaultKey;
use hkdf::Hkdf;
use sha2::Sha256;

pub(crate) const HEAD: usize = 63;
/// A record up to its payload, without a context: length 4, type 1, flags 1, id 16, dot 10, hlc 8,
/// context count 1.
pub(crate) const RECORD_HEAD: usize = 41;

fn cipher(key: &VaultKey, vault_id: &[u8]) -> XChaCha20Poly1305 {
    let mut body_key = [0; 32];
    let hkdf = Hkdf::<Sha256>::new(Some(vault_id), key.expose());
    hkdf.expand(b"doorcode v1 body", &mut body_key).unwrap();
    XChaCha20Poly1305::new(&body_key.into())
}

/// The records of a body; `None` when it does not open.
pub(crate) fn open(key: &VaultKey, body: &[u8]) -> Option<Vec<u8>> {
    let (head, text) = body.split_at_checked(HEAD)?;
    let nonce = XNonce::try_from(&head[39..]).unwrap();
    let text = cipher(key, &head[5..21]).decrypt(&nonce, Payload { msg: text, aad: head }).ok()?;
    let length = u32::from_le_bytes(text[..4].try_into().unwrap());
    Some(text[4..4 + usize::try_from(length).unwrap()].to_vec())
}

/// A body with this clear part, nonce included.
pub(crate) fn seal(key: &VaultKey, head: &[u8], records: &[u8]) -> Vec<u8> {
    let mut text = u32::try_from(records.len()).unwrap().to_le_bytes().to_vec();
    text.extend_from_slice(records);
    text.resize(text.len().next_power_of_two().max(4096), 0);
    let nonce = XNonce::try_from(&head[39..]).unwrap();
    let payload = Payload { msg: text.as_slice(), aad: head };
    let sealed = cipher(key, &head[5..21]).encrypt(&nonce, payload).unwrap();
    [head, &sealed].concat()
}

/// The records one by one, each with its length.
pub(crate) fn split(records: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = records;
    core::iter::from_fn(move || {
        let (length, _) = rest.split_first_chunk::<4>()?;
        let (record, after) = rest.split_at(4 + u32::from_le_bytes(*length) as usize);
        rest = after;
        Some(record)
    })
}

/// The length of a record's part before its payload.
pub(crate) fn head_length(record: &[u8]) -> usize {
    RECORD_HEAD + 10 * usize::from(record[RECORD_HEAD - 1])
}

/// The record with another payload.
pub(crate) fn with_payload(record: &[u8], payload: &[u8]) -> Vec<u8> {
    let mut record = [&record[..head_length(record)], payload].concat();
    let length = u32::try_from(record.len() - 4).unwrap();
    record[..4].copy_from_slice(&length.to_le_bytes());
    record
}
