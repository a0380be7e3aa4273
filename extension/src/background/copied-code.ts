/**
 * Takes a copied code from the clipboard again, alone or in a command, where the user wants that: after
 * half a minute, and only if nothing else was copied since.
 */

import type { Ports } from "./ports";
import { readSettings } from "./settings";

const KEY = "copied";

/** How long a copied code stays. A code lives as long, and no alarm comes sooner. Milliseconds. */
const KEPT_MS = 30_000;

/** A code as a word of its own. */
const CODE = /(?:^| )\d{6,8}(?: |$)/;

export class CopiedCode {
  readonly #ports: Pick<Ports, "local" | "session" | "now" | "wakeAt" | "clearClipboard">;

  constructor(ports: Pick<Ports, "local" | "session" | "now" | "wakeAt" | "clearClipboard">) {
    this.#ports = ports;
  }

  async remember(text: string): Promise<void> {
    const { local, session, now, wakeAt } = this.#ports;
    if (!CODE.test(text) || !(await readSettings(local)).clearClipboard) return;
    await session.set({ [KEY]: text });
    await wakeAt(now() + KEPT_MS, "clear-clipboard");
  }

  /** When the alarm comes, perhaps to a background that was ended in between. */
  async clear(): Promise<void> {
    const { session, clearClipboard } = this.#ports;
    const text = (await session.get([KEY]))[KEY];
    await session.remove([KEY]);
    if (typeof text === "string") await clearClipboard(text);
  }
}
