/** Starts a Worker for one derivation and ends it afterwards. */

import type { KeyService, UnlockSecret } from "../key-service";
import { type Reply, RequestError } from "../messaging";
import type { KdfRequest, KdfResults, SecretBytes } from "./requests";

/** The keys as a page of the extension makes them: in a Worker that lives for one request. */
export function workerKeyService(workerUrl: string): KeyService {
  const ask = <Name extends KdfRequest["name"]>(
    request: Extract<KdfRequest, { name: Name }>,
  ): Promise<KdfResults[Name]> => {
    const worker = new Worker(workerUrl, { type: "module" });
    const reply = new Promise<Reply>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Reply>) => resolve(data);
      worker.onerror = () => reject(new RequestError({ kind: "kdfWorkerFailed" }));
    });
    worker.postMessage(request, transferable(request));
    return reply
      .then((answered) => {
        if (!answered.ok) throw new RequestError(answered.error);
        return answered.value as KdfResults[Name];
      })
      .finally(() => worker.terminate());
  };
  return {
    makeVault: (passphrase) => ask({ name: "makeVault", passphrase: utf8(passphrase) }),
    unlock: (headers, secret) => ask({ name: "unlock", headers, secret: bytesOf(secret) }),
    changePassphrase: (headers, secret, newPassphrase) =>
      ask({
        name: "changePassphrase",
        headers,
        secret: bytesOf(secret),
        next: utf8(newPassphrase),
      }),
    replaceRecoveryCode: (headers, secret) =>
      ask({ name: "replaceRecoveryCode", headers, secret: bytesOf(secret) }),
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

/** The bytes are moved, not copied, so that only the Worker has them. */
function transferable(request: KdfRequest): ArrayBuffer[] {
  const buffers: ArrayBuffer[] = [];
  if (request.name === "makeVault") buffers.push(request.passphrase.buffer);
  else if (request.secret.kind === "passphrase") buffers.push(request.secret.bytes.buffer);
  if (request.name === "changePassphrase") buffers.push(request.next.buffer);
  return buffers;
}
