/** Opening a vault of 1,000 entries, and the key derivation beside its peers. */

import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { argon2id as hashWasm } from "hash-wasm";
import { measure, short } from "./measure.mjs";

const ENTRIES = 1000;
const COST = { memoryKib: 65_536, passes: 3, lanes: 1 };
const ROUNDS = 25;
const SLOW_ROUNDS = 7;

/** @param {string} name */
const wasmOf = (name) =>
  readFileSync(new URL(`../../extension/src/wasm/${name}/${name}_bg.wasm`, import.meta.url));

export async function run() {
  const core = await import("../../extension/src/wasm/core/core.js");
  const kdf = await import("../../extension/src/wasm/kdf/kdf.js");
  core.initSync({ module: wasmOf("core") });
  kdf.initSync({ module: wasmOf("kdf") });

  const open = await measureOpening(core, kdf);
  const derivation = await measureDerivation(kdf);
  return {
    figures: { open, derivation },
    tables: [
      {
        title: `A vault of ${ENTRIES} entries, ms`,
        columns: ["step", "median", "min"],
        rows: Object.entries(open).map(([step, { medianMs, minMs }]) => [step, medianMs, minMs]),
      },
      {
        title: "Argon2id, 64 MiB, 3 passes, 1 lane, ms",
        columns: ["implementation", "median", "min"],
        rows: Object.entries(derivation).map(([name, { medianMs, minMs }]) => [
          name,
          medianMs,
          minMs,
        ]),
      },
    ],
  };
}

/**
 * @param {typeof import("../../extension/src/wasm/core/core.js")} core
 * @param {typeof import("../../extension/src/wasm/kdf/kdf.js")} kdf
 */
async function measureOpening(core, kdf) {
  const passphrase = new TextEncoder().encode("a made-up passphrase");
  const made = kdf.createHeader(passphrase, COST, randomBytes(kdf.createRandomBytes()));
  const replica = randomBytes(6);
  const random = () => randomBytes(core.saveRandomBytes());
  const vault = core.Vault.create(made.vaultKey, made.header, replica, random());
  /** @type {Record<string, string>} */
  const stored = {};
  const settle = () => {
    for (let save = vault.nextCopy(); save !== undefined; save = vault.nextCopy()) confirm(save);
  };
  /** @param {{ key: string, value: string }} save */
  const confirm = ({ key, value }) => {
    stored[key] = value;
    vault.confirm(value);
  };
  for (let number = 0; number < ENTRIES; number += 1) {
    const account = String(100_000_000_000 + number);
    const secret = base32(randomBytes(40));
    const uri = `otpauth://totp/Amazon%20Web%20Services:user-${number}@${account}?secret=${secret}&issuer=Amazon%20Web%20Services`;
    confirm(vault.add({ kind: "keyUri", uri }, random(), Date.now()));
  }
  settle();
  const { h0 = "", h1 = "", b0 = "", b1 = "" } = stored;
  const both = { h0, h1, b0, b1 };
  const oneCopy = { h0, b0 };
  const first = /** @type {{ entryId: string }} */ (vault.entries()[0]).entryId;
  return timings(
    await measure(
      [
        { name: "open", run: () => core.Vault.open(made.vaultKey, both, replica).free() },
        {
          name: "openOneCopy",
          run: () => core.Vault.open(made.vaultKey, oneCopy, replica).free(),
        },
        { name: "entries", run: () => vault.entries() },
        { name: "codes", run: () => vault.codeValues(1_790_000_000, 1) },
        {
          name: "edit",
          run: () => {
            vault.edit(first, { note: "edited" }, random(), Date.now());
            vault.abandon();
          },
        },
      ],
      { rounds: ROUNDS },
    ),
  );
}

/** @param {typeof import("../../extension/src/wasm/kdf/kdf.js")} kdf */
async function measureDerivation(kdf) {
  const openpgp = await loadOpenpgp();
  const password = "a made-up passphrase";
  const salt = randomBytes(16);
  const contestants = [
    { name: "doorcode", run: () => kdf.deriveForCalibration(COST) },
    {
      name: "hashWasm",
      run: () =>
        hashWasm({
          password,
          salt,
          iterations: COST.passes,
          parallelism: COST.lanes,
          memorySize: COST.memoryKib,
          hashLength: 32,
          outputType: "binary",
        }),
    },
    {
      name: "openpgpjs",
      run: () =>
        openpgp({
          password: new TextEncoder().encode(password),
          salt,
          passes: COST.passes,
          parallelism: COST.lanes,
          memorySize: COST.memoryKib,
          tagLength: 32,
        }),
    },
  ];
  return timings(await measure(contestants, { rounds: SLOW_ROUNDS, warmUps: 1 }));
}

/** openpgpjs's module is loaded here as its bundler plug-in would. */
async function loadOpenpgp() {
  const { default: setUp } = await import("argon2id/lib/setup.js");
  /** @param {string} name */
  const loader = (name) => (/** @type {WebAssembly.Imports} */ imports) =>
    WebAssembly.instantiate(
      readFileSync(new URL(import.meta.resolve(`argon2id/dist/${name}.wasm`))),
      imports,
    );
  return setUp(loader("simd"), loader("no-simd"));
}

/** @param {import("./measure.mjs").Timing[]} measured */
function timings(measured) {
  return Object.fromEntries(
    measured.map(({ name, medianMs, minMs }) => [
      name,
      { medianMs: short(medianMs), minMs: short(minMs) },
    ]),
  );
}

/** @param {Uint8Array} bytes a multiple of five */
function base32(bytes) {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  const letters = bits.match(/.{5}/g) ?? [];
  return letters
    .map((five) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[Number.parseInt(five, 2)])
    .join("");
}
