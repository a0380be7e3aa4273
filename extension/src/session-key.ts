/**
 * Keeps an unlocked vault open across the death of the service worker, in two halves that open
 * nothing alone: an AES-GCM key that cannot be read out, in IndexedDB, and the vault key sealed
 * with it, in `storage.session`, which is memory. Both go when the vault locks; the second goes
 * when the browser ends.
 */

import { fromBase64Url, toBase64Url } from "./base64url";
import type { SealedSession } from "./protocol";

/** Where the session key lives. */
export type KeyStore = {
  read(): Promise<CryptoKey | undefined>;
  write(key: CryptoKey): Promise<void>;
  remove(): Promise<void>;
};

const IV_BYTES = 12;

/** Makes a new session key, and seals the vault key with it until `deadline` (Unix milliseconds). */
export async function beginSession(
  keys: KeyStore,
  vaultKey: Uint8Array<ArrayBuffer>,
  deadline: number,
): Promise<SealedSession> {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
    "encrypt",
    "decrypt",
  ]);
  await keys.write(key);
  return seal(key, vaultKey, deadline);
}

/**
 * Opens the vault key for `use` and wipes it afterwards. `undefined` when there is no session, it
 * has passed its deadline, or its halves do not fit.
 */
export async function openSession<Result>(
  keys: KeyStore,
  session: SealedSession,
  now: number,
  use: (vaultKey: Uint8Array<ArrayBuffer>) => Result | Promise<Result>,
): Promise<Result | undefined> {
  if (now >= session.deadline) return undefined;
  const key = await keys.read();
  if (key === undefined) return undefined;
  const vaultKey = await unseal(key, session);
  if (vaultKey === undefined) return undefined;
  try {
    return await use(vaultKey);
  } finally {
    vaultKey.fill(0);
  }
}

/** Seals another key, or the vault key as a proof, for the session that runs; `undefined` without one. */
export async function sealInSession(
  keys: KeyStore,
  bytes: Uint8Array<ArrayBuffer>,
  deadline: number,
): Promise<SealedSession | undefined> {
  const key = await keys.read();
  return key === undefined ? undefined : seal(key, bytes, deadline);
}

/** The same session with a later deadline. */
export async function extendSession(
  keys: KeyStore,
  session: SealedSession,
  now: number,
  deadline: number,
): Promise<SealedSession | undefined> {
  const key = await keys.read();
  if (key === undefined) return undefined;
  return openSession(keys, session, now, (vaultKey) => seal(key, vaultKey, deadline));
}

async function seal(
  key: CryptoKey,
  vaultKey: Uint8Array<ArrayBuffer>,
  deadline: number,
): Promise<SealedSession> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const sealed = await crypto.subtle.encrypt(parameters(iv, deadline), key, vaultKey);
  return { iv: toBase64Url(iv), sealed: toBase64Url(new Uint8Array(sealed)), deadline };
}

async function unseal(
  key: CryptoKey,
  { iv, sealed, deadline }: SealedSession,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const algorithm = parameters(fromBase64Url(iv), deadline);
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, fromBase64Url(sealed)));
  } catch {
    return undefined;
  }
}

/** The deadline is authenticated, so that nobody lengthens a session by editing it. */
function parameters(iv: Uint8Array<ArrayBuffer>, deadline: number): AesGcmParams {
  return {
    name: "AES-GCM",
    iv,
    additionalData: new TextEncoder().encode(`doorcode session v1 ${deadline}`),
  };
}
