//! The files of other programs, read through one door that recognises them by what is in them.
//!
//! [`read`] changes nothing and keeps nothing: it says which program wrote the file, and lists each
//! entry as one that can be kept as it is or as refused with the reason. Whoever calls it shows the
//! [`Report`], and saves when the user agrees.
//!
//! Files are hostile until read: their size, the number of values and entries, the depth of JSON,
//! what a ZIP archive unpacks to and the cost of a key derivation are bounded, the last before
//! anything is derived.
//!
//! A new format is a module with an `Importer`, a line in `IMPORTERS` and a fixture in
//! `tests/import/`. An export that is a table of passwords is a line in `password_csv.rs`.
//!
//! ```
//! let file = b"otpauth://totp/Amazon%20Web%20Services:alice@example?secret=GEZDGNBVGY3TQOJQ\n";
//! let report = doorcode::import::read(file, None)?;
//! assert_eq!(report.format, "otpauth");
//! assert_eq!(report.entries[0].key.account_name, "alice@example");
//! # Ok::<(), doorcode::import::ImportError>(())
//! ```

use document::Document;
use report::Collector;

pub(crate) use cipher::seal_gcm;
pub use error::{Damage, ImportError, Unreadable};
pub(crate) use kdf::{Key, ScryptCost};
pub use note::NoteWords;
pub use report::{Imported, Refusal, Refused, Report};

mod aegis;
mod andotp;
mod archive;
mod authenticator;
mod bitwarden;
mod cipher;
mod document;
mod duo;
mod ente;
mod error;
mod freeotp_plus;
mod json;
mod kdf;
mod lastpass;
mod migration;
mod note;
mod one_password;
mod otpauth_list;
mod parameters;
mod password_csv;
mod proton_authenticator;
mod proton_pass;
mod raivo;
mod report;
mod stratum;
mod table;
mod two_fas;
mod unknown_csv;
mod unreadable;

/// The largest file read, in bytes.
pub const MAX_FILE_BYTES: usize = 16 * 1024 * 1024;

/// The most entries read from one file, refused ones included.
pub const MAX_ENTRIES: usize = 5000;

/// The reader of one program's files.
trait Importer: Sync {
    /// The name of the format when the file is of this program, encrypted or not. Looks at the
    /// shape alone: a file that is recognised and then turns out wrong is damaged.
    fn recognise(&self, file: &Document<'_>) -> Option<&'static str>;

    /// Reads the entries.
    fn read(
        &self,
        file: &Document<'_>,
        passphrase: Option<&[u8]>,
        to: &mut Collector<'_>,
    ) -> Result<(), ImportError>;
}

/// Every format. The first that recognises a file reads it: those that take any file of a kind
/// come last.
const IMPORTERS: [&dyn Importer; 20] = [
    &unreadable::Unreadables,
    &aegis::Aegis,
    &two_fas::TwoFas,
    &bitwarden::Bitwarden,
    &authenticator::Authenticator,
    &one_password::OnePassword,
    &proton_authenticator::ProtonAuthenticator,
    &proton_pass::ProtonPass,
    &ente::Encrypted,
    &lastpass::LastPass,
    &stratum::Stratum,
    &freeotp_plus::FreeOtpPlus,
    &raivo::Raivo,
    &duo::Duo,
    &andotp::Plain,
    &password_csv::PasswordCsv,
    &ente::Plain,
    &otpauth_list::OtpauthList,
    &unknown_csv::UnknownCsv,
    &andotp::Encrypted,
];

/// Reads a file of another program. `passphrase` is the one that the file was encrypted with, in
/// UTF-8, if there is one.
///
/// Takes as long as the key derivation that the file asks for, within limits.
///
/// # Errors
/// Any [`ImportError`]. A file of which single entries cannot be read is not an error: they are
/// listed as refused.
pub fn read(bytes: &[u8], passphrase: Option<&[u8]>) -> Result<Report, ImportError> {
    read_with_words(bytes, passphrase, &NoteWords::ENGLISH)
}

/// As [`read`], with notes in another language.
///
/// # Errors
/// As [`read`].
pub fn read_with_words(
    bytes: &[u8],
    passphrase: Option<&[u8]>,
    words: &NoteWords<'_>,
) -> Result<Report, ImportError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(ImportError::TooLarge);
    }
    let passphrase = passphrase.filter(|passphrase| !passphrase.is_empty());
    if archive::is_archive(bytes) {
        let inner = archive::main_file(bytes, passphrase)?;
        return read_file(&inner, passphrase, words);
    }
    read_file(bytes, passphrase, words)
}

fn read_file(
    bytes: &[u8],
    passphrase: Option<&[u8]>,
    words: &NoteWords<'_>,
) -> Result<Report, ImportError> {
    let text = document::decode(bytes);
    let file = Document::parse(bytes, text.as_deref())?;
    for importer in IMPORTERS {
        if let Some(format) = importer.recognise(&file) {
            let mut collector = Collector::new(format, words);
            importer.read(&file, passphrase, &mut collector)?;
            return Ok(collector.finish());
        }
    }
    Err(ImportError::Unknown)
}
