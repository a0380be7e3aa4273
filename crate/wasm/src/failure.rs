//! Errors as JavaScript sees them: an `Error` whose `kind` is one of a closed list.

use doorcode::otpauth::KeyUriError;
use doorcode::secret::SecretError;
use doorcode::vault::VaultError;
use js_sys::{Error, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What is thrown: an `Error` with a `kind`, and nothing of the data in its message. */
export interface CoreError extends Error {
  kind: CoreErrorKind;
  /** With `duplicateEntry`: the entry that has this secret. */
  entryId?: string;
  /** With `secretNotBase32`: which character, counted from 1. */
  position?: number;
}

export type CoreErrorKind =
  | "malformedRequest" | "malformedValue"
  | "headerMissing" | "notAVault" | "unsupportedFormat" | "headerMalformed" | "headerTampered"
  | "headerOutOfOrder" | "vaultIdMismatch" | "bodyUnreadable" | "noSuchSlot"
  | "kdfParamsOutOfRange" | "kdfMemoryUnavailable"
  | "passphraseEmpty" | "passphraseTooLong" | "passphraseNotText" | "wrongPassphraseOrTampered"
  | "recoveryCodeMistyped" | "wrongRecoveryCodeOrTampered" | "wrongPasskeyOrTampered"
  | "notABackup" | "backupDamaged" | "earlierUnreadable"
  | "saveInProgress" | "noSaveInProgress" | "notSaved" | "vaultFull" | "readOnly"
  | "noSuchEntry" | "notTimeBased" | "duplicateEntry" | "textTooLong" | "invalidField"
  | "notOtpauth" | "uriTooLong" | "unsupportedType" | "noLabel" | "badPercentEncoding"
  | "duplicateParameter" | "noSecret" | "badAlgorithm" | "badDigits" | "badPeriod" | "badCounter"
  | "secretEmpty" | "secretTooLong" | "secretNotBase32" | "secretWrongLength"
  | "notMigration" | "migrationDamaged" | "tooManyParts"
  | "pictureTooLarge"
  | "unexpected";
"#;

/// Why a call was refused.
#[derive(Debug)]
pub struct Failure {
    kind: &'static str,
    detail: Option<(&'static str, JsValue)>,
}

impl Failure {
    /// The request has another shape, or is larger, than it may be.
    pub const MALFORMED_REQUEST: Self = Self::new("malformedRequest");

    /// A failure of this kind, which is one of `CoreErrorKind`.
    pub const fn new(kind: &'static str) -> Self {
        Self { kind, detail: None }
    }

    /// What it is, one of `CoreErrorKind`.
    #[cfg(any(feature = "core", feature = "import"))]
    pub(crate) fn kind(&self) -> &'static str {
        self.kind
    }

    /// A failure with a property beside its kind.
    pub fn with(kind: &'static str, name: &'static str, value: impl Into<JsValue>) -> Self {
        Self { kind, detail: Some((name, value.into())) }
    }
}

impl From<Failure> for JsValue {
    fn from(failure: Failure) -> Self {
        let error = Error::new(failure.kind);
        let kind = ("kind", Self::from_str(failure.kind));
        for (name, value) in [kind].into_iter().chain(failure.detail) {
            // Cannot fail: the object is new and of our making.
            let _ = Reflect::set(&error, &Self::from_str(name), &value);
        }
        error.into()
    }
}

impl From<VaultError> for Failure {
    fn from(error: VaultError) -> Self {
        Self::new(match error {
            VaultError::HeaderMissing => "headerMissing",
            VaultError::NotAVault => "notAVault",
            VaultError::UnsupportedFormat { .. } => "unsupportedFormat",
            VaultError::HeaderMalformed => "headerMalformed",
            VaultError::KdfParamsOutOfRange { .. } => "kdfParamsOutOfRange",
            VaultError::KdfMemoryUnavailable => "kdfMemoryUnavailable",
            VaultError::PassphraseEmpty => "passphraseEmpty",
            VaultError::PassphraseTooLong => "passphraseTooLong",
            VaultError::PassphraseNotText => "passphraseNotText",
            VaultError::WrongPassphraseOrTampered => "wrongPassphraseOrTampered",
            VaultError::RecoveryCodeMistyped => "recoveryCodeMistyped",
            VaultError::WrongRecoveryCodeOrTampered => "wrongRecoveryCodeOrTampered",
            VaultError::WrongPasskeyOrTampered => "wrongPasskeyOrTampered",
            VaultError::NotABackup => "notABackup",
            VaultError::BackupDamaged => "backupDamaged",
            VaultError::EarlierUnreadable => "earlierUnreadable",
            VaultError::NoSuchSlot => "noSuchSlot",
            VaultError::HeaderTampered => "headerTampered",
            VaultError::VaultIdMismatch => "vaultIdMismatch",
            VaultError::BodyUnreadable => "bodyUnreadable",
            VaultError::ReadOnly => "readOnly",
            VaultError::VaultFull => "vaultFull",
            VaultError::SaveInProgress => "saveInProgress",
            VaultError::NoSaveInProgress => "noSaveInProgress",
            VaultError::NotSaved => "notSaved",
            VaultError::NoSuchEntry => "noSuchEntry",
            VaultError::EntryTextTooLong(_) => "textTooLong",
            VaultError::HeaderOutOfOrder => "headerOutOfOrder",
            _ => "unexpected",
        })
    }
}

impl From<KeyUriError> for Failure {
    fn from(error: KeyUriError) -> Self {
        Self::new(match error {
            KeyUriError::NotOtpauth => "notOtpauth",
            KeyUriError::TooLong => "uriTooLong",
            KeyUriError::UnsupportedType => "unsupportedType",
            KeyUriError::NoLabel => "noLabel",
            KeyUriError::PercentEncoding(_) => "badPercentEncoding",
            KeyUriError::Duplicate(_) => "duplicateParameter",
            KeyUriError::NoSecret => "noSecret",
            KeyUriError::Secret(error) => return error.into(),
            KeyUriError::Algorithm => "badAlgorithm",
            KeyUriError::Digits => "badDigits",
            KeyUriError::Period => "badPeriod",
            KeyUriError::Counter => "badCounter",
            _ => "unexpected",
        })
    }
}

impl From<SecretError> for Failure {
    fn from(error: SecretError) -> Self {
        Self::new(match error {
            SecretError::Empty => "secretEmpty",
            SecretError::TooLong => "secretTooLong",
            SecretError::NotBase32 { position } => {
                let position = u32::try_from(position).unwrap_or(u32::MAX);
                return Self::with("secretNotBase32", "position", position);
            }
            SecretError::WrongLength => "secretWrongLength",
            _ => "unexpected",
        })
    }
}
