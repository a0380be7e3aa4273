/**
 * Slows guessing down at this keyboard: after some wrong tries each next one has to wait. Nothing is
 * ever erased for it. Whoever has the stored vault guesses elsewhere, against the key derivation.
 */

import { RequestError } from "../messaging";
import type { Ports } from "./ports";

const KEY = "tries";
/** How long to wait after so many tries in a row without success, in seconds. */
const PAUSES = [0, 0, 0, 1, 2, 4, 8, 16, 32, 60];

type Kept = { count: number; at: number };

export class Tries {
  readonly #ports: Pick<Ports, "local" | "now">;

  constructor(ports: Pick<Ports, "local" | "now">) {
    this.#ports = ports;
  }

  /** Counts a try before it is made, so that a page that is closed midway made it too. */
  async begin(): Promise<void> {
    const now = this.#ports.now();
    const { count, at } = await this.#read();
    const pauseMs = 1000 * (PAUSES[Math.min(count, PAUSES.length - 1)] ?? 0);
    // A clock that was put back does not lock anybody out for longer than the pause.
    const leftMs = Math.min(pauseMs, at + pauseMs - now);
    if (leftMs > 0 && at <= now) {
      throw new RequestError({ kind: "tooManyTries", retrySeconds: Math.ceil(leftMs / 1000) });
    }
    await this.#ports.local.set({ [KEY]: { count: count + 1, at: now } });
  }

  async succeeded(): Promise<void> {
    await this.#ports.local.remove([KEY]);
  }

  async #read(): Promise<Kept> {
    const stored = (await this.#ports.local.get([KEY]))[KEY] as Partial<Kept> | undefined;
    const { count, at } = stored ?? {};
    return Number.isSafeInteger(count) && typeof at === "number"
      ? { count: Math.max(0, count as number), at }
      : { count: 0, at: 0 };
  }
}
