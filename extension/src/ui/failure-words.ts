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
  ["storageUnavailable", "failStorage"],
  ["notSaved", "failNotSaved"],
  ["vaultFull", "failVaultFull"],
  ["noSuchEntry", "failNoSuchEntry"],
  // A key URI or secret key.
  ["notOtpauth", "failNotOtpauth"],
  ["uriTooLong", "failUriTooLong"],
  ["unsupportedType", "failUnsupportedType"],
  ["noLabel", "failNoLabel"],
  ["percentEncoding", "failPercentEncoding"],
  ["duplicateParameter", "failDuplicateParameter"],
  ["noSecret", "failNoSecret"],
  ["algorithm", "failAlgorithm"],
  ["digits", "failDigits"],
  ["period", "failPeriod"],
  ["counter", "failCounter"],
  ["secretEmpty", "failNoSecret"],
  ["secretTooLong", "failSecretTooLong"],
  ["secretNotBase32", "failNotBase32"],
  ["secretWrongLength", "failSecretLength"],
  ["duplicateEntry", "failDuplicateEntry"],
  // An AWS identity.
  ["invalidAccountId", "failAccountId"],
  ["invalidAccountAlias", "failAccountAlias"],
  ["invalidUserName", "failUserName"],
  // Between the parts of the extension.
  ["noAnswer", "failNoAnswer"],
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
