/**
 * The popup as the toolbar button opens it. Playwright does not know such a page, so it is attached to by hand and
 * driven over the DevTools protocol.
 */
import { setTimeout as delay } from "node:timers/promises";
import { closedShadowRoots } from "./chromium-page.mjs";
import { Page } from "./page.mjs";
import { waitUntil } from "./wait.mjs";

/**
 * @typedef {import('playwright-core').CDPSession} CdpSession
 * @typedef {{ key: string, code: string, keyCode: number, text?: string }} KeyDefinition
 */

/** Bits of the DevTools protocol. @type {Record<string, number>} */
const MODIFIERS = { Alt: 1, Control: 2, Meta: 4, Shift: 8 };

/** Keys the stories press, by their DOM names. @type {Record<string, KeyDefinition>} */
const KEYS = {
  Tab: { key: "Tab", code: "Tab", keyCode: 9 },
  Enter: { key: "Enter", code: "Enter", keyCode: 13, text: "\r" },
  Escape: { key: "Escape", code: "Escape", keyCode: 27 },
  Space: { key: " ", code: "Space", keyCode: 32, text: " " },
  Backspace: { key: "Backspace", code: "Backspace", keyCode: 8 },
  Delete: { key: "Delete", code: "Delete", keyCode: 46 },
  ArrowDown: { key: "ArrowDown", code: "ArrowDown", keyCode: 40 },
  ArrowUp: { key: "ArrowUp", code: "ArrowUp", keyCode: 38 },
  Home: { key: "Home", code: "Home", keyCode: 36 },
  End: { key: "End", code: "End", keyCode: 35 },
};

/**
 * Clicks the toolbar button over a tab (which also grants activeTab) and attaches to the popup.
 * @param {object} options
 * @param {CdpSession} options.cdp of the browser
 * @param {import('playwright-core').Page} options.over
 * @param {string} options.id the extension's
 * @param {string} options.popupPath
 * @param {number} [options.quietMs] so long nothing is asked of the browser after the click
 * @returns {Promise<Page & { clickedAt: number }>} Unix time in milliseconds
 */
export async function openChromiumPopup({ cdp, over, id, popupPath, quietMs = 0 }) {
  const raw =
    /** @type {{ send(method: string, params?: Record<string, unknown>): Promise<any> }} */ (
      /** @type {unknown} */ (cdp)
    );
  await over.bringToFront();
  const tab = await tabOf(raw, over);
  const clickedAt = Date.now();
  await raw.send("Extensions.triggerAction", { id, targetId: tab });
  await delay(quietMs);
  const popupUrl = `chrome-extension://${id}/${popupPath}`;
  const { targetId } = await waitUntil(
    async () => {
      const { targetInfos } = await raw.send("Target.getTargets", { filter: [{}] });
      return targetInfos.find(
        (/** @type {any} */ target) =>
          target.type === "page" && target.url.startsWith(popupUrl) && !target.attached,
      );
    },
    { what: `the popup ${popupUrl} to open` },
  );
  const session = await attach(raw, cdp, targetId);
  return Object.assign(new Page(popupPrimitives(session, raw, targetId)), { clickedAt });
}

/**
 * `triggerAction` wants the tab's target, of which the page's is a part.
 * @param {{ send(method: string, params?: Record<string, unknown>): Promise<any> }} cdp
 * @param {import('playwright-core').Page} page
 */
async function tabOf(cdp, page) {
  const pageSession = await page.context().newCDPSession(page);
  const { targetInfo } = /** @type {any} */ (await pageSession.send("Target.getTargetInfo"));
  await pageSession.detach();
  const { targetInfos } = await cdp.send("Target.getTargets", { filter: [{ type: "tab" }] });
  const tabs = targetInfos.filter((/** @type {any} */ tab) => tab.url === targetInfo.url);
  const [tab] = tabs;
  if (!tab || tabs.length > 1) {
    throw new Error(`${tabs.length} tabs show ${targetInfo.url}, the popup needs exactly one`);
  }
  return tab.targetId;
}

/**
 * A session inside the browser's session: messages travel as text.
 * @param {{ send(method: string, params?: Record<string, unknown>): Promise<any> }} browser
 * @param {CdpSession} events
 * @param {string} targetId
 */
