/** The browser's own window ("chrome scope"), for what an extension's user does outside pages. */
import { callFunction } from "./bidi.mjs";

/**
 * @typedef {object} ChromeScope
 * @property {<Arg, Result>(fn: (arg: Arg) => Result, arg: Arg) => Promise<Awaited<Result>>} evaluate
 */

/**
 * @param {import('./bidi.mjs').Bidi} bidi
 * @returns {ChromeScope}
 */
export function chromeScope(bidi) {
  return {
    evaluate: (fn, arg) =>
      bidi
        .send("browsingContext.getTree", { "moz:scope": "chrome" })
        .then(({ contexts }) => callFunction(bidi, contexts[0].context, fn, arg)),
  };
}
