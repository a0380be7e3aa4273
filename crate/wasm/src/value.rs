//! Stored values as text: base64url without padding (RFC 4648 §5), as `storage.local` holds JSON.

use data_encoding::BASE64URL_NOPAD;

use crate::failure::Failure;

/// The longest stored value read, as text: a body of 2 MiB.
const MAX_TEXT: usize = 3 * 1024 * 1024;

/// A stored value that is absent stays absent; one that is no base64url is damaged: it becomes
/// bytes that are nothing, so that the core reports it like any other damage.
pub(crate) fn stored(text: Option<&str>) -> Option<Vec<u8>> {
    text.map(|text| decode(text).unwrap_or_default())
}

pub(crate) fn decode(text: &str) -> Result<Vec<u8>, Failure> {
    if text.len() > MAX_TEXT {
        return Err(Failure::new("malformedValue"));
    }
    BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| Failure::new("malformedValue"))
}

pub(crate) fn encode(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

/// Takes exactly `N` bytes: random ones, a key, a replica.
pub(crate) fn array<const N: usize>(bytes: &[u8]) -> Result<[u8; N], Failure> {
    bytes.try_into().map_err(|_| Failure::MALFORMED_REQUEST)
}
