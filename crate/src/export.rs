//! Entries for other programs: what leaves Doorcode can be read by others, and is read back by
//! [`crate::import`] and compared before it is given out.
//!
//! ```
//! use doorcode::{entry::{Entry, UnixTime}, export, otpauth::KeyUri};
//!
//! let uri = "otpauth://totp/Example:alice?secret=GEZDGNBVGY3TQOJQ&issuer=Example";
//! let entry = Entry::new(KeyUri::parse(uri)?, UnixTime(0));
//! assert_eq!(*export::otpauth_list(&[&entry])?, format!("{uri}\n"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use thiserror::Error;
use zeroize::Zeroizing;

use crate::entry::Entry;
use crate::import::{self, Imported};
use crate::otpauth::KeyUri;

pub use aegis::{AEGIS_RANDOM_BYTES, aegis_encrypted, aegis_plain};
pub use migration::{LeftOut, Migration, migration};

mod aegis;
mod migration;

/// Why there is no export.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExportError {
    /// Reading the export back gave other entries than went in.
    #[error("the export cannot be read back as it was: it was not made")]
    NotReadBack,
    /// An encrypted export needs a passphrase.
    #[error("the export needs a password")]
    NoPassphrase,
}

/// One `otpauth://` URI on each line. Anybody who has it has the codes.
///
/// # Errors
/// [`ExportError::NotReadBack`].
pub fn otpauth_list(entries: &[&Entry]) -> Result<Zeroizing<String>, ExportError> {
    let uris: Vec<_> = entries.iter().map(|entry| entry.key.to_uri()).collect();
    let length = uris.iter().map(|uri| uri.len() + 1).sum();
    let mut list = Zeroizing::new(String::with_capacity(length));
    for uri in &uris {
        list.push_str(uri);
        list.push('\n');
    }
    read_back(list.as_bytes(), None, entries)?;
    Ok(list)
}

/// Reads an export and compares it with the entries that went in.
fn read_back(
    export: &[u8],
    passphrase: Option<&[u8]>,
    entries: &[&Entry],
) -> Result<(), ExportError> {
    if entries.is_empty() {
        return Ok(());
    }
    let report = import::read(export, passphrase).map_err(|_| ExportError::NotReadBack)?;
    let is_same = report.refused.is_empty()
        && report.entries.len() == entries.len()
        && report.entries.iter().zip(entries).all(|(read, entry)| is_same(read, &entry.key));
    is_same.then_some(()).ok_or(ExportError::NotReadBack)
}

fn is_same(Imported { key: read, .. }: &Imported, key: &KeyUri) -> bool {
    let issuer = key.issuer.as_deref().map(str::trim).filter(|issuer| !issuer.is_empty());
    (read.factor, read.algorithm, read.digits) == (key.factor, key.algorithm, key.digits)
        && read.secret == key.secret
        && read.issuer.as_deref() == issuer
        && read.account_name == key.account_name.trim()
}
