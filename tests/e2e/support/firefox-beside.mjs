/**
 * Runs functions in the privileged scope beside a document of Firefox, for what WebDriver BiDi cannot do there: such a
 * scope sees the page and makes trusted events.
 */

/** @typedef {import('./firefox-chrome.mjs').ChromeScope} ChromeScope */

/**
 * @param {ChromeScope} chrome
 * @param {string} browser the selector of the document's element in the browser's window
 * @param {(window: any, arg: any) => unknown} fn sent as text
 * @param {unknown} arg
 */
export async function besideDocument(chrome, browser, fn, arg) {
  const argument = JSON.stringify({ arg });
  const value = await chrome.evaluate(runBeside, { browser, source: String(fn), argument });
  return value === undefined ? undefined : JSON.parse(value);
}

/**
 * Runs in the browser's window.
 * @param {{ browser: string, source: string, argument: string }} request
 * @returns {Promise<string | undefined>} JSON
 */
async function runBeside({ browser: selector, source, argument }) {
  const browser = /** @type {any} */ (globalThis).document.querySelector(selector);
  if (!browser) {
    throw new Error(`nothing is shown in ${selector}`);
  }
  const answer = `doorcode-test:${Math.random()}`;
  const code = `(async () => (${source})(content, JSON.parse(${JSON.stringify(argument)}).arg))().then(
    (value) => sendAsyncMessage(${JSON.stringify(answer)}, { value: JSON.stringify(value) }),
    (error) => sendAsyncMessage(${JSON.stringify(answer)}, { error: String(error) }),
  )`;
  const { messageManager } = browser;
  return new Promise((resolve, reject) => {
    /** @param {{ data: { value?: string, error?: string } }} message */
    const listener = ({ data }) => {
      messageManager.removeMessageListener(answer, listener);
      if (data.error === undefined) {
        resolve(data.value);
      } else {
        reject(new Error(data.error));
      }
    };
    messageManager.addMessageListener(answer, listener);
    messageManager.loadFrameScript(
      `data:text/javascript;charset=utf-8,${encodeURIComponent(code)}`,
      false,
    );
  });
}
