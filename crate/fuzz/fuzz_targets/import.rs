//! Any bytes as a file of another program, without a passphrase, which is all that comes before a
//! derivation and all of the plain formats: no panic, and what is read can be stored.
#![no_main]

use doorcode::entry::UnixTime;
use doorcode::import::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(report) = read(data, None) {
        for imported in report.entries {
            imported.into_entry(UnixTime(0)).check().expect("an entry that can be stored");
        }
    }
});
