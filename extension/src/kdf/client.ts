/** Starts a Worker for one derivation and ends it afterwards. */

import type { KeyService, UnlockSecret } from "../key-service";
import { type Reply, RequestError } from "../messaging";
import { type KdfRequest, type KdfResults, type SecretBytes, secretsOf } from "./requests";

/** The keys as a page of the extension makes them: in a Worker that lives for one request. */
export function workerKeyService(workerUrl: string): KeyService {
  const ask = <Request extends KdfRequest>(
    request: Request,
  ): Promise<KdfResults[Request["name"]]> => {
    const worker = new Worker(workerUrl, { type: "module" });
    const reply = new Promise<Reply>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Reply>) => resolve(data);
      worker.onerror = () => reject(new RequestError({ kind: "kdfWorkerFailed" }));
    });
    // Moved, not copied, so that only the Worker has them.
    worker.postMessage(
      request,
      secretsOf(request).map(({ buffer }) => buffer),
    );
    return reply
      .then((answered) => {
        if (!answered.ok) throw new RequestError(answered.error);
        return answered.value as KdfResults[Request["name"]];
      })
      .finally(() => worker.terminate());
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
