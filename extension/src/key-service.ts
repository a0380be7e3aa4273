/** What the pages need of the Worker that derives keys: see `kdf/`. */

import type { SealedSession, StoredPair } from "./protocol";

/** What proves the right to open the vault. */
export type UnlockSecret = { kind: "passphrase" | "recoveryCode"; text: string };

export type KeyService = {
  /** Makes the keys of a new vault. The recovery code is shown once and kept nowhere. */
  makeVault(
    passphrase: string,
  ): Promise<{ header: string; session: SealedSession; recoveryCode: string }>;
  /** Refused with `wrongPassphraseOrTampered` when the secret does not fit. */
  unlock(headers: StoredPair, secret: UnlockSecret): Promise<{ session: SealedSession }>;
  changePassphrase(
    headers: StoredPair,
    secret: UnlockSecret,
    newPassphrase: string,
  ): Promise<{ header: string }>;
  replaceRecoveryCode(
    headers: StoredPair,
    secret: UnlockSecret,
  ): Promise<{ header: string; recoveryCode: string }>;
};
