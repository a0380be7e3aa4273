/** Bundles the extension for each browser into `dist/`, not minified, and zips it. */

import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import * as esbuild from "esbuild";
import { zipSync } from "fflate";
import { wasmFolder, wasmModules } from "./build-wasm.mjs";
import { root } from "./steps.mjs";

const source = join(root, "extension");

/** The pages of the extension; each is a folder of `extension/src`, in its own frame or that of `ui/page.html`. */
export const pages = ["popup", "welcome", "options", "scan", "import"];

/** @typedef {"chromium" | "firefox"} Browser */

export async function buildExtension() {
  for (const browser of /** @type {Browser[]} */ (["chromium", "firefox"])) {
    const out = join(root, "dist", browser);
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
    // Chromium's service worker reaches the clipboard through a document only.
    const own = browser === "chromium" ? ["clipboard"] : [];
    await bundle(out, own);
    copyStatic(out, own);
    writeFileSync(join(out, "manifest.json"), `${JSON.stringify(manifestFor(browser), null, 2)}\n`);
    zip(out, join(root, "dist", `doorcode-${browser}.zip`));
  }
}

/**
 * The manifest of a browser: the common one, with the members of its own on top.
 * @param {Browser} browser
 * @returns {Record<string, unknown>}
 */
export function manifestFor(browser) {
  const common = JSON.parse(readFileSync(join(source, "manifest.json"), "utf8"));
  if (browser === "chromium") return common;
  // Only Chromium knows these; Firefox would warn.
  const { key: _key, minimum_chrome_version: _version, ...rest } = common;
  return { ...rest, ...JSON.parse(readFileSync(join(source, "manifest.firefox.json"), "utf8")) };
}

/** @param {string} outdir @param {string[]} documents without a view: folders of `extension/src` */
async function bundle(outdir, documents) {
  /** @type {esbuild.BuildOptions} */
  const common = {
    bundle: true,
    outdir,
    target: ["chrome123", "firefox142"],
    charset: "utf8",
    legalComments: "inline",
    logLevel: "warning",
    jsx: "automatic",
    jsxImportSource: "preact",
  };
  const entry = (/** @type {string} */ name, /** @type {string} */ file) => ({
    in: join(source, "src", file),
    out: name,
  });
  await esbuild.build({
    ...common,
    format: "esm",
    entryPoints: [
      entry("background", "background/index.ts"),
      entry("kdf-worker", "kdf/worker.ts"),
      entry("qr-worker", "qr/worker.ts"),
      entry("transfer-worker", "transfer/worker.ts"),
      ...["scan", "import"].map((page) => entry(page, `${page}/index.tsx`)),
      ...documents.map((name) => entry(name, `${name}/index.ts`)),
    ],
  });
  // What the popup needs for a screen that is rarely opened is a file of its own.
  await esbuild.build({
    ...common,
    format: "esm",
    splitting: true,
    chunkNames: "popup-[name]",
    entryPoints: [entry("popup", "popup/index.tsx")],
  });
  // These two share the dictionaries that judge passphrases.
  await esbuild.build({
    ...common,
    format: "esm",
    splitting: true,
    chunkNames: "shared-[hash]",
    entryPoints: ["welcome", "options"].map((page) => entry(page, `${page}/index.tsx`)),
  });
  // A content script is a classic script: bundled, nothing is imported or exported any more.
  await esbuild.build({
    ...common,
    format: "esm",
    entryPoints: [entry("content", "content/index.ts")],
  });
  // A module would wait for the style sheet; what it imports is a bundle of its own.
  await esbuild.build({
    ...common,
    format: "esm",
    external: ["./popup.js"],
    entryPoints: [entry("ask", "popup/ask.ts")],
  });
  // Where devices are enrolled during sign-in both run, and they share their globals.
  await esbuild.build({
    ...common,
    format: "iife",
    entryPoints: [entry("enrol", "content/enrol/index.ts")],
  });
  for (const name of ["content.js", "enrol.js"]) {
    // They load on every AWS page: the comments that esbuild leaves are in the source.
    const file = join(outdir, name);
    writeFileSync(file, readFileSync(file, "utf8").replace(/^ *(\/\/|\/\*\*).*\n/gm, ""));
  }
}

/** @param {string} out @param {string[]} documents */
function copyStatic(out, documents) {
  for (const page of pages) {
    const own = join(source, "src", page, "page.html");
    const frame = readFileSync(existsSync(own) ? own : join(source, "src/ui/page.html"), "utf8");
    writeFileSync(join(out, `${page}.html`), frame.replaceAll("PAGE", page));
  }
  for (const name of documents)
    cpSync(join(source, "src", name, "index.html"), join(out, `${name}.html`));
  cpSync(join(source, "_locales"), join(out, "_locales"), { recursive: true });
  mkdirSync(join(out, "icons"));
  for (const file of readdirSync(join(source, "icons"))) {
    if (file.endsWith(".png")) cpSync(join(source, "icons", file), join(out, "icons", file));
  }
  for (const name of wasmModules) {
    cpSync(join(wasmFolder, name, `${name}_bg.wasm`), join(out, `${name}.wasm`));
  }
}

/** Zips a folder with fixed times, so that the same content gives the same file. @param {string} folder @param {string} file */
function zip(folder, file) {
  /** @type {import("fflate").Zippable} */
  const files = {};
  const mtime = new Date(1980, 0, 1);
  const add = (/** @type {string} */ path) => {
    for (const name of readdirSync(path).sort()) {
      const full = join(path, name);
      if (statSync(full).isDirectory()) add(full);
      else files[relative(folder, full)] = [readFileSync(full), { mtime, level: 9 }];
    }
  };
  add(folder);
  writeFileSync(file, zipSync(files));
}
