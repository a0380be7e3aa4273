//! ZIP archives: 1Password, Proton Pass and Raivo put their export into one.

use std::io::{Cursor, Read};

use zeroize::Zeroizing;
use zip::ZipArchive;
use zip::result::ZipError;

use super::error::{Damage, ImportError, Unreadable};

/// The most that is unpacked, in bytes.
const MAX_UNPACKED_BYTES: u64 = 64 * 1024 * 1024;

/// The file that holds the export, in the order of preference: 1Password's, that of Proton Pass
/// and Bitwarden, Raivo's.
const KNOWN: [&str; 3] = ["export.data", "data.json", "raivo-otp-export.json"];

/// What else may hold an export when it is the only one.
const OTHER: [&str; 5] = [".json", ".csv", ".txt", ".2fas", ".aes"];

/// Whether the bytes begin like a ZIP archive.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Unpacks the file that holds the export.
pub(super) fn main_file(
    bytes: &[u8],
    passphrase: Option<&[u8]>,
) -> Result<Zeroizing<Vec<u8>>, ImportError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Damage::Archive)?;
    let names: Vec<String> = archive.file_names().flatten().map(Into::into).collect();
    let name = choose(&names)?;
    let index = archive.index_for_name(name).ok_or(Damage::Archive)?;
    let is_encrypted = archive.by_index_raw(index).map_err(|_| Damage::Archive)?.encrypted();
    let file = match (is_encrypted, passphrase) {
        (false, _) => archive.by_index(index),
        (true, Some(passphrase)) => archive.by_index_decrypt(index, passphrase),
        (true, None) => {
            let is_raivo = name.contains("raivo");
            let format = if is_raivo { "raivo-encrypted" } else { "zip-encrypted" };
            return Err(ImportError::PassphraseNeeded { format });
        }
    };
    let file = file.map_err(|error| match error {
        ZipError::InvalidPassword => ImportError::WrongPassphrase,
        _ => Damage::Archive.into(),
    })?;
    let mut unpacked = Zeroizing::new(Vec::new());
    let read = file.take(MAX_UNPACKED_BYTES + 1).read_to_end(&mut unpacked);
    read.map_err(|_| if is_encrypted { Damage::Encrypted } else { Damage::Archive })?;
    if unpacked.len() as u64 > MAX_UNPACKED_BYTES {
        return Err(ImportError::TooLarge);
    }
    Ok(unpacked)
}

fn choose(names: &[String]) -> Result<&str, ImportError> {
    let file_name = |name: &str| name.rsplit('/').next().unwrap_or(name).to_lowercase();
    for known in KNOWN {
        if let Some(name) = names.iter().find(|name| file_name(name) == known) {
            return Ok(name);
        }
    }
    let is_open_pgp = |name: &String| file_name(name).rsplit('.').next() == Some("pgp");
    if names.iter().any(is_open_pgp) {
        return Err(Unreadable::OpenPgp.into());
    }
    let mut others =
        names.iter().filter(|name| OTHER.iter().any(|end| file_name(name).ends_with(end)));
    match (others.next(), others.next()) {
        (Some(name), None) => Ok(name),
        _ => Err(ImportError::Unknown),
    }
}
