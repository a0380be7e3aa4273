/** What the page asks of its Worker. Passphrases travel as bytes, so that both ends can wipe them. */

import type { SealedSession, StoredPair } from "../protocol";

/** What proves the right to open the vault; UTF-8 bytes of the passphrase, or the code as typed. */
export type SecretBytes =
  | { kind: "passphrase"; bytes: Uint8Array<ArrayBuffer> }
  | { kind: "recoveryCode"; text: string };

export type KdfRequest =
  | { name: "makeVault"; passphrase: Uint8Array<ArrayBuffer> }
  | { name: "unlock"; headers: StoredPair; secret: SecretBytes }
  | {
      name: "changePassphrase";
      headers: StoredPair;
      secret: SecretBytes;
      next: Uint8Array<ArrayBuffer>;
    }
  | { name: "replaceRecoveryCode"; headers: StoredPair; secret: SecretBytes };

export type KdfResults = {
  makeVault: { header: string; session: SealedSession; recoveryCode: string };
  unlock: { session: SealedSession };
  changePassphrase: { header: string };
  replaceRecoveryCode: { header: string; recoveryCode: string };
};
