//! Any bytes as a backup: no panic.
#![no_main]

use doorcode::vault::VaultKey;
use doorcode::vault::backup::{self, Backup};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = (backup::header_of(data), backup::claimed_date(data));
    let _ = Backup::open(&VaultKey::from_bytes([7; 32].into()), data);
});
