/** Starts a Worker for one derivation and ends it afterwards. */

import type { KeyService, UnlockSecret } from "../key-service";
import { askWorker } from "../one-request-worker";
import { type KdfRequest, type KdfResults, type SecretBytes, secretsOf } from "./requests";

/** The keys as a page of the extension makes them: in a Worker that lives for one request. */
export function workerKeyService(workerUrl: string): KeyService {
  const ask = <Request extends KdfRequest>(
    request: Request,
  ): Promise<KdfResults[Request["name"]]> => {
    const moved = secretsOf(request).map(({ buffer }) => buffer);
    const answer = askWorker(workerUrl, { request, moved, broken: "kdfWorkerFailed" });
    return answer as Promise<KdfResults[Request["name"]]>;
  };
  return {
    makeVault: (passphrase) => ask({ name: "makeVault", passphrase: utf8(passphrase) }),
    unlock: (headers, secret) => ask({ name: "unlock", headers, secret: bytesOf(secret) }),
    prove: (headers, secret) => ask({ name: "prove", headers, secret: bytesOf(secret) }),
    changePassphrase: (headers, secret, newPassphrase) =>
      ask({
        name: "changePassphrase",
        headers,
        secret: bytesOf(secret),
        next: utf8(newPassphrase),
      }),
    replaceRecoveryCode: (headers, secret) =>
      ask({ name: "replaceRecoveryCode", headers, secret: bytesOf(secret) }),
    rotateKey: (headers, passphrase) =>
      ask({ name: "rotateKey", headers, passphrase: utf8(passphrase) }),
    makeBackupKey: (headers, passphrase) =>
      ask({ name: "makeBackupKey", headers, passphrase: utf8(passphrase) }),
    unlockBackup: (file, passphrase) =>
      ask({ name: "unlockBackup", file, passphrase: utf8(passphrase) }),
    passkeyRequest: (headers) => ask({ name: "passkeyRequest", headers }),
    unlockWithPasskey: (headers, output) => ask({ name: "unlockWithPasskey", headers, output }),
    addPasskey: (headers, passphrase, { output, ...passkey }) =>
      ask({ name: "addPasskey", headers, passphrase: utf8(passphrase), passkey, output }),
    removePasskey: (headers, passphrase) =>
      ask({ name: "removePasskey", headers, passphrase: utf8(passphrase) }),
  };
}

function bytesOf(secret: UnlockSecret): SecretBytes {
  return secret.kind === "passphrase"
    ? { kind: "passphrase", bytes: utf8(secret.text) }
    : { kind: "recoveryCode", text: secret.text };
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
