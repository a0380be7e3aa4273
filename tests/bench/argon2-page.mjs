/** Runs in a page: Argon2id by each contestant in turn, with the same input, and the results compared. */

import openpgpScalar from "argon2id/dist/no-simd.wasm";
import openpgpSimd from "argon2id/dist/simd.wasm";
import openpgpSetUp from "argon2id/lib/setup.js";
import { argon2id as hashWasm } from "hash-wasm";
import sodium from "libsodium-wrappers-sumo";
import * as kdf from "../../extension/src/wasm/kdf/kdf.js";
import kdfModule from "../../extension/src/wasm/kdf/kdf_bg.wasm";
import { measure } from "./measure.mjs";

const MEMORY_KIB = 65_536;
const PASSES = 3;

/** @param {number} rounds */
export async function run(rounds) {
  kdf.initSync({ module: kdfModule });
  await sodium.ready;
  const load =
    (/** @type {BufferSource} */ bytes) => (/** @type {WebAssembly.Imports} */ imports) =>
      WebAssembly.instantiate(bytes, imports);
  const openpgp = await openpgpSetUp(load(openpgpSimd), load(openpgpScalar));
  const password = new TextEncoder().encode("a made-up passphrase");
  const salt = new Uint8Array(16).fill(7);
  const peers = {
    "hash-wasm": () =>
      hashWasm({
        password,
        salt,
        iterations: PASSES,
        parallelism: 1,
        memorySize: MEMORY_KIB,
        hashLength: 32,
        outputType: "binary",
      }),
    "openpgpjs argon2id": () =>
      openpgp({
        password,
        salt,
        passes: PASSES,
        parallelism: 1,
        memorySize: MEMORY_KIB,
        tagLength: 32,
      }),
    libsodium: () =>
      sodium.crypto_pwhash(
        32,
        password,
        salt,
        PASSES,
        MEMORY_KIB * 1024,
        sodium.crypto_pwhash_ALG_ARGON2ID13,
      ),
  };
  const outputs = await Promise.all(Object.values(peers).map((peer) => peer()));
  const [first = new Uint8Array()] = outputs;
  for (const output of outputs) {
    if (String(output) !== String(first)) throw new Error("the peers disagree");
  }
  const cost = { memoryKib: MEMORY_KIB, passes: PASSES, lanes: 1 };
  const contestants = [
    { name: "Doorcode", run: () => kdf.deriveForCalibration(cost) },
    ...Object.entries(peers).map(([name, peer]) => ({ name, run: peer })),
  ];
  return measure(contestants, { rounds, warmUps: 1 });
}
