import { setTimeout as delay } from "node:timers/promises";

export const DEFAULT_TIMEOUT_MS = 10_000;
const POLL_MS = 25;

/**
 * What to say when a wait gives up: what was awaited, and what was there instead.
 * @typedef {{ what: string, timeoutMs?: number, seen?: () => Promise<string> | string }} WaitOptions
 */

/** A wait that gave up. */
export class TimeoutError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "TimeoutError";
  }
}

/**
 * Asks `condition` until it answers something truthy, and hands that over. An error that `condition` throws counts as
 * "not yet" and is told when the time is up.
 * @template T
 * @param {() => Promise<T> | T} condition
 * @param {WaitOptions} options
 * @returns {Promise<Exclude<T, false | null | undefined | 0 | ''>>}
 */
export async function waitUntil(condition, { what, timeoutMs = DEFAULT_TIMEOUT_MS, seen }) {
  const deadline = performance.now() + timeoutMs;
  /** @type {unknown} */
  let lastError;
  for (;;) {
    try {
      const answer = await withDeadline(condition(), deadline - performance.now());
      if (answer) {
        return /** @type {Exclude<T, false | null | undefined | 0 | ''>} */ (answer);
      }
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (performance.now() >= deadline) {
      throw new TimeoutError(await explain(what, timeoutMs, seen, lastError));
    }
    await delay(POLL_MS);
  }
}

/**
 * Lets a promise take at most `timeoutMs`.
 * @template T
 * @param {Promise<T>} promise
 * @param {WaitOptions} options
 * @returns {Promise<T>}
 */
export async function within(promise, { what, timeoutMs = DEFAULT_TIMEOUT_MS, seen }) {
  const late = Symbol("late");
  const timer = new AbortController();
  const first = await Promise.race([
    promise,
    delay(timeoutMs, late, { signal: timer.signal }),
  ]).finally(() => timer.abort());
  if (first === late) {
    throw new TimeoutError(await explain(what, timeoutMs, seen, undefined));
  }
  return /** @type {T} */ (first);
}

/**
 * @template T
 * @param {Promise<T> | T} value
 * @param {number} timeoutMs
 */
function withDeadline(value, timeoutMs) {
  return within(Promise.resolve(value), {
    what: "an answer",
    timeoutMs: Math.max(timeoutMs, POLL_MS),
  });
}

/**
 * @param {string} what
 * @param {number} timeoutMs
 * @param {WaitOptions['seen']} seen
 * @param {unknown} lastError
 */
async function explain(what, timeoutMs, seen, lastError) {
  const lines = [`waited ${timeoutMs / 1000} s for ${what}`];
  if (lastError !== undefined) {
    lines.push(`last error: ${lastError instanceof Error ? lastError.message : String(lastError)}`);
  }
  if (seen) {
    const found = await Promise.race([
      Promise.resolve()
        .then(seen)
        .catch((error) => `(could not look: ${error})`),
      delay(2_000, "(could not look: no answer)", { ref: false }),
    ]);
    lines.push(`there was: ${found}`);
  }
  return lines.join("\n");
}
