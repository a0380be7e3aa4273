//! Any text as a key URI: no panic, and what can be stored is written so that it is understood the
//! same.
#![no_main]

use doorcode::entry::{Entry, UnixTime};
use doorcode::otpauth::KeyUri;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(key) = KeyUri::parse(text) {
        let entry = Entry::new(key, UnixTime(0));
        if entry.check().is_ok() {
            assert!(KeyUri::parse(&entry.key.to_uri()).expect("its own form") == entry.key);
        }
    }
});
