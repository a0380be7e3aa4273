/**
 * 1,000 codes of 1,000 entries in one call of the core module, beside JavaScript's TOTP libraries and WebCrypto, which
 * make the same codes of the same secrets. Each contestant gets the secret in the form it is quickest with.
 */

import { readFileSync } from "node:fs";
import { hmac } from "@noble/hashes/hmac.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { Secret, TOTP } from "otpauth";
import { generateSync } from "otplib";
import * as core from "../../extension/src/wasm/core/core.js";
import * as kdf from "../../extension/src/wasm/kdf/kdf.js";
import { measure, short } from "./measure.mjs";

const ENTRIES = 1000;
const UNIX_SECONDS = 1_790_000_000;
const STEP = Math.floor(UNIX_SECONDS / 30);
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

const random = (/** @type {number} */ count) => crypto.getRandomValues(new Uint8Array(count));

/** @param {string} name */
const moduleBytes = (name) =>
  readFileSync(new URL(`../../extension/src/wasm/${name}/${name}_bg.wasm`, import.meta.url));

/** @param {string} text */
function base32Bytes(text) {
  return new Uint8Array(Secret.fromBase32(text).bytes);
}

/** An open vault with the secrets, never written anywhere. @param {string[]} secrets */
export function vaultWith(secrets) {
  core.initSync({ module: moduleBytes("core") });
  kdf.initSync({ module: moduleBytes("kdf") });
  const cost = { memoryKib: 65_536, passes: 3, lanes: 1 };
  const passphrase = new TextEncoder().encode("a passphrase made up for this");
  const made = kdf.createHeader(passphrase, cost, random(kdf.createRandomBytes()));
  const vault = core.Vault.create(
    made.vaultKey,
    made.header,
    random(6),
    random(core.saveRandomBytes()),
  );
  const settle = () => {
    for (let next = vault.nextCopy(); next !== undefined; next = vault.nextCopy()) {
      vault.confirm(next.value);
    }
  };
  settle();
  for (const [at, secret] of secrets.entries()) {
    const uri = `otpauth://totp/Amazon%20Web%20Services:user-${at}@123456789012?secret=${secret}`;
    const save = vault.add({ kind: "keyUri", uri }, random(core.saveRandomBytes()), Date.now());
    vault.confirm(save.value);
  }
  settle();
  return vault;
}

/** @param {Uint8Array} mac */
function truncated(mac) {
  const offset = (mac[mac.length - 1] ?? 0) & 15;
  const view = new DataView(mac.buffer, mac.byteOffset);
  return (view.getUint32(offset) & 0x7fffffff) % 1_000_000;
}

const counter = new Uint8Array(8);
new DataView(counter.buffer).setBigUint64(0, BigInt(STEP));

export async function run() {
  const secrets = Array.from({ length: ENTRIES }, () =>
    [...random(32)].map((byte) => BASE32[byte & 31]).join(""),
  );
  const keys = secrets.map(base32Bytes);
  const vault = vaultWith(secrets);
  const totps = secrets.map((secret) => new TOTP({ secret: Secret.fromBase32(secret) }));
  const webCryptoKeys = await Promise.all(
    keys.map((key) =>
      crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-1" }, false, ["sign"]),
    ),
  );
  const timestamp = UNIX_SECONDS * 1000;
  const contestants = [
    { name: "Doorcode (WASM, one call)", run: () => vault.codeValues(UNIX_SECONDS, 0) },
    { name: "@noble/hashes", run: () => keys.map((key) => truncated(hmac(sha1, key, counter))) },
    { name: "otpauth", run: () => totps.map((totp) => totp.generate({ timestamp })) },
    {
      name: "otplib",
      run: () => keys.map((key) => generateSync({ secret: key, epoch: UNIX_SECONDS })),
    },
    {
      name: "WebCrypto, keys imported",
      run: async () => {
        const sign = (/** @type {CryptoKey} */ key) => crypto.subtle.sign("HMAC", key, counter);
        const macs = await Promise.all(webCryptoKeys.map(sign));
        return macs.map((mac) => truncated(new Uint8Array(mac)));
      },
    },
  ];
  await assertSameCodes(contestants);
  const timings = await measure(contestants, { rounds: 25 });
  const [ours, ...peers] = timings;
  const best = Math.min(...peers.map(({ medianMs }) => medianMs));
  const own = ours?.medianMs ?? Number.NaN;
  return {
    figures: {
      msPer1000: short(own),
      timesFasterThanBestPeer: short(best / own),
      medianMs: Object.fromEntries(timings.map(({ name, medianMs }) => [name, short(medianMs)])),
    },
    tables: [
      {
        title: "1,000 TOTP codes (HMAC-SHA-1), milliseconds",
        columns: ["", "median", "least", "× Doorcode"],
        rows: timings.map(({ name, medianMs, minMs }) => [
          name,
          short(medianMs),
          short(minMs),
          short(medianMs / own),
        ]),
      },
    ],
  };
}

/** A contestant that made other codes would not be measured fairly. @param {{ run(): unknown }[]} contestants */
async function assertSameCodes(contestants) {
  const results = await Promise.all(
    contestants.map(async ({ run: make }) => {
      const codes = /** @type {Iterable<number | string>} */ (await make());
      return [...codes]
        .map(Number)
        .sort((left, right) => left - right)
        .join();
    }),
  );
  if (new Set(results).size !== 1) throw new Error("the contestants do not agree on the codes");
}
