/** The ports of a world in memory: for the page that shows Doorcode without installing it, and tests. */

import type { KeyStore } from "../session-key";
import { wordsFrom } from "../words/words";
import type { Ports, StorageArea } from "./ports";

/** A storage area that keeps JSON, as browsers do: what is put in is copied. */
export function memoryArea(): StorageArea & { items: Map<string, unknown> } {
  const items = new Map<string, unknown>();
  return {
    items,
    get: async (keys) => {
      const wanted = keys ?? [...items.keys()];
      const found = wanted.filter((key) => items.has(key));
      return structuredClone(Object.fromEntries(found.map((key) => [key, items.get(key)])));
    },
    set: async (added) => {
      const copy = JSON.parse(JSON.stringify(added)) as Record<string, unknown>;
      for (const [key, value] of Object.entries(copy)) items.set(key, value);
    },
    remove: async (keys) => {
      for (const key of keys) items.delete(key);
    },
  };
}

export function memoryKeyStore(): KeyStore {
  let kept: CryptoKey | undefined;
  return {
    read: async () => kept,
    write: async (key) => {
      kept = key;
    },
    remove: async () => {
      kept = undefined;
    },
  };
}

/** Ports without tabs; `over` replaces any of them. */
export function memoryPorts(over: Partial<Ports> = {}): Ports {
  return {
    keys: memoryKeyStore(),
    tabs: {
      active: async () => undefined,
      send: () => Promise.reject(new Error("there are no tabs here")),
    },
    now: () => Date.now(),
    random: (byteCount) => crypto.getRandomValues(new Uint8Array(byteCount)),
    wakeAt: async () => undefined,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    idleAfter: () => undefined,
    warnOnButton: async () => undefined,
    askOnButton: async () => undefined,
    words: (key, ...values) => [key, ...values].join(" "),
    pageWords: () => wordsFrom((key, values) => [key, ...values].join(" "), "en"),
    openPopup: async () => undefined,
    readQrCodes: async () => [],
    readTab: async () => [],
    clearClipboard: async () => undefined,
    local: memoryArea(),
    session: memoryArea(),
    ...over,
  };
}
