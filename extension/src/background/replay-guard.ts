/**
 * Remembers which code of each entry was used, because AWS takes each one once.
 *
 * Used means filled and kept by the page: perhaps it never reached AWS, so whoever asks may let the
 * user override. A code that was only copied does not count: where it went is not known, and copying
 * is what people do when a fill did not work.
 *
 * In memory only: a worker that was killed finds it again; a browser that was started again needs
 * about as long as a step lasts, and the disk must not tell who signed in when.
 */

import type { CodeView } from "../protocol";
import type { StorageArea } from "./ports";

const PREFIX = "used:";

/**
 * How many steps ahead a used step may lie and still count: one, when an enrolment was given a code
 * of the next step, and one for a clock correction. Beyond that the clock has been set back.
 */
const MAX_STEPS_AHEAD = 2;

export class ReplayGuard {
  readonly #session: StorageArea;

  constructor(session: StorageArea) {
    this.#session = session;
  }

  /** Takes note that the code of this time step (RFC 6238, `T`), and so of all before, was used. */
  async record(entryId: string, timeStep: number): Promise<void> {
    await this.#session.set({ [PREFIX + entryId]: timeStep });
  }

  /** How many steps after `timeStep` the next code comes that was not used; 0 for this very one. */
  async stepsToFresh(entryId: string, timeStep: number): Promise<number> {
    const key = PREFIX + entryId;
    return stepsAfter((await this.#session.get([key]))[key], timeStep);
  }

  /** As `stepsToFresh`, of the entries for which it is not 0, from one look at what is kept. */
  async waiting(codes: readonly CodeView[]): Promise<{ code: CodeView; steps: number }[]> {
    const kept = await this.#session.get(null);
    return codes
      .map((code) => ({ code, steps: stepsAfter(kept[PREFIX + code.entryId], code.timeStep) }))
      .filter(({ steps }) => steps > 0);
  }
}

function stepsAfter(used: unknown, timeStep: number): number {
  if (typeof used !== "number") return 0;
  const ahead = used - timeStep;
  return ahead >= 0 && ahead <= MAX_STEPS_AHEAD ? ahead + 1 : 0;
}
