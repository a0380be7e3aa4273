/**
 * The Worker that derives keys. It does one thing and is ended, so that the memory of the
 * derivation goes with it. The vault key leaves it only sealed.
 */

import { indexedDbKeyStore } from "../indexed-db-key-store";
import { failureOf, type Reply } from "../messaging";
import type { SealedSession } from "../protocol";
import { beginSession } from "../session-key";
import init, * as kdf from "../wasm/kdf/kdf";
import type { KdfRequest, KdfResults, SecretBytes } from "./requests";

/** Argon2id, 64 MiB and three passes: the floor that every new passphrase is derived with. */
const COST: kdf.KdfCost = { memoryKib: 65_536, passes: 3, lanes: 1 };

/** How long the background may take to pick the session up, in milliseconds. */
const HAND_OVER_MS = 60_000;

async function answer(request: KdfRequest): Promise<KdfResults[KdfRequest["name"]]> {
  await init({ module_or_path: new URL("kdf.wasm", self.location.href) });
  switch (request.name) {
    case "makeVault": {
      const random = randomBytes(kdf.createRandomBytes());
      const made = kdf.createHeader(request.passphrase, COST, random);
      random.fill(0);
      const { header, recoveryCode } = made;
      return { header, session: await sealAndWipe(made.vaultKey), recoveryCode };
    }
    case "unlock":
      return { session: await sealAndWipe(unlock(request).vaultKey) };
    case "changePassphrase":
      return { header: changePassphrase(request) };
    case "replaceRecoveryCode":
      return replaceRecoveryCode(request);
  }
}

type Of<Name extends KdfRequest["name"]> = Extract<KdfRequest, { name: Name }>;

function unlock({ headers, secret }: Of<"unlock">): kdf.UnlockedHeader {
  const [h0, h1] = stored(headers);
  return secret.kind === "passphrase"
    ? kdf.unlockWithPassphrase(h0, h1, secret.bytes)
    : kdf.unlockWithRecoveryCode(h0, h1, secret.text);
}

function changePassphrase({ headers, secret, next }: Of<"changePassphrase">): string {
  const [h0, h1] = stored(headers);
  const random = randomBytes(kdf.passphraseRandomBytes());
  return secret.kind === "passphrase"
    ? kdf.changePassphrase(h0, h1, secret.bytes, next, COST, random)
    : kdf.changePassphraseWithRecoveryCode(h0, h1, secret.text, next, COST, random);
}

function replaceRecoveryCode({ headers, secret }: Of<"replaceRecoveryCode">): kdf.NewRecoveryCode {
  const [h0, h1] = stored(headers);
  const random = randomBytes(kdf.recoveryRandomBytes());
  return secret.kind === "passphrase"
    ? kdf.replaceRecoveryCode(h0, h1, secret.bytes, random)
    : kdf.replaceRecoveryCodeWithRecoveryCode(h0, h1, secret.text, random);
}

async function sealAndWipe(vaultKey: Uint8Array<ArrayBuffer>): Promise<SealedSession> {
  try {
    return await beginSession(indexedDbKeyStore, vaultKey, Date.now() + HAND_OVER_MS);
  } finally {
    vaultKey.fill(0);
  }
}

function stored(headers: Of<"unlock">["headers"]): [string | undefined, string | undefined] {
  return [headers[0] ?? undefined, headers[1] ?? undefined];
}

function randomBytes(count: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(count));
}

function wipe(request: KdfRequest): void {
  if (request.name === "makeVault") request.passphrase.fill(0);
  else wipeSecret(request.secret);
  if (request.name === "changePassphrase") request.next.fill(0);
}

function wipeSecret(secret: SecretBytes): void {
  if (secret.kind === "passphrase") secret.bytes.fill(0);
}

self.addEventListener("message", async ({ data }: MessageEvent<KdfRequest>) => {
  let reply: Reply;
  try {
    reply = { ok: true, value: await answer(data) };
  } catch (thrown) {
    reply = { ok: false, error: failureOf(thrown) };
  } finally {
    wipe(data);
  }
  self.postMessage(reply);
});
