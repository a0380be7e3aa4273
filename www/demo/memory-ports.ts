/** A browser in memory for the real background: storage, one tab, an alarm. */

import type { Ports, StorageArea } from "../../extension/src/background/ports";
import { indexedDbKeyStore } from "../../extension/src/indexed-db-key-store";
import type { Words } from "../../extension/src/ui/words";

/** The id of the one tab. */
export const TAB_ID = 1;

export type MemoryBrowser = {
  words: Words;
  /** Answers what the background sends to the tab. */
  answerTab: (message: unknown) => Promise<unknown>;
  /** The alarm that the background asked for has come. */
  alarm: () => void;
  openPopup: () => void;
};

export function memoryArea(): StorageArea {
  const items = new Map<string, string>();
  return {
    get: async (keys) => {
      const wanted = keys ?? [...items.keys()];
      const found = wanted.filter((key) => items.has(key));
      return Object.fromEntries(found.map((key) => [key, JSON.parse(items.get(key) ?? "null")]));
    },
    set: async (values) => {
      for (const [key, value] of Object.entries(values)) items.set(key, JSON.stringify(value));
    },
    remove: async (keys) => {
      for (const key of keys) items.delete(key);
    },
  };
}

export function memoryPorts({ words, answerTab, alarm, openPopup }: MemoryBrowser): Ports {
  const timers: ReturnType<typeof setTimeout>[] = [];
  return {
    local: memoryArea(),
    session: memoryArea(),
    // Where the Worker that derives keys leaves the session key.
    keys: indexedDbKeyStore,
    tabs: {
      active: async () => TAB_ID,
      send: (_tabId, _documentId, message) => answerTab(message),
    },
    now: Date.now,
    random: (byteCount) => crypto.getRandomValues(new Uint8Array(byteCount)),
    wakeAt: async (unixMillis, what = "auto-lock") => {
      if (what !== "auto-lock") return;
      for (const timer of timers.splice(0)) clearTimeout(timer);
      if (unixMillis !== undefined) timers.push(setTimeout(alarm, unixMillis - Date.now()));
    },
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    idleAfter: () => undefined,
    warnOnButton: async () => undefined,
    words: (key, ...values) => words.message(key, values),
    openPopup: async () => openPopup(),
    readQrCodes: async () => [],
    readTab: async () => [],
    clearClipboard: async () => undefined,
  };
}
