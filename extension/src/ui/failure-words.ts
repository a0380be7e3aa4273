/** What happened, what it means and what to do, for every failure a page may meet. */

import type { Failure } from "../protocol";
import type { CoreErrorKind } from "../wasm/core/core";
import type { TextKey, Words } from "../words/words";

/** Kinds that the pages and the background add to those of the core. */
type PageFailureKind =
  | "locked"
  | "vaultExists"
  | "sessionLost"
  | "kdfWorkerFailed"
  | "passkeyUnsupported"
  | "passkeyNoPrf"
  | "passkeyCancelled"
  | "backupNotKept"
  | "noAnswer"
  | "notAllowed"
  | "unknownRequest"
  | "tooLarge"
  | "copyRefused"
  | "fillNoField"
  | "fillRefused"
  | "noPrompt"
  | "notAPicture"
  | "qrWorkerFailed"
  | "captureRefused"
  | "noCamera"
  | "planOutdated"
  | "tooManyEntries"
  | "importTooMuch"
  | "fileWorkerFailed"
  | "exportNotKept"
  | "cancelled";

/** `undefined` for what only a fault of ours can bring about. */
const WORDS_OF_KIND: Record<CoreErrorKind | PageFailureKind, TextKey | undefined> = {
  // Unlocking.
  wrongPassphraseOrTampered: "failWrongPassphrase",
  wrongRecoveryCodeOrTampered: "failWrongRecoveryCode",
  recoveryCodeMistyped: "failRecoveryCodeMistyped",
  wrongPasskeyOrTampered: "failWrongPasskey",
  passkeyUnsupported: "failPasskeyUnsupported",
  passkeyNoPrf: "failPasskeyNoPrf",
  passkeyCancelled: "failPasskeyCancelled",
  kdfMemoryUnavailable: "failMemory",
  kdfWorkerFailed: "failWorker",
  passphraseTooLong: "failPassphraseTooLong",
  passphraseEmpty: "failPassphraseEmpty",
  passphraseNotText: "failPassphraseEmpty",
  sessionLost: "failSession",
  locked: "failLocked",
  // What is stored.
  vaultExists: "failVaultExists",
  unsupportedFormat: "failUnsupportedFormat",
  notAVault: "failNotAVault",
  headerMissing: "failHeaderDamaged",
  headerMalformed: "failHeaderDamaged",
  headerTampered: "failHeaderDamaged",
  headerOutOfOrder: "failHeaderOutOfOrder",
  kdfParamsOutOfRange: "failHeaderDamaged",
  noSuchSlot: "failNoSuchSlot",
  vaultIdMismatch: "failVaultIdMismatch",
  bodyUnreadable: "failBodyUnreadable",
  saveInProgress: "failSaveInProgress",
  notSaved: "failNotSaved",
  readOnly: "failReadOnly",
  vaultFull: "failVaultFull",
  notABackup: "failNotABackup",
  backupDamaged: "failBackupDamaged",
  backupNotKept: "failBackupNotKept",
  earlierUnreadable: "failEarlierUnreadable",
  // An entry.
  noSuchEntry: "failNoSuchEntry",
  notTimeBased: "failNotTimeBased",
  duplicateEntry: "failDuplicateEntry",
  textTooLong: "failTextTooLong",
  invalidField: "failInvalidField",
  // A key URI or secret key.
  notOtpauth: "failNotOtpauth",
  uriTooLong: "failUriTooLong",
  unsupportedType: "failUnsupportedType",
  noLabel: "failNoLabel",
  badPercentEncoding: "failPercentEncoding",
  duplicateParameter: "failDuplicateParameter",
  noSecret: "failNoSecret",
  badAlgorithm: "failAlgorithm",
  badDigits: "failDigits",
  badPeriod: "failPeriod",
  badCounter: "failCounter",
  secretEmpty: "failNoSecret",
  secretTooLong: "failSecretTooLong",
  secretNotBase32: "failNotBase32",
  secretWrongLength: "failSecretLength",
  // Between the parts of the extension.
  noAnswer: "failNoAnswer",
  notAllowed: "failRestarting",
  unknownRequest: "failRestarting",
  tooLarge: "failUriTooLong",
  copyRefused: "failCopyRefused",
  fillNoField: "failFillNoField",
  fillRefused: "failFillRefused",
  malformedRequest: undefined,
  malformedValue: undefined,
  noSaveInProgress: undefined,
  // A scan.
  notMigration: "failMigration",
  migrationDamaged: "failMigration",
  tooManyParts: "failMigration",
  noPrompt: "failFillNoField",
  notAPicture: "failNotAPicture",
  pictureTooLarge: "failPictureTooLarge",
  qrWorkerFailed: "failWorker",
  captureRefused: "failCaptureRefused",
  noCamera: "failNoCamera",
  // Files of other programs.
  planOutdated: "failPlanOutdated",
  tooManyEntries: "importTooMany",
  importTooMuch: "failImportTooMuch",
  fileWorkerFailed: "failFileWorker",
  exportNotKept: "failExportNotKept",
  // The user knows.
  cancelled: undefined,
  unexpected: undefined,
};

export function failureWords(failure: Failure, words: Words): string {
  if (failure.kind === "tooManyTries") {
    return words.count("failTooManyTries", Math.max(1, Math.ceil(failure.retrySeconds ?? 1)));
  }
  const key = Object.hasOwn(WORDS_OF_KIND, failure.kind)
    ? WORDS_OF_KIND[failure.kind as keyof typeof WORDS_OF_KIND]
    : undefined;
  return key === undefined ? words("failOther", { kind: failure.kind }) : words(key);
}

/** What says that the stored vault itself cannot be read, whatever secret is given. */
const UNREADABLE_KINDS = new Set([
  "unsupportedFormat",
  "notAVault",
  "headerMissing",
  "headerMalformed",
  "headerTampered",
  "kdfParamsOutOfRange",
  "vaultIdMismatch",
  "bodyUnreadable",
]);

export function isUnreadable(failure: Failure): boolean {
  return UNREADABLE_KINDS.has(failure.kind);
}
