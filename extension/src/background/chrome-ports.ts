/** The ports of a real browser. Closes the storage to content scripts first of all. */

import { clearClipboard, openPopup } from "../browser";
import { indexedDbKeyStore } from "../indexed-db-key-store";
import { readQrCodes, readTab } from "../qr/page-picture";
import { extensionWords } from "../words/extension-words";
import { word } from "../words/word";
import type { Words } from "../words/words";
import { mirroredArea } from "./mirrored-area";
import type { Ports, StorageArea } from "./ports";

/** On the toolbar button: the token that AWS writes in every language, and a warning. */
const ASKS = "MFA";
const WARNS = "!";

export function chromePorts(): Ports {
  // Chromium leaves `storage.local` open to content scripts unless told otherwise; Firefox cannot
  // be told, which is one reason why only ciphertext is there.
  void chrome.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });
  let pageWords: Words | undefined;
  return {
    local: area(chrome.storage.local),
    session: mirroredArea(area(chrome.storage.session)),
    keys: indexedDbKeyStore,
    tabs: {
      active: async () => {
        const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
        return tab?.id;
      },
      send: (tabId, documentId, message) =>
        chrome.tabs.sendMessage(
          tabId,
          message,
          documentId === undefined ? { frameId: 0 } : { documentId },
        ),
    },
    now: () => Date.now(),
    random: (byteCount) => crypto.getRandomValues(new Uint8Array(byteCount)),
    wakeAt: async (unixMillis, what = "auto-lock") => {
      if (unixMillis === undefined) await chrome.alarms.clear(what);
      else await chrome.alarms.create(what, { when: unixMillis });
    },
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    // Fifteen seconds is the least that browsers take.
    idleAfter: (seconds) => chrome.idle.setDetectionInterval(Math.max(15, seconds)),
    warnOnButton: async (tabId) => {
      await chrome.action.setBadgeBackgroundColor({ tabId, color: "#b3261e" });
      await chrome.action.setBadgeText({ tabId, text: WARNS });
      await chrome.action.setTitle({ tabId, title: word("buttonPageInterferes") });
    },
    askOnButton: async (tabId, asks) => {
      const text = asks ? ASKS : "";
      const shown = await chrome.action.getBadgeText({ tabId });
      if (shown === text || shown === WARNS) return;
      await chrome.action.setBadgeBackgroundColor({ tabId, color: "#0b6e66" });
      await chrome.action.setBadgeTextColor({ tabId, color: "#ffffff" });
      await chrome.action.setBadgeText({ tabId, text });
      const title = word(asks ? "buttonPageAsks" : "extensionName");
      await chrome.action.setTitle({ tabId, title });
    },
    words: word,
    pageWords: () => {
      pageWords ??= extensionWords();
      return pageWords;
    },
    openPopup,
    readQrCodes,
    readTab,
    clearClipboard,
  };
}

function area(storage: chrome.storage.StorageArea): StorageArea {
  return {
    get: (keys) => storage.get(keys),
    set: (items) => storage.set(items),
    remove: (keys) => storage.remove(keys),
  };
}
