/** A browser in memory for the real background, with one tab and an alarm. */

import { memoryPorts } from "../../extension/src/background/memory-ports";
import type { Ports } from "../../extension/src/background/ports";
import { indexedDbKeyStore } from "../../extension/src/indexed-db-key-store";
import type { Words } from "../../extension/src/words/words";

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

export function demoPorts({ words, answerTab, alarm, openPopup }: MemoryBrowser): Ports {
  const timers: ReturnType<typeof setTimeout>[] = [];
  return memoryPorts({
    // Where the Worker that derives keys leaves the session key.
    keys: indexedDbKeyStore,
    tabs: {
      active: async () => TAB_ID,
      send: (_tabId, _documentId, message) => answerTab(message),
    },
    wakeAt: async (unixMillis, what = "auto-lock") => {
      if (what !== "auto-lock") return;
      for (const timer of timers.splice(0)) clearTimeout(timer);
      if (unixMillis !== undefined) timers.push(setTimeout(alarm, unixMillis - Date.now()));
    },
    words: (key, ...values) => words.message(key, values),
    pageWords: () => words,
    openPopup: async () => openPopup(),
  });
}
