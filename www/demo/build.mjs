/**
 * Bundles the demo into `dist/demo/`: static files for any server. `node www/demo/build.mjs` does
 * it alone, once the WebAssembly modules are built.
 */

import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { wasmFolder } from "../../scripts/build-wasm.mjs";
import { root } from "../../scripts/steps.mjs";

export async function buildDemo(out = join(root, "dist/demo")) {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  await esbuild.build({
    bundle: true,
    outdir: out,
    format: "esm",
    target: ["chrome123", "firefox142"],
    charset: "utf8",
    logLevel: "warning",
    jsx: "automatic",
    jsxImportSource: "preact",
    entryPoints: [
      { in: join(root, "www/demo/demo.tsx"), out: "demo" },
      { in: join(root, "extension/src/kdf/worker.ts"), out: "kdf-worker" },
      { in: join(root, "extension/src/transfer/worker.ts"), out: "transfer-worker" },
    ],
  });
  copyFileSync(join(root, "www/demo/index.html"), join(out, "index.html"));
  copyFileSync(join(root, "extension/icons/icon.svg"), join(out, "icon.svg"));
  for (const name of ["core", "import", "kdf"]) {
    copyFileSync(join(wasmFolder, name, `${name}_bg.wasm`), join(out, `${name}.wasm`));
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await buildDemo();
