/** The world of the content script in a page, over the DevTools protocol: Chromium only. */

/**
 * @typedef {import('./launch.mjs').Browser} Browser
 * @typedef {import('./page.mjs').Page} Page
 * @typedef {{ id: number, uniqueId: string, origin: string }} World
 */

/**
 * The worlds that extensions have in the top document of a page and its frames.
 * @param {import('playwright-core').CDPSession} devTools
 * @returns {Promise<World[]>}
 */
export async function extensionWorlds(devTools) {
  /** @type {World[]} */
  const worlds = [];
  devTools.on("Runtime.executionContextCreated", ({ context }) => worlds.push(context));
  // Contexts that exist already are told before the answer.
  await devTools.send("Runtime.enable");
  await devTools.send("Runtime.disable");
  return worlds.filter(({ origin }) => origin.startsWith("chrome-extension://"));
}

/**
 * Runs a function where the content script runs, with its rights.
 * @template Arg, Result
 * @param {Browser} browser
 * @param {Page} page
 * @param {(arg: Arg) => Result} fn sent as text, argument and result as JSON
 * @param {Arg} arg
 * @returns {Promise<Awaited<Result>>}
 */
export async function evaluateInContentScript(browser, page, fn, arg) {
  const devTools = await browser.openDevTools?.(page);
  if (!devTools) {
    throw new TypeError("only Chromium shows the world of a content script");
  }
  try {
    const [world] = await extensionWorlds(devTools);
    if (!world) {
      throw new Error("no content script runs in this page");
    }
    const { result, exceptionDetails } = await devTools.send("Runtime.evaluate", {
      expression: `(${fn})(${JSON.stringify(arg) ?? "undefined"})`,
      uniqueContextId: world.uniqueId,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }
    return result.value;
  } finally {
    await devTools.detach();
  }
}
