//! Why a file cannot be read at all.

use thiserror::Error;

/// Why a file cannot be read. No variant carries any of its content.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum ImportError {
    /// No program is known to write files like this.
    #[error("this is no file that Doorcode knows")]
    Unknown,
    /// Larger than [`super::MAX_FILE_BYTES`], or an archive that unpacks to more than is read.
    #[error("the file is too large")]
    TooLarge,
    /// More than [`super::MAX_ENTRIES`].
    #[error("the file has more than {} entries", super::MAX_ENTRIES)]
    TooManyEntries,
    /// The file is encrypted, and no passphrase was given.
    #[error("the file is encrypted: it needs the password it was exported with")]
    PassphraseNeeded {
        /// The name of the format.
        format: &'static str,
    },
    /// The passphrase does not open the file. Formats without a check of their own cannot tell
    /// this from damage to the encrypted part.
    #[error("the password does not open the file")]
    WrongPassphrase,
    /// The passphrase does not open the file, and it is one of more than 64 bytes, which old
    /// versions of Aegis used in another form.
    #[error(
        "the password does not open the file; old versions of Aegis took long passwords \
             in another form: change it in Aegis, then export again"
    )]
    WrongLongPassphrase,
    /// The file is of a known format, and part of it is wrong or missing.
    #[error("the file is damaged: {0}")]
    Damaged(#[from] Damage),
    /// The file asks for a key derivation beyond the limits of its format.
    #[error("the file asks for a key derivation that costs more than is allowed")]
    CostTooHigh,
    /// There is no memory for the key derivation.
    #[error("there is not enough memory to derive the key")]
    MemoryUnavailable,
    /// A file that Doorcode knows and cannot open.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
}

/// What is wrong with a file of a known format.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum Damage {
    /// It begins like JSON and is not.
    #[error("it is not complete JSON (line {line})")]
    Json {
        /// The line of the first mistake, from 1.
        line: usize,
    },
    /// JSON nested deeper than any program writes.
    #[error("its JSON is nested too deeply")]
    TooDeep,
    /// A JSON object has a name twice, so it is not clear what was meant.
    #[error("a name stands twice in one object")]
    DuplicateName,
    /// More values than any export has.
    #[error("it has too many values")]
    TooManyValues,
    /// A table whose rows cannot be told apart.
    #[error("its table cannot be read")]
    Table,
    /// An archive that cannot be opened.
    #[error("its archive cannot be opened")]
    Archive,
    /// A part is missing, or is not of the kind it should be.
    #[error("{0} is missing or wrong")]
    Part(&'static str),
    /// What was encrypted was changed afterwards, or is of another shape than it should be.
    #[error("its encrypted part was changed or cut short")]
    Encrypted,
    /// A version that this reader does not know.
    #[error("it is of a version that Doorcode does not know")]
    Version,
}

/// A file that is known and cannot be opened, with what the user can do instead.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unreadable {
    /// Bitwarden's export that only the same account opens.
    #[error(
        "this export can be opened only by the Bitwarden account that made it: export again \
             as .json, or as .json (encrypted) with the type \"password protected\""
    )]
    BitwardenAccount,
    /// OpenPGP, which andOTP and Proton Pass offer.
    #[error(
        "this export is encrypted with OpenPGP: decrypt it with your OpenPGP program and \
             import the result, or export again without OpenPGP"
    )]
    OpenPgp,
    /// FreeOTP's own backup.
    #[error(
        "this is a backup of FreeOTP: show the codes as QR codes there and scan them, or \
             restore it in FreeOTP+ and export from that as JSON or as key URIs"
    )]
    FreeOtp,
    /// A password database.
    #[error("this is a KeePass database: open it in KeePassXC and export it as CSV")]
    KeePass,
    /// A picture.
    #[error("this is a picture: scan it as a QR code instead")]
    Picture,
    /// A database file of a program.
    #[error("this is the database of a program: use its export instead")]
    Database,
    /// A table in which no column holds one-time code secrets.
    #[error(
        "this table has no column that Doorcode knows to hold one-time codes: when you \
             export, include them"
    )]
    NoCodes,
}
