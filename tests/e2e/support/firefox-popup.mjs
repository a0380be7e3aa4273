/**
 * The popup as the toolbar button opens it. WebDriver BiDi does not list it, so it is driven from the browser's own
 * window: a script beside the popup's document runs what the test asks and makes trusted events.
 */
import { besideDocument } from "./firefox-beside.mjs";
import { Page } from "./page.mjs";
import { waitUntil } from "./wait.mjs";

/** @typedef {import('./firefox-chrome.mjs').ChromeScope} ChromeScope */

/**
 * Clicks the toolbar button over the tab that is in front (which also grants activeTab).
 * @param {ChromeScope} chrome
 * @param {string} geckoId
 * @returns {Promise<Page>}
 */
export async function openFirefoxPopup(chrome, geckoId) {
  const widget = widgetOf(geckoId);
  // One that an earlier story left open would answer in the place of the new one.
  await waitUntil(() => chrome.evaluate(closePopup, widget), { what: "the popup before to close" });
  await chrome.evaluate(clickToolbarButton, widget);
  const page = new Page(popupPrimitives(chrome, widget));
  await waitUntil(() => page.evaluate(() => document.readyState === "complete", undefined), {
    what: "the popup to load",
  });
  return page;
}

/**
 * An extension's id as Firefox writes it in the ids of its buttons, keys and menu items.
 * @param {string} geckoId
 */
export function widgetOf(geckoId) {
  return geckoId.toLowerCase().replace(/[^a-z0-9_-]/g, "_");
}

/**
 * @param {string} widget
 * @returns {boolean} whether no popup is open
 */
function closePopup(widget) {
  const { document } = /** @type {any} */ (globalThis);
  const shown = document.querySelector(
    `#customizationui-widget-panel .webextension-popup-browser, panel[id*="${widget}"] browser`,
  );
  shown?.closest("panel").hidePopup();
  return !shown;
}

/** @param {string} widget */
function clickToolbarButton(widget) {
  const firefox = /** @type {any} */ (globalThis);
  firefox.CustomizableUI.addWidgetToArea(`${widget}-browser-action`, "nav-bar");
  firefox.document.getElementById(`${widget}-BAP`).click();
}

/**
 * @param {ChromeScope} chrome
 * @param {string} widget
 * @returns {import('./page.mjs').PagePrimitives}
 */
function popupPrimitives(chrome, widget) {
  let at = { x: 0, y: 0 };
  const browser = `#customizationui-widget-panel .webextension-popup-browser, panel[id*="${widget}"] browser`;
  /** @param {(window: any, arg: any) => unknown} fn @param {unknown} arg */
  const beside = (fn, arg) => besideDocument(chrome, browser, fn, arg);
  /** @param {string} type @param {import("./page.mjs").MouseButton} [button] */
  const mouse = (type, button = "left") =>
    beside(sendMouse, { type, button: button === "left" ? 0 : 2, ...at });
  /** @param {string} key @param {string[]} modifiers */
  const pressKey = (key, modifiers) => beside(sendKey, { key, modifiers });
  return {
    navigate: async () => {
      throw new Error("a popup is opened, not navigated");
    },
    evaluate: (fn, arg) => beside(evaluateInWindow, { source: String(fn), arg }),
    async moveMouse(x, y) {
      at = { x, y };
      await mouse("mousemove");
    },
    mouseDown: (button) => mouse("mousedown", button),
    mouseUp: (button) => mouse("mouseup", button),
    async clickMouse(x, y, button) {
      at = { x, y };
      await mouse("mousemove");
      await mouse("mousedown", button);
      await mouse("mouseup", button);
    },
    press: (combination) => {
      const modifiers = combination.split("+");
      const key = modifiers.pop() ?? "";
      return pressKey(key === "Space" ? " " : key, modifiers);
    },
    type: async (text) => {
      for (const character of text) {
        await pressKey(character, []);
      }
    },
    screenshot: async () =>
      Buffer.from((await chrome.evaluate(photographPopup, widget)).split(",")[1] ?? "", "base64"),
    closedShadowRoots: async () => [],
    bringToFront: async () => {},
    setViewport: async () => {
      throw new Error("a popup sizes itself");
    },
    close: async () => {
      await beside((window) => void window.wrappedJSObject.close(), undefined);
    },
  };
}

/**
 * Runs in the browser's window.
 * @param {string} widget
 * @returns {Promise<string>} a data URL
 */
async function photographPopup(widget) {
  const firefox = /** @type {any} */ (globalThis);
  const browser = firefox.document.querySelector(
    `#customizationui-widget-panel .webextension-popup-browser, panel[id*="${widget}"] browser`,
  );
  const bitmap = await browser.browsingContext.currentWindowGlobal.drawSnapshot(null, 1, "white");
  const canvas = firefox.document.createElementNS("http://www.w3.org/1999/xhtml", "canvas");
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext("2d").drawImage(bitmap, 0, 0);
  return canvas.toDataURL();
}

/* The functions below run beside the popup's document. */

/**
 * The page's own policy forbids `eval`, so the function runs in a sandbox with the page's rights and globals.
 * @param {any} window
 * @param {{ source: string, arg: unknown }} call
 */
async function evaluateInWindow(window, { source, arg }) {
  const { Cu } = /** @type {any} */ (globalThis);
  const sandbox = Cu.Sandbox(window, { sandboxPrototype: window, wantXrays: false });
  const json = JSON.stringify({ arg });
  const answer = await Cu.evalInSandbox(
    `(async () => JSON.stringify({ value: await (${source})(JSON.parse(${JSON.stringify(json)}).arg) }))()`,
    sandbox,
  );
  return JSON.parse(answer).value;
}

/**
 * @param {any} window
 * @param {{ type: string, button: number, x: number, y: number }} event
 */
function sendMouse(window, { type, button, x, y }) {
  const clickCount = type === "mousemove" ? 0 : 1;
  // Firefox 153 has the first form; releases before it have the second only.
  if ("synthesizeMouseEvent" in window) {
    window.synthesizeMouseEvent(type, x, y, { button, clickCount });
  } else {
    window.windowUtils.sendMouseEvent(type, x, y, button, clickCount, 0);
  }
}

/**
 * @param {any} window
 * @param {{ key: string, modifiers: string[] }} event
 */
function sendKey(window, { key, modifiers }) {
  const { Cc, Ci } = /** @type {any} */ (globalThis);
  const processor = Cc["@mozilla.org/text-input-processor;1"].createInstance(
    Ci.nsITextInputProcessor,
  );
  processor.beginInputTransactionForTests(window);
  const events = [...modifiers, key].map(
    (name) => new window.KeyboardEvent("", { key: name, bubbles: true }),
  );
  const flags = key.length === 1 ? 0 : processor.KEY_NON_PRINTABLE_KEY;
  for (const [index, event] of events.entries()) {
    processor.keydown(event, index < modifiers.length ? processor.KEY_NON_PRINTABLE_KEY : flags);
  }
  for (const event of events.reverse()) {
    processor.keyup(event, event.key.length === 1 ? 0 : processor.KEY_NON_PRINTABLE_KEY);
  }
}
