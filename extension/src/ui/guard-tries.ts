/** Slows wrong tries down: the background counts each one before the key derivation begins. */

import type { KeyService, UnlockSecret } from "../key-service";
import type { Client } from "../messaging";
import type { PageProtocol } from "../protocol";

export function guardTries(keys: KeyService, background: Client<PageProtocol>): KeyService {
  const tried = async <Result>(
    kind: UnlockSecret["kind"],
    derive: () => Promise<Result>,
  ): Promise<Result> => {
    await background.beginTry({});
    const result = await derive();
    await background.endTry({ kind });
    return result;
  };
  return {
    ...keys,
    unlock: (headers, secret) => tried(secret.kind, () => keys.unlock(headers, secret)),
    prove: (headers, secret) => tried(secret.kind, () => keys.prove(headers, secret)),
    changePassphrase: (headers, secret, next) =>
      tried(secret.kind, () => keys.changePassphrase(headers, secret, next)),
    replaceRecoveryCode: (headers, secret) =>
      tried(secret.kind, () => keys.replaceRecoveryCode(headers, secret)),
    rotateKey: (headers, text) => tried("passphrase", () => keys.rotateKey(headers, text)),
    makeBackupKey: (headers, text) => tried("passphrase", () => keys.makeBackupKey(headers, text)),
    addPasskey: (headers, text, passkey) =>
      tried("passphrase", () => keys.addPasskey(headers, text, passkey)),
    removePasskey: (headers, text) => tried("passphrase", () => keys.removePasskey(headers, text)),
  };
}
