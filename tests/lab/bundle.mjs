/** The detection that ships, bundled so that a test can run it inside a page. */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/**
 * @param {string} entry a file beside this one, whose exports become members of `globalThis.lab`
 * @returns {Promise<string>} a classic script
 */
export async function bundleForPage(entry) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "lab",
    target: "es2022",
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

/**
 * A function that the drivers of the browsers send as text: it runs the script, then `fn`.
 * @template Arg, Result
 * @param {string} script
 * @param {(arg: Arg) => Result} fn sees `lab`
 * @returns {(arg: Arg) => Result}
 */
export function withScript(script, fn) {
  return Object.assign((/** @type {Arg} */ arg) => fn(arg), {
    toString: () => `(arg) => { ${script}; return (${fn})(arg); }`,
  });
}
