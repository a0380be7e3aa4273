/**
 * AWS's time, as far as it is known: this computer's, corrected by what the `Date` header of AWS's
 * own answers says (RFC 9110, section 6.6.1).
 *
 * The samples come from a page, so they are bounded: a page can make the clock neither unknown nor
 * run minutes off without the popup saying so. In memory only, and forgotten after an hour.
 */

import type { ClockSample, ClockView } from "../protocol";
import type { Ports } from "./ports";

const KEY = "clock";

/** A correction is forgotten after this time: clocks are set and computers travel. Milliseconds. */
const KEPT_MS = 60 * 60 * 1000;
/** A page that asks for a code is asked for samples unless there are some as young as this. */
const YOUNG_MS = 60_000;
/** Longer round trips say too little. */
const MAX_ROUND_TRIP_MS = 2000;
/** Samples are told at once; their times are those of this computer's clock. */
const MAX_DELAY_MS = 10_000;
/** `Date` has whole seconds, so honest samples differ by one, and a little for the network. */
const MAX_SPREAD_MS = 2000;
/** Of three samples one may be lost or stale. */
const MIN_SAMPLES = 2;
/** Up to here the two clocks agree: a sample is half a second off by itself. */
const AGREES_SECONDS = 2;
/** A computer that is further off than this has a wrong date, or somebody plays with the answers. */
const MAX_OFFSET_SECONDS = 15 * 60;

type Reading = { offsetSeconds: number; at: number };

export class Clock {
  readonly #ports: Pick<Ports, "session" | "now">;

  constructor(ports: Pick<Ports, "session" | "now">) {
    this.#ports = ports;
  }

  /** The corrected Unix time in milliseconds. */
  async now(): Promise<number> {
    const view = await this.view();
    return this.#ports.now() + (view.state === "corrected" ? view.offsetSeconds * 1000 : 0);
  }

  /** The corrected Unix time in whole seconds, for which codes are made. */
  async unixSeconds(): Promise<number> {
    return Math.floor((await this.now()) / 1000);
  }

  async view(): Promise<ClockView> {
    const reading = await this.#reading(KEPT_MS);
    if (reading === undefined) return { state: "unknown" };
    const { offsetSeconds } = reading;
    if (Math.abs(offsetSeconds) <= AGREES_SECONDS) return { state: "agrees" };
    const followed = Math.abs(offsetSeconds) <= MAX_OFFSET_SECONDS;
    return { state: followed ? "corrected" : "tooFarOff", offsetSeconds };
  }

  async wantsSamples(): Promise<boolean> {
    return (await this.#reading(YOUNG_MS)) === undefined;
  }

  /** Takes samples in; says whether codes follow another time from now on. */
  async learn(samples: unknown): Promise<boolean> {
    const now = this.#ports.now();
    const offsetSeconds = offsetOf(samples, now);
    // Nothing to be learnt from these. What was known stays, until it is too old.
    if (offsetSeconds === undefined) return false;
    const before = await this.now();
    await this.#ports.session.set({ [KEY]: { offsetSeconds, at: now } satisfies Reading });
    return Math.abs((await this.now()) - before) >= 1000;
  }

  /** The last reading, unless it is older than this, or from a time that has not come yet. */
  async #reading(maxAge: number): Promise<Reading | undefined> {
    const reading = (await this.#ports.session.get([KEY]))[KEY] as Reading | undefined;
    if (reading === undefined) return undefined;
    const age = this.#ports.now() - reading.at;
    return age >= 0 && age < maxAge ? reading : undefined;
  }
}

/** The median offset in whole seconds, or `undefined` when the samples do not agree on one. */
function offsetOf(samples: unknown, now: number): number | undefined {
  if (!Array.isArray(samples)) return undefined;
  const offsets = samples
    .slice(0, 3)
    .map((sample) => offsetOfSample(sample, now))
    .filter((offset) => offset !== undefined)
    .sort((left, right) => left - right);
  const [least, most] = [offsets[0], offsets.at(-1)];
  if (offsets.length < MIN_SAMPLES || least === undefined || most === undefined) return undefined;
  if (most - least > MAX_SPREAD_MS) return undefined;
  const upper = offsets[Math.floor(offsets.length / 2)] ?? most;
  const lower = offsets[Math.ceil(offsets.length / 2) - 1] ?? least;
  return Math.round((lower + upper) / 2000);
}

/** Milliseconds by which the server was ahead, or `undefined` when the sample says nothing. */
function offsetOfSample(sample: unknown, now: number): number | undefined {
  if (typeof sample !== "object" || sample === null) return undefined;
  const { sentAt, receivedAt, date, age } = sample as Partial<ClockSample>;
  if (typeof sentAt !== "number" || typeof receivedAt !== "number") return undefined;
  const roundTrip = receivedAt - sentAt;
  if (!(roundTrip >= 0 && roundTrip <= MAX_ROUND_TRIP_MS)) return undefined;
  if (!(Math.abs(now - receivedAt) <= MAX_DELAY_MS)) return undefined;
  // An answer with an age comes from a cache: its date is that of another time.
  if (age !== null || typeof date !== "string") return undefined;
  // The one form of date that servers send; others could be read as local time.
  if (!/^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(date)) return undefined;
  const serverTime = Date.parse(date);
  // The header leaves the fraction of a second out: half a second on average.
  return Number.isNaN(serverTime) ? undefined : serverTime + 500 - (sentAt + receivedAt) / 2;
}
