/** What the pages need of the Worker that derives keys: see `kdf/`. */

import type { SealedSession, StoredPair } from "./protocol";

/** What proves the right to open the vault. */
export type UnlockSecret = { kind: "passphrase" | "recoveryCode"; text: string };

/** What a page needs to ask a passkey again, base64url. */
export type PasskeyRequest = { credentialId: string; salt: string };

/** A passkey that was made, and what it makes of its salt. */
export type NewPasskey = PasskeyRequest & { output: Uint8Array<ArrayBuffer> };

/** Keys leave the Worker sealed in the session that runs, and open nothing alone. */
export type KeyService = {
  /** Makes the keys of a new vault. The recovery code is shown once and kept nowhere. */
  makeVault(
    passphrase: string,
  ): Promise<{ header: string; session: SealedSession; recoveryCode: string }>;
  /** Refused with `wrongPassphraseOrTampered` when the secret does not fit. */
  unlock(headers: StoredPair, secret: UnlockSecret): Promise<{ session: SealedSession }>;
  /** As `unlock`, for a vault that is open: the vault key as a proof that the secret is known. */
  prove(headers: StoredPair, secret: UnlockSecret): Promise<{ proof: SealedSession }>;
  changePassphrase(
    headers: StoredPair,
    secret: UnlockSecret,
    newPassphrase: string,
  ): Promise<{ header: string }>;
  replaceRecoveryCode(
    headers: StoredPair,
    secret: UnlockSecret,
  ): Promise<{ header: string; recoveryCode: string }>;
  /** A new vault key, with a new recovery code. */
  rotateKey(
    headers: StoredPair,
    passphrase: string,
  ): Promise<{ header: string; key: SealedSession; recoveryCode: string }>;
  /** The header and key of a backup, which opens with the passphrase of the vault. */
  makeBackupKey(
    headers: StoredPair,
    passphrase: string,
  ): Promise<{ header: string; key: SealedSession }>;
  unlockBackup(file: Uint8Array<ArrayBuffer>, passphrase: string): Promise<{ key: SealedSession }>;
  /** The passkey that opens the vault, when there is one. */
  passkeyRequest(headers: StoredPair): Promise<{ request: PasskeyRequest | undefined }>;
  unlockWithPasskey(
    headers: StoredPair,
    output: Uint8Array<ArrayBuffer>,
  ): Promise<{ session: SealedSession }>;
  addPasskey(
    headers: StoredPair,
    passphrase: string,
    passkey: NewPasskey,
  ): Promise<{ header: string }>;
  removePasskey(headers: StoredPair, passphrase: string): Promise<{ header: string }>;
};
