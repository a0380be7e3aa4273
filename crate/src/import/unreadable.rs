//! Files that are known and cannot be opened: the user is told what to do instead.

use super::Importer;
use super::document::Document;
use super::error::{ImportError, Unreadable};
use super::report::Collector;

pub(super) struct Unreadables;

/// What OpenPGP begins with when it is text (RFC 9580 §6.2).
const OPEN_PGP_ARMOUR: &str = "-----BEGIN PGP MESSAGE-----";

/// What such files begin with when they are not text.
const BEGINNINGS: [(&[u8], Unreadable); 8] = [
    // Java's serialisation, stream version 5.
    (b"\xac\xed\x00\x05", Unreadable::FreeOtp),
    (b"\x03\xd9\xa2\x9a", Unreadable::KeePass),
    (b"SQLite format 3\0", Unreadable::Database),
    (b"\x89PNG", Unreadable::Picture),
    (b"\xff\xd8\xff", Unreadable::Picture),
    (b"GIF8", Unreadable::Picture),
    (b"RIFF", Unreadable::Picture),
    (b"BM", Unreadable::Picture),
];

impl Importer for Unreadables {
    fn recognise(&self, file: &Document<'_>) -> Option<&'static str> {
        find(file).map(|_| "unreadable")
    }

    fn read(
        &self,
        file: &Document<'_>,
        _: Option<&[u8]>,
        _: &mut Collector,
    ) -> Result<(), ImportError> {
        find(file).map_or(Ok(()), |unreadable| Err(unreadable.into()))
    }
}

fn find(file: &Document<'_>) -> Option<Unreadable> {
    match file {
        Document::Text(text) => {
            text.trim_start().starts_with(OPEN_PGP_ARMOUR).then_some(Unreadable::OpenPgp)
        }
        Document::Bytes(bytes) => {
            let known = BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning));
            let known = known.map(|(_, unreadable)| *unreadable);
            known.or_else(|| is_open_pgp(bytes).then_some(Unreadable::OpenPgp))
        }
        Document::Json(_) | Document::Table(..) => None,
    }
}

/// Whether it begins with a session key packet of OpenPGP (RFC 9580 §4.2): of version 3 or 6 for a
/// public key, of version 4 to 6 for a password, in the header forms that programs write.
fn is_open_pgp(bytes: &[u8]) -> bool {
    match bytes {
        [0x84, _, version, ..]
        | [0x85, _, _, version, ..]
        | [0xc1, 0..=191, version, ..]
        | [0xc1, 192..=223, _, version, ..] => matches!(version, 3 | 6),
        [0x8c | 0xc3, 10..=90, version, 7..=10, ..] => {
            matches!(version, 4..=6)
        }
        _ => false,
    }
}