async function attach(browser, events, targetId) {
  const { sessionId } = await browser.send("Target.attachToTarget", { targetId, flatten: false });
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
  const waiting = new Map();
  let lastId = 0;
  events.on("Target.receivedMessageFromTarget", (/** @type {any} */ event) => {
    if (event.sessionId !== sessionId) {
      return;
    }
    const { id, result, error } = JSON.parse(event.message);
    const caller = waiting.get(id);
    waiting.delete(id);
    if (error) {
      caller?.reject(new Error(error.message));
    } else {
      caller?.resolve(result);
    }
  });
  events.on("Target.detachedFromTarget", (/** @type {any} */ event) => {
    if (event.sessionId === sessionId) {
      for (const { reject } of waiting.values()) {
        reject(new Error("the popup closed"));
      }
      waiting.clear();
    }
  });
  return {
    /** @param {string} method @param {Record<string, unknown>} [params] @returns {Promise<any>} */
    send(method, params = {}) {
      lastId += 1;
      const id = lastId;
      const answer = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
      browser
        .send("Target.sendMessageToTarget", {
          sessionId,
          message: JSON.stringify({ id, method, params }),
        })
        .catch((error) => waiting.get(id)?.reject(error));
      return answer;
    },
  };
}

/**
 * @param {{ send(method: string, params?: Record<string, unknown>): Promise<any> }} session
 * @param {{ send(method: string, params?: Record<string, unknown>): Promise<any> }} browser
 * @param {string} targetId
 * @returns {import('./page.mjs').PagePrimitives}
 */
function popupPrimitives(session, browser, targetId) {
  let at = { x: 0, y: 0 };
  /** @param {string} type @param {Record<string, unknown>} [rest] */
  const mouse = (type, rest = {}) =>
    session.send("Input.dispatchMouseEvent", { type, ...at, ...rest });
  return {
    navigate: async () => {
      throw new Error("a popup is opened, not navigated");
    },
    async evaluate(fn, arg) {
      const argument = arg === undefined ? "undefined" : JSON.stringify(arg);
      const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
        expression: `(${fn})(${argument})`,
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails) {
        throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      }
      return result.value;
    },
    async moveMouse(x, y) {
      at = { x, y };
      await mouse("mouseMoved");
    },
    mouseDown: (button) => mouse("mousePressed", { button, buttons: 1, clickCount: 1 }),
    mouseUp: (button) => mouse("mouseReleased", { button, buttons: 0, clickCount: 1 }),
    async clickMouse(x, y, button) {
      at = { x, y };
      await mouse("mouseMoved");
      await mouse("mousePressed", { button, buttons: 1, clickCount: 1 });
      await mouse("mouseReleased", { button, buttons: 0, clickCount: 1 });
    },
    press: (key) => press(session, key),
    type: async (text) => {
      for (const character of text) {
        await pressKey(
          session,
          {
            key: character,
            code: "",
            keyCode: character.toUpperCase().charCodeAt(0),
            text: character,
          },
          0,
        );
      }
    },
    screenshot: async () =>
      Buffer.from((await session.send("Page.captureScreenshot")).data, "base64"),
    closedShadowRoots: () => closedShadowRoots(session),
    bringToFront: async () => {},
    setViewport: async () => {
      throw new Error("a popup sizes itself");
    },
    close: async () => {
      await browser.send("Target.closeTarget", { targetId });
    },
  };
}

/**
 * @param {{ send(method: string, params?: Record<string, unknown>): Promise<any> }} session
 * @param {string} combination such as `Control+a`
 */
function press(session, combination) {
  const parts = combination.split("+");
  const name = parts.pop() ?? "";
  const modifiers = parts.reduce((sum, part) => sum | (MODIFIERS[part] ?? 0), 0);
  const definition = KEYS[name] ?? {
    key: name,
    code: "",
    keyCode: name.toUpperCase().charCodeAt(0),
    ...(modifiers === 0 ? { text: name } : {}),
  };
  return pressKey(session, definition, modifiers);
}

/**
 * @param {{ send(method: string, params?: Record<string, unknown>): Promise<any> }} session
 * @param {KeyDefinition} definition
 * @param {number} modifiers
 */
async function pressKey(session, { key, code, keyCode, text }, modifiers) {
  const common = { key, code, windowsVirtualKeyCode: keyCode, modifiers };
  await session.send("Input.dispatchKeyEvent", {
    type: text === undefined ? "rawKeyDown" : "keyDown",
    ...(text === undefined ? {} : { text }),
    ...(key === "a" && modifiers === MODIFIERS.Control ? { commands: ["selectAll"] } : {}),
    ...common,
  });
  await session.send("Input.dispatchKeyEvent", { type: "keyUp", ...common });
}
