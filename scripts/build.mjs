/** `npm run build`: `dist/chromium/` and `dist/firefox/`, unpacked, and a zip of each. */

import { pathToFileURL } from "node:url";
import { setUp } from "./setup.mjs";
import { runScript, step } from "./steps.mjs";

/** Builds everything that ships. */
export async function build() {
  await setUp();
  const { buildWasm } = await import("./build-wasm.mjs");
  const { buildExtension } = await import("./build-extension.mjs");
  await step("Building the WebAssembly modules", buildWasm);
  await step("Building the extension", buildExtension);
  const { buildDemo } = await import("../www/demo/build.mjs");
  await step("Building the page to try Doorcode in", () => buildDemo());
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await runScript(build);
