//! Any text as a key URI: no panic, and what is understood is written so that it is understood the
//! same.
#![no_main]

use doorcode::otpauth::KeyUri;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(key) = KeyUri::parse(text) {
        assert!(KeyUri::parse(&key.to_uri()).expect("its own form") == key);
    }
});
