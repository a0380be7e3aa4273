/** Builds the WebAssembly modules into `extension/src/wasm/`, optimised, and keeps what is current. */

import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { multiplyHalves, shrink } from "./optimise-wasm.mjs";
import { root, run } from "./steps.mjs";

/** The modules that the extension loads. */
export const wasmModules = ["core", "import", "kdf", "qr"];

/** Those that load beside a page: small before fast, as their loops are vector instructions already. */
const smallModules = new Set(["qr"]);

/** Where the glue, the types and the optimised modules are. Not committed. */
export const wasmFolder = join(root, "extension/src/wasm");

/** Compiles, binds and optimises the modules. */
export async function buildWasm() {
  const bound = join(root, "target/wasm-bound");
  mkdirSync(bound, { recursive: true });
  await run("cargo", ["xtask", "wasm", bound, ...wasmModules]);
  await Promise.all(
    wasmModules.map((name) => optimise(join(bound, name), join(wasmFolder, name), name)),
  );
}

/** What makes the optimised modules, beside what is compiled. */
const optimiser = readFileSync(new URL("optimise-wasm.mjs", import.meta.url));

/**
 * Optimises a module, unless the same was optimised before.
 * @param {string} from
 * @param {string} to
 * @param {string} name
 */
async function optimise(from, to, name) {
  const input = join(from, `${name}_bg.wasm`);
  const bytes = readFileSync(input);
  const hash = createHash("sha256").update(optimiser).update(bytes).digest("hex");
  const stamp = join(to, "input.sha256");
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== hash) {
    rmSync(to, { recursive: true, force: true });
    cpSync(from, to, { recursive: true });
    // No feature flags: wasm-opt reads the features from the module, and `--all-features` would
    // write one that older engines cannot compile.
    const output = join(to, `${name}_bg.wasm`);
    if (smallModules.has(name)) writeFileSync(output, shrink(bytes));
    else {
      await run("npx", ["--no-install", "wasm-opt", "-O3", input, "-o", output], { quiet: true });
      writeFileSync(output, multiplyHalves(readFileSync(output)));
    }
    writeFileSync(stamp, hash);
  }
  // The glue can change while the module stays the same.
  for (const file of [`${name}.js`, `${name}.d.ts`]) cpSync(join(from, file), join(to, file));
}
