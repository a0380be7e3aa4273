/** The files that the simulated pages load: scripts built by esbuild on first use, and one style sheet. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const PAGES_FOLDER = new URL("../aws/", import.meta.url);
const SCRIPT_NAME = /^([a-z0-9-]+\/)*[a-z0-9-]+\.(jsx|js)$/;

/**
 * @typedef {{ type: string, body: string }} Asset
 * @type {Map<string, Promise<Asset>>}
 */
const assets = new Map();

/**
 * @param {string} name a file of `www/aws`, such as `sign-in-2024.jsx` or `simulated.css`
 * @returns {Promise<Asset> | undefined} nothing for a name that is no asset
 */
export function asset(name) {
  if (name !== "simulated.css" && !SCRIPT_NAME.test(name)) {
    return undefined;
  }
  let found = assets.get(name);
  if (!found) {
    found = name.endsWith(".css") ? readStyles(name) : bundle(name);
    assets.set(name, found);
    // A build that failed is tried again, so that an edited page need not restart the server.
    found.catch(() => assets.delete(name));
  }
  return found;
}

/**
 * The body of a page that is plain HTML.
 * @param {string} name
 */
export function htmlFragment(name) {
  return readFile(new URL(name, PAGES_FOLDER), "utf8");
}

/**
 * @param {string} name
 * @returns {Promise<Asset>}
 */
async function readStyles(name) {
  return {
    type: "text/css; charset=utf-8",
    body: await readFile(new URL(name, PAGES_FOLDER), "utf8"),
  };
}

/**
 * @param {string} name
 * @returns {Promise<Asset>}
 */
async function bundle(name) {
  const result = await build({
    entryPoints: [fileURLToPath(new URL(name, PAGES_FOLDER))],
    bundle: true,
    write: false,
    format: "iife",
    jsx: "automatic",
    target: "es2022",
    logLevel: "silent",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const [file] = result.outputFiles;
  if (!file) {
    throw new Error(`esbuild wrote nothing for ${name}`);
  }
  return { type: "text/javascript; charset=utf-8", body: file.text };
}
