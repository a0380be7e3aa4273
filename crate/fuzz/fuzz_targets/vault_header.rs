//! Any bytes as a header: no panic, and no cost beyond the limits.
#![no_main]

use doorcode::vault::Header;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(header) = Header::parse(data) {
        assert_eq!(header.as_bytes(), data);
        let _ = (header.passkey(), header.is_below_the_floor());
    }
});
