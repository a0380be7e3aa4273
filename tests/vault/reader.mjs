/**
 * An independent reader of Doorcode vaults, written from `crate/VAULT.md` on the noble libraries: whoever has the
 * stored values and the passphrase or recovery code gets the entries out without Doorcode.
 */

import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { argon2id } from "@noble/hashes/argon2.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { readCbor } from "./cbor.mjs";

/**
 * @typedef {{ h0?: string, h1?: string, b0?: string, b1?: string }} Stored
 * @typedef {{ passphrase?: string, recoveryCode?: string }} Secret
 */

export class VaultError extends Error {
  /** @param {string} kind */
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

/** @param {string} kind @returns {never} */
const fail = (kind) => {
  throw new VaultError(kind);
};
const text = (/** @type {string} */ words) => new TextEncoder().encode(words);
const concat = (/** @type {Uint8Array[]} */ ...parts) => Uint8Array.from(Buffer.concat(parts));
const equal = (/** @type {Uint8Array} */ a, /** @type {Uint8Array} */ b) =>
  Buffer.compare(a, b) === 0;
const hex = (/** @type {Uint8Array} */ bytes) => Buffer.from(bytes).toString("hex");
const bytesOf = (/** @type {string | undefined} */ value) =>
  value === undefined ? undefined : Uint8Array.from(Buffer.from(value, "base64url"));

/** @param {Stored} stored @param {Secret} secret */
export function readVault(stored, secret) {
  const headers = both(stored.h0, stored.h1, parseHeader);
  const key = headers.map((header) => unlock(header, secret)).find((found) => found !== undefined);
  if (key === undefined) {
    return fail(
      secret.passphrase === undefined ? "wrongRecoveryCodeOrTampered" : "wrongPassphraseOrTampered",
    );
  }
  const header = headers.find((one) =>
    equal(hmac(sha256, derive(key, one, "hdr"), one.signed), one.mac),
  );
  if (header === undefined) return fail("headerTampered");
  const bodyKey = derive(key, header, "body");
  /** @type {{ rev: bigint, records: Uint8Array }[]} */
  const bodies = [stored.b0, stored.b1].flatMap((value) => {
    try {
      return value === undefined
        ? []
        : [openBody(/** @type {Uint8Array} */ (bytesOf(value)), header, bodyKey)];
    } catch {
      return [];
    }
  });
  const newest = bodies.sort((a, b) => (a.rev < b.rev ? 1 : -1))[0] ?? fail("bodyUnreadable");
  return readEntries(newest.records);
}

/**
 * The values that can be read, the newest first; the error of one that cannot when there is none.
 * @param {string | undefined} zero @param {string | undefined} one @param {typeof parseHeader} parse
 */
function both(zero, one, parse) {
  const errors = [];
  const headers = [];
  for (const value of [bytesOf(zero), bytesOf(one)]) {
    try {
      if (value !== undefined) headers.push(parse(value));
    } catch (error) {
      errors.push(error instanceof VaultError ? error : new VaultError("headerMalformed"));
    }
  }
  if (headers.length === 0) throw errors[0] ?? new VaultError("headerMissing");
  return headers.sort((a, b) => b.rev - a.rev);
}

/** @param {Uint8Array} bytes */
function parseHeader(bytes) {
  const view = new DataView(bytes.buffer);
  if (!equal(bytes.subarray(0, 4), text("DCV1"))) fail("notAVault");
  if (bytes[4] !== 1 || bytes[5] !== 0) fail("unsupportedFormat");
  const slots = [];
  let at = 27;
  for (let left = view.getUint8(26); left > 0; left -= 1) {
    const end = at + view.getUint16(at + 1, true);
    if (end > bytes.length - 32) fail("headerMalformed");
    slots.push(parseSlot(bytes.slice(at, end)));
    at = end;
  }
  if (at !== bytes.length - 32) fail("headerMalformed");
  return {
    prefix: bytes.subarray(0, 22),
    vaultId: bytes.subarray(6, 22),
    rev: view.getUint32(22, true),
    slots,
    signed: bytes.subarray(0, at),
    mac: bytes.subarray(at),
  };
}

/** @param {Uint8Array} slot */
function parseSlot(slot) {
  const view = new DataView(slot.buffer);
  const kind = slot[0];
  if (kind !== 1 && kind !== 3) return { kind };
  const [m, t, p] = [view.getUint32(20, true), view.getUint16(24, true), view.getUint8(26)];
  const inRange =
    m >= 19_456 && m <= 1_048_576 && t >= 2 && t <= 16 && p >= 1 && p <= 4 && m * t <= 4_194_304;
  if (kind === 1 && (slot[19] !== 1 || !inRange)) fail("kdfParamsOutOfRange");
  const commitAt = 28 + view.getUint8(27);
  return { kind, m, t, p, salt: slot.subarray(28, commitAt), slot, commitAt };
}

/** @param {ReturnType<typeof parseHeader>} header @param {Secret} secret */
function unlock(header, secret) {
  for (const { kind, m = 0, t = 0, p = 0, salt, slot, commitAt = 0 } of header.slots) {
    let material;
    if (kind === 1 && secret.passphrase !== undefined) {
      material = argon2id(text(secret.passphrase.normalize("NFKC")), salt ?? text(""), {
        m,
        t,
        p,
        dkLen: 32,
      });
    } else if (kind === 3 && secret.recoveryCode !== undefined) {
      material = recoveryBytes(secret.recoveryCode);
    }
    if (material === undefined || slot === undefined) continue;
    const bound = slot.subarray(0, commitAt);
    const output = hkdf(
      sha256,
      material,
      header.vaultId,
      concat(text("doorcode v1 slot"), bound),
      64,
    );
    const [commit, nonce] = [
      slot.subarray(commitAt, commitAt + 32),
      slot.subarray(commitAt + 32, commitAt + 56),
    ];
    if (!equal(output.subarray(32), commit)) continue;
    const aad = concat(header.prefix, bound, commit);
    return xchacha20poly1305(output.subarray(0, 32), nonce, aad).decrypt(
      slot.subarray(commitAt + 56),
    );
  }
  return undefined;
}

/** The first 32 of the 34 base32 characters; the last two check them. @param {string} code */
function recoveryBytes(code) {
  const bits = [...code.replaceAll("-", "").slice(0, 32)]
    .map((letter) =>
      "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"),
    )
    .join("");
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

/** @param {Uint8Array} key @param {{ vaultId: Uint8Array }} header @param {string} label */
const derive = (key, { vaultId }, label) =>
  hkdf(sha256, key, vaultId, text(`doorcode v1 ${label}`), 32);

/** @param {Uint8Array} body @param {{ vaultId: Uint8Array }} header @param {Uint8Array} key */
function openBody(body, header, key) {
  if (!equal(body.subarray(0, 5), concat(text("DCB1"), Uint8Array.of(1)))) fail("bodyUnreadable");
  if (!equal(body.subarray(5, 21), header.vaultId)) fail("vaultIdMismatch");
  const plain = xchacha20poly1305(key, body.subarray(39, 63), body.subarray(0, 63)).decrypt(
    body.subarray(63),
  );
  const length = new DataView(plain.buffer, plain.byteOffset).getUint32(0, true);
  return {
    rev: new DataView(body.buffer).getBigUint64(21, true),
    records: plain.slice(4, 4 + length),
  };
}

/** The names of the payload's keys, from 1 on. */
const FIELDS = `secret algorithm digits periodSeconds counter issuer accountName note pending pinned
  colour order created deleted partition accountId accountAlias principal userName deviceName
  directoryId`.split(/\s+/);
const ALGORITHMS = [undefined, "SHA1", "SHA256", "SHA512"];
const PRINCIPALS = [undefined, "RootUser", "IamUser", "IdentityCenterUser"];

/** @param {Uint8Array} records */
function readEntries(records) {
  const view = new DataView(records.buffer);
  /** @type {Record<string, Record<string, unknown>>} */
  const entries = {};
  let unreadableEntries = 0;
  for (let at = 0; at < records.length; ) {
    const end = at + 4 + view.getUint32(at, true);
    const [type, flags, id] = [
      records[at + 4],
      records[at + 5] ?? 0,
      records.subarray(at + 6, at + 22),
    ];
    const payload = records.subarray(at + 41 + 10 * (records[at + 40] ?? 0), end);
    if (type === 1 && (flags & 1) === 0) {
      const entry = readEntry(payload);
      if (entry === undefined) unreadableEntries += 1;
      else entries[hex(id)] = entry;
    }
    at = end;
  }
  return { entries, unreadableEntries };
}

/** @param {Uint8Array} payload */
function readEntry(payload) {
  const map = readCbor(payload);
  if (!(map instanceof Map)) return undefined;
  const known = FIELDS.map((name, at) => [name, map.get(at + 1)]);
  const entry = Object.fromEntries(known.filter(([, value]) => value !== undefined));
  const { secret, algorithm = 1, digits, periodSeconds, counter, principal } = entry;
  if (!(secret instanceof Uint8Array) || digits === undefined) return undefined;
  if ((periodSeconds === undefined) === (counter === undefined)) return undefined;
  entry.secret = hex(secret);
  entry.algorithm = ALGORITHMS[algorithm];
  if (principal !== undefined) entry.principal = PRINCIPALS[principal];
  return entry.algorithm === undefined ? undefined : entry;
}
