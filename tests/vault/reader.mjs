/**
 * An independent reader of Doorcode vaults and backups, written from `crate/VAULT.md` on the noble libraries: whoever
 * has the stored values or the file, and the passphrase or recovery code, gets the entries out without Doorcode.
 */

import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { argon2id } from "@noble/hashes/argon2.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { base32nopad } from "@scure/base";
import { readCbor } from "./cbor.mjs";

/**
 * @typedef {{ h0?: string, h1?: string, b0?: string, b1?: string }} Stored
 * @typedef {{ passphrase?: string, recoveryCode?: string }} Secret
 * @typedef {ReturnType<typeof parseHeader>} Header
 * @typedef {{ header: Header, key: Uint8Array }} Key
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
const concat = (/** @type {(Uint8Array | string)[]} */ ...parts) =>
  Uint8Array.from(Buffer.concat(parts.map((part) => Buffer.from(part))));
const equal = (/** @type {Uint8Array} */ a, /** @type {Uint8Array | string} */ b) =>
  Buffer.compare(a, Buffer.from(b)) === 0;
const hex = (/** @type {Uint8Array} */ bytes) => Buffer.from(bytes).toString("hex");
const view = (/** @type {Uint8Array} */ bytes) =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
const derive = (/** @type {Key} */ { key, header }, /** @type {string} */ label) =>
  hkdf(sha256, key, header.vaultId, concat(`doorcode v1 ${label}`), 32);
const isAuthentic = (/** @type {Key} */ key) =>
  equal(hmac(sha256, derive(key, "hdr"), key.header.signed), key.header.mac);
/** What comes of each value, and the errors of the others. @template From, To @param {From[]} values @param {(value: From) => To} run */
function attempt(values, run) {
  /** @type {{ good: To[], errors: unknown[] }} */
  const outcome = { good: [], errors: [] };
  for (const value of values) {
    try {
      outcome.good.push(run(value));
    } catch (error) {
      outcome.errors.push(error);
    }
  }
  return outcome;
}

/** @param {Stored} stored @param {Secret} secret */
export function readVault({ h0, h1, b0, b1 }, secret) {
  const bytes = (/** @type {(string | undefined)[]} */ ...values) =>
    values
      .filter((value) => value !== undefined)
      .map((value) => Uint8Array.from(Buffer.from(value, "base64url")));
  const { good: headers, errors } = attempt(bytes(h0, h1), parseHeader);
  if (headers.length === 0) throw errors[0] ?? new VaultError("headerMissing");
  headers.sort((a, b) => b.rev - a.rev);
  const key = unlock(headers, secret);
  /** @type {Key[]} */
  const keys = headers.map((header) => ({ header, key })).filter(isAuthentic);
  // After a rotation that was cut short, the body may still be of the key before.
  keys.push(...keys.flatMap(({ header }) => previousKeys({ header, key })));
  if (keys.length === 0) fail("headerTampered");
  const { good: bodies } = attempt(bytes(b0, b1), (body) => {
    const { good } = attempt(keys, (one) => openBody(body, one));
    return good[0] ?? fail("bodyUnreadable");
  });
  const newest = bodies.sort((a, b) => (a.rev < b.rev ? 1 : -1))[0] ?? fail("bodyUnreadable");
  return readEntries(newest.records);
}

/** The vault key alone. @param {Stored} stored @param {Secret} secret */
export function readVaultKey({ h0, h1 }, secret) {
  const values = [h0, h1].filter((value) => value !== undefined);
  const headers = values.map((value) =>
    parseHeader(Uint8Array.from(Buffer.from(value, "base64url"))),
  );
  return unlock(
    headers.sort((x, y) => y.rev - x.rev),
    secret,
  );
}

/** @param {Uint8Array} file @param {Secret} secret */
export function readBackup(file, secret) {
  if (!equal(file.subarray(0, 4), "DCK1")) fail("notABackup");
  if (file[4] !== 1 || file[5] !== 0) fail("unsupportedFormat");
  const bodyAt = 16 + (file.length < 16 ? fail("backupDamaged") : view(file).getUint16(6, true));
  if (bodyAt + 32 > file.length) fail("backupDamaged");
  const header = parseHeader(Uint8Array.from(file.subarray(16, bodyAt)));
  const own = { header, key: unlock([header], secret) };
  const mac = hmac(sha256, derive(own, "backup"), file.subarray(0, -32));
  if (!equal(mac, file.subarray(-32))) fail("backupDamaged");
  const { records } = openBody(Uint8Array.from(file.subarray(bodyAt, -32)), own);
  return { created: Number(view(file).getBigUint64(8, true)), ...readEntries(records) };
}

