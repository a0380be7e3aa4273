//! Any records behind a right authentication, as a writer of another version makes them: no panic,
//! and what is understood can be written again.
#![no_main]

use std::sync::OnceLock;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use doorcode::vault::unlock::{self, Unlocked};
use doorcode::vault::{
    KdfParams, Passphrase, Replica, SaveRandom, StoredValues, UnixMillis, Vault,
};
use hkdf::Hkdf;
use libfuzzer_sys::fuzz_target;
use sha2::Sha256;

const NOW: UnixMillis = UnixMillis(1_790_000_000_000);

/// Header and key, derived once.
fn own() -> &'static Unlocked {
    static OWN: OnceLock<Unlocked> = OnceLock::new();
    OWN.get_or_init(|| {
        let passphrase = Passphrase::from_utf8(b"made up".to_vec().into()).expect("text");
        let random = [1; unlock::BACKUP_RANDOM_BYTES];
        unlock::create_backup_key(&passphrase, KdfParams::FLOOR, &random).expect("memory")
    })
}

fuzz_target!(|data: &[u8]| {
    let own = own();
    let id = own.header.vault_id();
    let mut key = [0; 32];
    let hkdf = Hkdf::<Sha256>::new(Some(id.as_bytes()), own.key.expose());
    hkdf.expand(b"doorcode v1 body", &mut key).expect("a short output");
    let mut head = b"DCB1\x01".to_vec();
    head.extend_from_slice(id.as_bytes());
    head.extend_from_slice(&2_u64.to_le_bytes());
    head.extend_from_slice(&[0; 6]);
    head.extend_from_slice(&1_u32.to_le_bytes());
    head.extend_from_slice(&[7; 24]);
    let mut text = u32::try_from(data.len()).expect("short").to_le_bytes().to_vec();
    text.extend_from_slice(data);
    text.resize(text.len().next_power_of_two().max(4096), 0);
    let payload = Payload { msg: &text, aad: &head };
    let sealed = XChaCha20Poly1305::new(&key.into())
        .encrypt(&[7; 24].into(), payload)
        .expect("a short message");
    let body = [head, sealed].concat();
    let stored =
        StoredValues { headers: [Some(own.header.as_bytes()), None], bodies: [Some(&body), None] };
    let Ok((mut vault, _)) = Vault::open(&own.key, &stored, Replica([1; 6])) else { return };
    let Some((id, _)) = vault.entries().first().copied() else { return };
    let save = SaveRandom::from_bytes(&[3; SaveRandom::BYTES]);
    if vault.edit(id, |entry| entry.pinned = true, &save, NOW).is_ok() {
        let value = vault.pending_save().expect("a save").value.to_vec();
        vault.confirm(Some(&value)).expect("it opens");
    }
});
