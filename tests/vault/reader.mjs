/**
 * An independent reader of Doorcode's vaults and backups, written from `crate/VAULT.md`: whoever has the file and the
 * passphrase gets the entries out without Doorcode. `node tests/vault/reader.mjs FILE` prints them as key URIs.
 */

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { argon2id } from "@noble/hashes/argon2.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { base32nopad } from "@scure/base";
import { readEntries, toUri } from "./entries.mjs";
import { attempt, fail } from "./failure.mjs";

/**
 * @typedef {Buffer<ArrayBuffer>} Bytes
 * @typedef {{ [storageKey: string]: unknown }} Stored
 * @typedef {{ passphrase?: string, recoveryCode?: string }} Secret
 * @typedef {ReturnType<typeof parseHeader>} Header
 * @typedef {{ id: Bytes, key: Uint8Array }} Key
 */

const text = (/** @type {string} */ ascii) => Buffer.from(ascii);
const derive = (/** @type {Key} */ { id, key }, /** @type {string} */ label) =>
  hkdf(sha256, key, id, text(`doorcode v1 ${label}`), 32);
const isSigned = (/** @type {Key} */ key, /** @type {string} */ by, /** @type {Bytes} */ bytes) =>
  bytes.subarray(-32).equals(hmac(sha256, derive(key, by), bytes.subarray(0, -32)));
const valuesOf = (/** @type {Stored} */ stored, /** @type {string} */ names) =>
  names.split(" ").flatMap((name) => {
    const value = stored[name];
    return typeof value === "string" ? [Buffer.from(value, "base64url")] : [];
  });

/** @param {Stored} stored @param {Secret} secret */
export function readVault(stored, secret) {
  const headers = headersOf(stored);
  const key = unlock(headers, secret);
  const authentic = headers.filter(({ id, bytes }) => isSigned({ id, key }, "hdr", bytes));
  if (authentic.length === 0) fail("headerTampered");
  // After a rotation that was cut short, the body may be of the key before.
  const previous = unwrap(authentic, (slot) => (slot[0] === 5 ? key : undefined));
  const keys = [...authentic.map(({ id }) => ({ id, key })), ...previous];
  const newest = (/** @type {string} */ names) =>
    attempt(valuesOf(stored, names), (body) => openBody(body, keys)).sort((a, b) =>
      a.rev < b.rev ? 1 : -1,
    )[0];
  const body = newest("b0 b1") ?? newest("r0 r1 r2 r3 r4 r5 r6 r7 x-b0 x-b1");
  return readEntries(body?.records ?? fail("bodyUnreadable"));
}

/** The vault key alone. @param {Stored} stored @param {Secret} secret */
export const readVaultKey = (stored, secret) => unlock(headersOf(stored), secret);

/** @param {Buffer} file @param {Secret} secret */
export function readBackup(file, secret) {
  const bytes = Buffer.from(file);
  if (bytes.toString("latin1", 0, 4) !== "DCK1") fail("notABackup");
  if (bytes[4] !== 1 || bytes[5] !== 0) fail("unsupportedFormat");
  const bodyAt = 16 + (bytes.length < 16 ? fail("backupDamaged") : bytes.readUInt16LE(6));
  if (bodyAt + 32 > bytes.length) fail("backupDamaged");
  const header = parseHeader(bytes.subarray(16, bodyAt));
  const own = { id: header.id, key: unlock([header], secret) };
  if (!isSigned(own, "backup", bytes)) fail("backupDamaged");
  const { records } = openBody(bytes.subarray(bodyAt, -32), [own]);
  return { created: Number(bytes.readBigUInt64LE(8)), ...readEntries(records) };
}

/** The headers that can be read, the latest first. @param {Stored} stored */
function headersOf(stored) {
  const values = valuesOf(stored, "h0 h1");
  const headers = attempt(values, parseHeader).sort((a, b) => b.rev - a.rev);
  return headers.length > 0 ? headers : [parseHeader(values[0] ?? fail("headerMissing"))];
}

