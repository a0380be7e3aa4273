/**
 * The Worker that derives keys. It does one thing and is ended, so that the memory of the
 * derivation goes with it. Keys leave it only sealed.
 */

import { fromBase64Url } from "../base64url";
import { indexedDbKeyStore } from "../indexed-db-key-store";
import { RequestError } from "../messaging";
import { answerRequest } from "../one-request-worker";
import type { SealedSession, StoredPair } from "../protocol";
import { beginSession, sealInSession } from "../session-key";
import init, * as kdf from "../wasm/kdf/kdf";
import { calibratedCost } from "./cost";
import { type KdfRequest, type KdfResults, type Of, secretsOf, type WithSecret } from "./requests";

/** How long the background may take to pick a key up, in milliseconds. */
const HAND_OVER_MS = 60_000;
/** A restore is looked at before it is done. */
const LOOK_MS = 15 * 60_000;

let loaded = false;

async function answer(request: KdfRequest): Promise<KdfResults[KdfRequest["name"]]> {
  await init({ module_or_path: new URL("kdf.wasm", self.location.href) });
  loaded = true;
  switch (request.name) {
    case "makeVault": {
      const random = randomBytes(kdf.createRandomBytes());
      const made = kdf.createHeader(request.passphrase, cost(), random);
      random.fill(0);
      const { header, recoveryCode } = made;
      return { header, session: await newSession(made.vaultKey), recoveryCode };
    }
    case "unlock":
      return { session: await newSession(unlock(request).vaultKey) };
    case "prove":
      return { proof: await inSession(unlock(request).vaultKey, HAND_OVER_MS) };
    case "changePassphrase":
      return { header: changePassphrase(request) };
    case "replaceRecoveryCode":
      return replaceRecoveryCode(request);
    case "rotateKey": {
      const random = randomBytes(kdf.rotateRandomBytes());
      const made = kdf.rotateKey(...stored(request), request.passphrase, cost(), random);
      random.fill(0);
      const { header, recoveryCode } = made;
      // The recovery code is written down before the new key is put in force.
      return { header, key: await inSession(made.vaultKey, LOOK_MS), recoveryCode };
    }
    case "makeBackupKey": {
      const random = randomBytes(kdf.backupRandomBytes());
      const made = kdf.createBackupKey(...stored(request), request.passphrase, cost(), random);
      random.fill(0);
      return { header: made.header, key: await inSession(made.vaultKey, HAND_OVER_MS) };
    }
    case "unlockBackup": {
      const { vaultKey } = kdf.unlockBackup(request.file, request.passphrase);
      return { key: await inSession(vaultKey, LOOK_MS) };
    }
    case "passkeyRequest":
      return { request: kdf.passkeyRequest(...stored(request)) ?? undefined };
    case "unlockWithPasskey": {
      const { vaultKey } = kdf.unlockWithPasskey(...stored(request), request.output);
      return { session: await newSession(vaultKey) };
    }
    case "addPasskey":
      return { header: addPasskey(request) };
    case "removePasskey":
      return { header: kdf.removePasskey(...stored(request), request.passphrase) };
  }
}

function cost(): kdf.KdfCost {
  return calibratedCost(kdf.deriveForCalibration, () => performance.now());
}

function unlock({ headers, secret }: WithSecret): kdf.UnlockedHeader {
  const [h0, h1] = stored({ headers });
  return secret.kind === "passphrase"
    ? kdf.unlockWithPassphrase(h0, h1, secret.bytes)
    : kdf.unlockWithRecoveryCode(h0, h1, secret.text);
}

function changePassphrase({ headers, secret, next }: Of<"changePassphrase">): string {
  const [h0, h1] = stored({ headers });
  const random = randomBytes(kdf.passphraseRandomBytes());
  return secret.kind === "passphrase"
    ? kdf.changePassphrase(h0, h1, secret.bytes, next, cost(), random)
    : kdf.changePassphraseWithRecoveryCode(h0, h1, secret.text, next, cost(), random);
}

function replaceRecoveryCode({ headers, secret }: WithSecret): kdf.NewRecoveryCode {
  const [h0, h1] = stored({ headers });
  const random = randomBytes(kdf.recoveryRandomBytes());
  return secret.kind === "passphrase"
    ? kdf.replaceRecoveryCode(h0, h1, secret.bytes, random)
    : kdf.replaceRecoveryCodeWithRecoveryCode(h0, h1, secret.text, random);
}

function addPasskey({ headers, passphrase, passkey, output }: Of<"addPasskey">): string {
  const credential = fromBase64Url(passkey.credentialId);
  const salt = fromBase64Url(passkey.salt);
  const random = randomBytes(kdf.passkeyRandomBytes());
  return kdf.addPasskey(...stored({ headers }), passphrase, credential, salt, output, random);
}

async function newSession(vaultKey: Uint8Array<ArrayBuffer>): Promise<SealedSession> {
  try {
    return await beginSession(indexedDbKeyStore, vaultKey, Date.now() + HAND_OVER_MS);
  } finally {
    vaultKey.fill(0);
  }
}

/** Seals a key in the session that runs; refused with `locked` when there is none. */
async function inSession(key: Uint8Array<ArrayBuffer>, forMs: number): Promise<SealedSession> {
  try {
    const sealed = await sealInSession(indexedDbKeyStore, key, Date.now() + forMs);
    if (sealed === undefined) throw new RequestError({ kind: "locked" });
    return sealed;
  } finally {
    key.fill(0);
  }
}

function stored({ headers }: { headers: StoredPair }): [string | undefined, string | undefined] {
  return [headers[0] ?? undefined, headers[1] ?? undefined];
}

function randomBytes(count: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(count));
}

answerRequest<KdfRequest>(answer, (request) => {
  for (const secret of secretsOf(request)) secret.fill(0);
  if (loaded) kdf.scrubStack();
});
