//! Files that were changed at random, from a fixed seed: read or refused, never a panic.

use doorcode::entry::UnixTime;
use doorcode::import::read;

use crate::{Fixture, fixtures};

/// How often each file is changed.
const ROUNDS: usize = 150;

/// Larger ones show nothing that the small ones do not.
const MAX_BYTES: usize = 20_000;

/// The generator `SplitMix64` of Sebastiano Vigna.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % limit.max(1) as u64).unwrap()
    }
}

/// What hostile files put in place of something else.
const PIECES: [&[u8]; 16] = [
    b"null",
    b"\"null\"",
    b"-1",
    b"99999999999999999999",
    b"1e308",
    b"[]",
    b"{}",
    b"\"\"",
    b"\0",
    b"\xff",
    b"\n",
    b"%",
    b"\"",
    b":",
    b",",
    b"\xef\xbb\xbf",
];

fn change(bytes: &mut Vec<u8>, random: &mut Random) {
    let at = random.below(bytes.len());
    let end = (at + random.below(12)).min(bytes.len());
    match random.below(5) {
        0 => bytes[at] ^= 1 << random.below(8),
        1 => bytes.truncate(at),
        2 => drop(bytes.splice(at..end, PIECES[random.below(PIECES.len())].iter().copied())),
        3 => drop(bytes.drain(at..end)),
        _ => {
            let copy = bytes[at..end].to_vec();
            let to = random.below(bytes.len());
            bytes.splice(to..to, copy);
        }
    }
}

/// Reads a changed file without a passphrase: what comes before a derivation, and all of the
/// plain formats, whose content is that of the encrypted ones too.
fn read_changed(fixture: &Fixture, seed: u64) {
    let mut random = Random(seed);
    for _ in 0..ROUNDS {
        let mut bytes = fixture.bytes.clone();
        for _ in 0..=random.below(4) {
            if !bytes.is_empty() {
                change(&mut bytes, &mut random);
            }
        }
        if let Ok(report) = read(&bytes, None) {
            for imported in report.entries {
                assert!(
                    imported.into_entry(UnixTime::default()).check().is_ok(),
                    "{}",
                    fixture.name
                );
            }
        }
    }
}

#[test]
fn never_panics_on_changed_files() {
    for (seed, fixture) in fixtures().iter().enumerate() {
        if (1..MAX_BYTES).contains(&fixture.bytes.len()) {
            read_changed(fixture, seed as u64);
        }
    }
}

#[test]
fn never_panics_on_changed_encrypted_files_with_their_passphrase() {
    // Formats that fix the cost, so that a change cannot make a derivation long.
    let cheap = [
        "2fas-encrypted.",
        "authenticator-version-1",
        "authenticator-version-2.",
        "raivo-encrypted",
    ];
    let is_cheap = |name: &str| cheap.iter().any(|start| name.starts_with(start));
    for fixture in fixtures().iter().filter(|fixture| is_cheap(&fixture.name)) {
        let mut random = Random(7);
        for _ in 0..60 {
            let mut bytes = fixture.bytes.clone();
            change(&mut bytes, &mut random);
            let _ = read(&bytes, fixture.passphrase());
        }
    }
}
