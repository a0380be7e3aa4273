/** Which code holds at a moment, from the codes that the background made a while ago. */

import type { ClockView, CodesView, CodeView } from "../protocol";

/** Codes, and when they came: milliseconds of the same clock that is read later. */
export type ReceivedCodes = {
  unixSeconds: number;
  receivedAt: number;
  byEntry: ReadonlyMap<string, CodeView>;
  /** When the next code comes, in Unix seconds, of the entries whose code was used. */
  usedUntil: ReadonlyMap<string, number>;
  clock: ClockView;
};

export function receiveCodes(view: CodesView, receivedAt: number): ReceivedCodes {
  return {
    unixSeconds: view.unixSeconds,
    receivedAt,
    byEntry: new Map(view.codes.map((code) => [code.entryId, code])),
    usedUntil: new Map(view.used.map(({ entryId, untilSeconds }) => [entryId, untilSeconds])),
    clock: view.clock,
  };
}

/** Whole seconds until an entry has a code that was not used; 0 when it has one now. */
export function secondsUsed(received: ReceivedCodes, entryId: string, now: number): number {
  const until = received.usedUntil.get(entryId) ?? 0;
  return Math.max(0, Math.ceil(until - correctedSeconds(received, now)));
}

/** A code as it is at one moment. */
export type LiveCode = {
  code: string;
  /** Absent when the codes are so old that the one after is not known. */
  nextCode: string | undefined;
  /** Whole seconds left, 1 to `periodSeconds`: what a person would count. */
  remainingSeconds: number;
  periodSeconds: number;
  /** The Unix time in seconds at which `code` ends. */
  endSeconds: number;
};

/** From this many seconds before the end on, the next code is shown beside the current one. */
export const NEXT_CODE_SECONDS = 10;

/** From this many seconds before the end on, the time left is shown as short. */
export const LAST_SECONDS = 5;

/**
 * The corrected time in seconds. The background gives whole seconds, so the correction is a whole
 * number of them and the countdown keeps to the seconds of this computer's clock.
 */
function correctedSeconds({ unixSeconds, receivedAt }: ReceivedCodes, now: number): number {
  return now / 1000 + (unixSeconds - Math.floor(receivedAt / 1000));
}

/** The code of an entry at `now`; `undefined` when it has none or both known codes are over. */
export function liveCode(
  received: ReceivedCodes,
  entryId: string,
  now: number,
): LiveCode | undefined {
  const code = received.byEntry.get(entryId);
  if (code === undefined) return undefined;
  const seconds = correctedSeconds(received, now);
  const { periodSeconds } = code;
  const end = received.unixSeconds + code.remainingSeconds;
  if (seconds < end) {
    return {
      code: code.code,
      nextCode: code.nextCode,
      remainingSeconds: Math.min(Math.ceil(end - seconds), periodSeconds),
      periodSeconds,
      endSeconds: end,
    };
  }
  const nextEnd = end + periodSeconds;
  if (seconds >= nextEnd) return undefined;
  return {
    code: code.nextCode,
    nextCode: undefined,
    remainingSeconds: Math.ceil(nextEnd - seconds),
    periodSeconds,
    endSeconds: nextEnd,
  };
}

/** Milliseconds from `now` until the first of the codes ends; `undefined` when there are none. */
export function millisecondsToRefresh(received: ReceivedCodes, now: number): number | undefined {
  const ends = [...received.byEntry.values()].map((code) => code.remainingSeconds);
  if (ends.length === 0) return undefined;
  const end = received.unixSeconds + Math.min(...ends);
  return Math.max(0, Math.round((end - correctedSeconds(received, now)) * 1000));
}

/** What stands in place of a hidden code, grouped as the code. */
export function hiddenDigits(digits: number): string {
  return groupDigits("•".repeat(digits));
}

/** `123456` as `123 456`, 8 digits as `1234 5678`, 7 as `123 4567`. */
export function groupDigits(code: string): string {
  const half = Math.floor(code.length / 2);
  return `${code.slice(0, half)} ${code.slice(half)}`;
}
