/** What a user does in Firefox's own window: a keyboard shortcut of the extension, an item of the context menu. */
import { waitUntil } from "./wait.mjs";

/**
 * @typedef {import('./firefox-chrome.mjs').ChromeScope} ChromeScope
 * @typedef {import('./page.mjs').Page} Page
 */

/** Names of modifiers in a manifest, and in Firefox's key elements. @type {Record<string, string>} */
const MODIFIERS = {
  Ctrl: "accel",
  Command: "accel",
  MacCtrl: "control",
  Alt: "alt",
  Shift: "shift",
};

/**
 * @param {ChromeScope} chrome
 * @param {string} widget the extension's id as Firefox writes it in ids
 * @param {string} shortcut as the manifest says it, such as `Alt+Shift+D`
 */
export async function pressFirefoxShortcut(chrome, widget, shortcut) {
  const parts = shortcut.split("+");
  const key = parts.pop() ?? "";
  const modifiers = parts.map((part) => MODIFIERS[part] ?? part).sort();
  const found = await chrome.evaluate(
    (wanted) => {
      const keys = document.querySelectorAll(`#ext-keyset-id-${wanted.widget} key`);
      const element = [...keys].find(
        (candidate) =>
          candidate.getAttribute("key") === wanted.key &&
          candidate.getAttribute("modifiers")?.split(",").sort().join() === wanted.modifiers,
      );
      /** @type {any} */ (element)?.doCommand();
      return element !== undefined;
    },
    { widget, key, modifiers: modifiers.join() },
  );
  if (!found) {
    throw new RangeError(`the extension has no shortcut ${shortcut}`);
  }
}

/**
 * @param {ChromeScope} chrome
 * @param {Page} page in front
 * @param {string} selector what is clicked with the right button
 * @param {string} label the item's text
 */
export async function chooseFromFirefoxMenu(chrome, page, selector, label) {
  await page.click(selector, "right");
  await waitUntil(
    () =>
      chrome.evaluate((wanted) => {
        const menu = /** @type {any} */ (document.getElementById("contentAreaContextMenu"));
        const item = menu.querySelector(`menuitem[label="${CSS.escape(wanted)}"]`);
        if (menu.state !== "open" || !item || item.hidden) {
          return false;
        }
        menu.activateItem(item);
        return true;
      }, label),
    {
      what: `the context menu to have "${label}"`,
      seen: () =>
        chrome.evaluate(() => {
          const menu = document.getElementById("contentAreaContextMenu");
          const items = [...(menu?.querySelectorAll("menuitem[label]:not([hidden])") ?? [])];
          return items.map((item) => item.getAttribute("label")).join(", ");
        }, undefined),
    },
  ).catch(async (error) => {
    await chrome.evaluate(() => {
      /** @type {any} */ (document.getElementById("contentAreaContextMenu")).hidePopup();
    }, undefined);
    throw error;
  });
}
