/** The WebAssembly modules that ship, loaded in Node: the boundary is tested on the very files. */

import { readFileSync } from "node:fs";
import * as core from "../../extension/src/wasm/core/core";
import * as files from "../../extension/src/wasm/import/import";
import * as kdf from "../../extension/src/wasm/kdf/kdf";
import * as qr from "../../extension/src/wasm/qr/qr";

/** A module as it ships. */
export const bytesOf = (name: string) =>
  readFileSync(new URL(`../../extension/src/wasm/${name}/${name}_bg.wasm`, import.meta.url));

type Exports = { memory: WebAssembly.Memory };

const exports: Partial<Record<"core" | "kdf", Exports>> = {};

/** The module of the service worker. */
export function coreModule(): typeof core {
  exports.core = core.initSync({ module: bytesOf("core") });
  return core;
}

/** What a module that was loaded exports; its memory is read anew, for it grows. */
export function initOf(name: "core" | "kdf"): Exports {
  const loaded = exports[name];
  if (loaded === undefined) throw new Error(`${name} is not loaded`);
  return loaded;
}

/** The module of the Worker that derives keys. */
export function kdfModule(): typeof kdf {
  exports.kdf = kdf.initSync({ module: bytesOf("kdf") });
  return kdf;
}

/** The module of the Worker that reads and writes files of other programs. */
export function importModule(): typeof files {
  files.initSync({ module: bytesOf("import") });
  return files;
}

/** The module of the Worker that scans. */
export function qrModule(): typeof qr {
  qr.initSync({ module: bytesOf("qr") });
  return qr;
}

/** A made-up passphrase, as bytes. */
export const passphrase = () => new TextEncoder().encode("correct horse battery staple");

/** A new header with its key, at the cost of one derivation. */
export function newHeader(): kdf.NewHeader {
  const module = kdfModule();
  const random = crypto.getRandomValues(new Uint8Array(module.createRandomBytes()));
  return module.createHeader(passphrase(), { memoryKib: 65_536, passes: 3, lanes: 1 }, random);
}
