//! What can go wrong with a vault. No error carries anything from the data.

use thiserror::Error;

use crate::entry::EntryError;

/// Why a vault could not be unlocked, opened, changed or saved.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum VaultError {
    /// Nothing is stored under the header keys.
    #[error("there is no vault header")]
    HeaderMissing,
    /// The bytes do not begin like a vault header.
    #[error("not a vault")]
    NotAVault,
    /// A format this version does not know.
    #[error("the vault has format {version}, which this version does not know")]
    UnsupportedFormat {
        /// The format byte of the header.
        version: u8,
    },
    /// A header that is cut short, too long or contradicts itself.
    #[error("the vault header is damaged")]
    HeaderMalformed,
    /// A cost of the key derivation outside its limits. Found before any derivation.
    #[error("the {field} of the key derivation is out of range")]
    KdfParamsOutOfRange {
        /// Which parameter.
        field: KdfField,
    },
    /// The memory for the key derivation could not be had.
    #[error("not enough memory for the key derivation")]
    KdfMemoryUnavailable,
    /// An empty passphrase.
    #[error("the passphrase is empty")]
    PassphraseEmpty,
    /// A passphrase longer than [`Passphrase::MAX_BYTES`](super::Passphrase::MAX_BYTES).
    #[error("the passphrase is too long")]
    PassphraseTooLong,
    /// A passphrase that is not UTF-8.
    #[error("the passphrase is not UTF-8")]
    PassphraseNotText,
    /// The passphrase opens no slot: it is wrong, or the slot was changed.
    #[error("wrong passphrase, or the header was tampered with")]
    WrongPassphraseOrTampered,
    /// The recovery code is not one: too short or long, a foreign character, or its check
    /// characters do not fit.
    #[error("the recovery code is mistyped")]
    RecoveryCodeMistyped,
    /// The recovery code opens no slot: it was replaced, or the slot was changed.
    #[error("wrong recovery code, or the header was tampered with")]
    WrongRecoveryCodeOrTampered,
    /// The passkey opens no slot: it is another one, or the slot was changed.
    #[error("wrong passkey, or the header was tampered with")]
    WrongPasskeyOrTampered,
    /// The file does not begin like a backup.
    #[error("not a backup")]
    NotABackup,
    /// The backup is cut short or was changed.
    #[error("the backup is damaged")]
    BackupDamaged,
    /// The earlier state does not open.
    #[error("the earlier state cannot be read")]
    EarlierUnreadable,
    /// The header has no slot of the kind asked for.
    #[error("the vault has no such way to unlock it")]
    NoSuchSlot,
    /// The header is not authentic under the vault key.
    #[error("the vault header was tampered with")]
    HeaderTampered,
    /// A header or body that belongs to another vault.
    #[error("the data belongs to another vault")]
    VaultIdMismatch,
    /// Neither body opens. Nothing may be written over them.
    #[error("the vault cannot be read")]
    BodyUnreadable,
    /// What is open is an earlier state, to look at: see [`Vault::rescue`](super::Vault::rescue).
    #[error("an earlier state of the vault is open, which cannot be changed")]
    ReadOnly,
    /// The vault would become larger than it may be.
    #[error("the vault is full")]
    VaultFull,
    /// A change or save was asked for while another is not yet confirmed or abandoned.
    #[error("a save is in progress")]
    SaveInProgress,
    /// A confirmation without a save in progress.
    #[error("no save is in progress")]
    NoSaveInProgress,
    /// What was read back is not what was to be written. The earlier state stays in force.
    #[error("the change could not be saved")]
    NotSaved,
    /// No entry has this id.
    #[error("no such entry")]
    NoSuchEntry,
    /// A text of an entry is too long.
    #[error(transparent)]
    EntryTextTooLong(#[from] EntryError),
    /// The new header does not follow the one in force.
    #[error("the header is not the next one")]
    HeaderOutOfOrder,
}

/// A parameter of the key derivation, named in errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KdfField {
    /// Which function.
    Function,
    /// Memory in KiB.
    Memory,
    /// Passes over the memory.
    Passes,
    /// Lanes.
    Lanes,
    /// The length of the salt.
    Salt,
    /// Memory times passes, the time it takes.
    Work,
}

impl core::fmt::Display for KdfField {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str(match self {
            Self::Function => "function",
            Self::Memory => "memory",
            Self::Passes => "number of passes",
            Self::Lanes => "number of lanes",
            Self::Salt => "salt",
            Self::Work => "work",
        })
    }
}