/** @param {Bytes} bytes */
function parseHeader(bytes) {
  if (bytes.toString("latin1", 0, 4) !== "DCV1") fail("notAVault");
  if (bytes[4] !== 1 || bytes[5] !== 0) fail("unsupportedFormat");
  const end = bytes.length - 32;
  /** @type {Bytes[]} */
  const slots = [];
  let at = 27;
  for (; slots.length < (bytes[26] ?? 0) && at + 3 <= end; at += bytes.readUInt16LE(at + 1)) {
    slots.push(bytes.subarray(at, at + bytes.readUInt16LE(at + 1)));
  }
  if (at !== end) fail("headerMalformed");
  slots.filter(([kind]) => kind === 1).forEach(kdfOf);
  return { bytes, id: bytes.subarray(6, 22), rev: bytes.readUInt32LE(22), slots };
}

/** @param {Bytes} slot */
function kdfOf(slot) {
  const [m, t, p] = [slot.readUInt32LE(20), slot.readUInt16LE(24), slot.readUInt8(26)];
  const isCheap = m <= 1_048_576 && t <= 16 && p <= 4 && m * t <= 4_194_304;
  if (slot[19] !== 1 || !isCheap || m < 19_456 || t < 2 || p < 1) fail("kdfParamsOutOfRange");
  return { m, t, p, dkLen: 32 };
}

/** @param {Header[]} headers @param {Secret} secret */
function unlock(headers, { passphrase, recoveryCode }) {
  const [opened] = unwrap(headers, (slot) => {
    if (slot[0] === 1 && passphrase !== undefined) {
      return argon2id(text(passphrase.normalize("NFKC")), slot.subarray(28, -104), kdfOf(slot));
    }
    // 32 characters, and two that check them.
    const code = slot[0] === 3 && recoveryCode?.replaceAll("-", "").slice(0, 32);
    return code ? base32nopad.decode(code) : undefined;
  });
  const what = passphrase === undefined ? "RecoveryCode" : "Passphrase";
  return opened?.key ?? fail(`wrong${what}OrTampered`);
}

/**
 * The keys in the slots whose material somebody has. A slot that stands in two headers is tried once.
 * @param {Header[]} headers @param {(slot: Bytes) => Uint8Array | undefined} materialOf @returns {Key[]}
 */
const unwrap = (headers, materialOf, tried = new Set()) =>
  headers.flatMap(({ bytes, id, slots }) =>
    slots.flatMap((slot) => {
      const material = tried.has(slot.toString("hex")) ? undefined : materialOf(slot);
      tried.add(slot.toString("hex"));
      const info = Buffer.concat([text("doorcode v1 slot"), slot.subarray(0, -104)]);
      const output = material && hkdf(sha256, material, id, info, 64);
      if (!output || !slot.subarray(-104, -72).equals(output.subarray(32))) return [];
      const aad = Buffer.concat([bytes.subarray(0, 22), slot.subarray(0, -72)]);
      const cipher = xchacha20poly1305(output.subarray(0, 32), slot.subarray(-72, -48), aad);
      return [{ id, key: cipher.decrypt(slot.subarray(-48)) }];
    }),
  );

/** @param {Bytes} body @param {Key[]} keys */
function openBody(body, keys) {
  if (body.toString("latin1", 0, 5) !== "DCB1\x01") fail("bodyUnreadable");
  const [plain] = attempt(keys, (key) => {
    if (!body.subarray(5, 21).equals(key.id)) fail("vaultIdMismatch");
    const nonce = body.subarray(39, 63);
    const cipher = xchacha20poly1305(derive(key, "body"), nonce, body.subarray(0, 63));
    return Buffer.from(cipher.decrypt(body.subarray(63)));
  });
  const records = plain?.subarray(4, 4 + plain.readUInt32LE(0)) ?? fail("bodyUnreadable");
  return { rev: body.readBigUInt64LE(21), records };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const file = readFileSync(process.argv[2] ?? 0);
  const { DOORCODE_PASSPHRASE: passphrase, DOORCODE_RECOVERY_CODE: recoveryCode } = process.env;
  const secret = { ...(passphrase && { passphrase }), ...(recoveryCode && { recoveryCode }) };
  const isStored = file.toString("latin1", 0, 1) === "{";
  const read = isStored ? readVault(JSON.parse(file.toString()), secret) : readBackup(file, secret);
  const lasting = Object.values(read.entries).filter(({ deleted }) => deleted === undefined);
  for (const entry of lasting) process.stdout.write(`${toUri(entry)}\n`);
  process.stderr.write(`${lasting.length} entries, ${read.unreadableEntries} unreadable\n`);
}