/** @param {Uint8Array} bytes */
function parseHeader(bytes) {
  if (!equal(bytes.subarray(0, 4), "DCV1")) fail("notAVault");
  if (bytes[4] !== 1 || bytes[5] !== 0) fail("unsupportedFormat");
  const end = bytes.length - 32;
  const slots = [];
  let at = 27;
  for (let left = bytes[26] ?? 0; left > 0 && at < end; left -= 1) {
    const length = at + 3 > end ? fail("headerMalformed") : view(bytes).getUint16(at + 1, true);
    slots.push(parseSlot(bytes.subarray(at, at + length)));
    at += length;
  }
  if (at !== end) fail("headerMalformed");
  const rev = view(bytes).getUint32(22, true);
  return {
    prefix: bytes.subarray(0, 22),
    vaultId: bytes.subarray(6, 22),
    rev,
    slots,
    signed: bytes.subarray(0, end),
    mac: bytes.subarray(end),
  };
}

/** The commitment, nonce and wrapped key are the last 104 bytes of every slot. @param {Uint8Array} slot */
function parseSlot(slot) {
  const kind = slot[0];
  if (kind !== 1) return { kind, slot, m: 0, t: 0, p: 0, salt: new Uint8Array() };
  const [m, t, p] = [view(slot).getUint32(20, true), view(slot).getUint16(24, true), slot[26] ?? 0];
  const inRange =
    m >= 19_456 && m <= 1_048_576 && t >= 2 && t <= 16 && p >= 1 && p <= 4 && m * t <= 4_194_304;
  if (slot[19] !== 1 || !inRange) fail("kdfParamsOutOfRange");
  return { kind, slot, m, t, p, salt: slot.subarray(28, slot.length - 104) };
}

/** @param {Header[]} headers @param {Secret} secret */
function unlock(headers, { passphrase, recoveryCode }) {
  for (const header of headers) {
    for (const { kind, m, t, p, salt, slot } of header.slots) {
      let material;
      if (kind === 1 && passphrase !== undefined) {
        material = argon2id(concat(passphrase.normalize("NFKC")), salt, { m, t, p, dkLen: 32 });
      } else if (kind === 3 && recoveryCode !== undefined) {
        // 32 characters, and two that check them.
        material = base32nopad.decode(recoveryCode.replaceAll("-", "").slice(0, 32));
      }
      const key = material && unwrap(header, slot, material);
      if (key !== undefined) return key;
    }
  }
  return fail(
    passphrase === undefined ? "wrongRecoveryCodeOrTampered" : "wrongPassphraseOrTampered",
  );
}

/** @param {Header} header @param {Uint8Array} slot @param {Uint8Array} material */
function unwrap({ prefix, vaultId }, slot, material) {
  const bound = slot.subarray(0, -104);
  const output = hkdf(sha256, material, vaultId, concat("doorcode v1 slot", bound), 64);
  const commitment = slot.subarray(-104, -72);
  if (!equal(output.subarray(32), commitment)) return undefined;
  const cipher = xchacha20poly1305(
    output.subarray(0, 32),
    slot.subarray(-72, -48),
    concat(prefix, bound, commitment),
  );
  return cipher.decrypt(slot.subarray(-48));
}

/** @param {Key} key @returns {Key[]} */
function previousKeys({ header, key }) {
  const slots = header.slots.filter(({ kind }) => kind === 5);
  const found = slots
    .map(({ slot }) => unwrap(header, slot, key))
    .filter((one) => one !== undefined);
  return found.map((previous) => ({ header, key: previous }));
}

/** @param {Uint8Array} body @param {Key} key */
function openBody(body, key) {
  if (!equal(body.subarray(0, 5), concat("DCB1", Uint8Array.of(1)))) fail("bodyUnreadable");
  if (!equal(body.subarray(5, 21), key.header.vaultId)) fail("vaultIdMismatch");
  const cipher = xchacha20poly1305(
    derive(key, "body"),
    body.subarray(39, 63),
    body.subarray(0, 63),
  );
  const plain = cipher.decrypt(body.subarray(63));
  return {
    rev: view(body).getBigUint64(21, true),
    records: plain.slice(4, 4 + view(plain).getUint32(0, true)),
  };
}

/** The names of the payload's keys, from 1 on. */
const FIELDS =
  `secret algorithm digits periodSeconds counter issuer accountName note pending pinned colour order created
  deleted partition accountId accountAlias principal userName deviceName directoryId`.split(/\s+/);
const ALGORITHMS = [undefined, "SHA1", "SHA256", "SHA512"];
const PRINCIPALS = [undefined, "RootUser", "IamUser", "IdentityCenterUser"];

/** @param {Uint8Array} records */
function readEntries(records) {
  /** @type {Record<string, Record<string, unknown>>} */
  const entries = {};
  let unreadableEntries = 0;
  for (let at = 0; at < records.length; at += 4 + view(records).getUint32(at, true)) {
    const record = records.subarray(at, at + 4 + view(records).getUint32(at, true));
    if (record[4] !== 1 || (record[5] ?? 0) & 1) continue;
    const entry = readEntry(record.subarray(41 + 10 * (record[40] ?? 0)));
    if (entry === undefined) unreadableEntries += 1;
    else entries[hex(record.subarray(6, 22))] = entry;
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
