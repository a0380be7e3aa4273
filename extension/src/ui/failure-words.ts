/** What happened, what it means and what to do, for every failure a page may meet. */

import type { Failure } from "../protocol";
import type { TextKey, Words } from "./words";

const WORDS_OF_KIND = new Map<string, TextKey>([
  // Unlocking.
  ["wrongPassphraseOrTampered", "failWrongPassphrase"],
  ["wrongRecoveryCodeOrTampered", "failWrongRecoveryCode"],
  ["recoveryCodeMistyped", "failRecoveryCodeMistyped"],
  ["kdfMemoryUnavailable", "failMemory"],
  ["passphraseTooLong", "failPassphraseTooLong"],
  ["passphraseEmpty", "failPassphraseEmpty"],
  ["passphraseNotText", "failPassphraseEmpty"],
  ["locked", "failLocked"],
  // What is stored.
  ["vaultExists", "failVaultExists"],
  ["unsupportedFormat", "failUnsupportedFormat"],
  ["notAVault", "failNotAVault"],
  ["headerMissing", "failHeaderDamaged"],
  ["headerMalformed", "failHeaderDamaged"],
  ["headerTampered", "failHeaderDamaged"],
  ["kdfParamsOutOfRange", "failHeaderDamaged"],
  ["noSuchSlot", "failNoSuchSlot"],
  ["vaultIdMismatch", "failVaultIdMismatch"],
  ["bodyUnreadable", "failBodyUnreadable"],
  ["notSaved", "failNotSaved"],
  ["saveInProgress", "failSaveInProgress"],
  ["headerOutOfOrder", "failHeaderOutOfOrder"],
  ["vaultFull", "failVaultFull"],
  ["noSuchEntry", "failNoSuchEntry"],
  // A key URI or secret key.
  ["notOtpauth", "failNotOtpauth"],
  ["uriTooLong", "failUriTooLong"],
  ["unsupportedType", "failUnsupportedType"],
  ["noLabel", "failNoLabel"],
  ["badPercentEncoding", "failPercentEncoding"],
  ["duplicateParameter", "failDuplicateParameter"],
  ["noSecret", "failNoSecret"],
  ["badAlgorithm", "failAlgorithm"],
  ["badDigits", "failDigits"],
  ["badPeriod", "failPeriod"],
  ["badCounter", "failCounter"],
  ["secretEmpty", "failNoSecret"],
  ["secretTooLong", "failSecretTooLong"],
  ["secretNotBase32", "failNotBase32"],
  ["secretWrongLength", "failSecretLength"],
  ["duplicateEntry", "failDuplicateEntry"],
  ["notTimeBased", "failNotTimeBased"],
  ["invalidField", "failInvalidField"],
  ["textTooLong", "failTextTooLong"],
  // Between the parts of the extension.
  ["noAnswer", "failNoAnswer"],
  ["kdfWorkerFailed", "failWorker"],
  ["sessionLost", "failSession"],
  ["notAllowed", "failRestarting"],
  ["unknownRequest", "failRestarting"],
  // Of the pages themselves.
  ["copyRefused", "failCopyRefused"],
  ["fillNoField", "failFillNoField"],
  ["fillRefused", "failFillRefused"],
]);

export function failureWords(failure: Failure, words: Words): string {
  if (failure.kind === "tooManyTries") {
    return words.count("failTooManyTries", Math.max(1, Math.ceil(failure.retrySeconds ?? 1)));
  }
  const key = WORDS_OF_KIND.get(failure.kind);
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
