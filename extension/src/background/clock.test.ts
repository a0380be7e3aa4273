import { beforeEach, describe, expect, test } from "vitest";
import type { ClockSample } from "../protocol";
import { Clock } from "./clock";
import { memoryPorts } from "./memory-ports";

const START = 1_790_000_000_000;
const MINUTE = 60_000;

let now = START;
let clock: Clock;
let ports: ReturnType<typeof memoryPorts>;

beforeEach(() => {
  now = START;
  ports = memoryPorts({ now: () => now });
  clock = new Clock(ports);
});

/** An answer of a server whose clock is ahead, after a round trip of 80 ms that ends now. */
function sample(aheadSeconds: number, over: Partial<ClockSample> = {}): ClockSample {
  const serverTime = Math.floor((now - 40 + aheadSeconds * 1000) / 1000) * 1000;
  return {
    sentAt: now - 80,
    receivedAt: now,
    date: new Date(serverTime).toUTCString(),
    age: null,
    ...over,
  };
}
const three = (aheadSeconds: number) => [0, 1, 2].map(() => sample(aheadSeconds));
const offset = async () => (await clock.now()) - now;

describe("samples that agree", () => {
  test.each([90, -90, 3, -3, 899, -899])(
    "make codes follow AWS's clock, %i s off",
    async (ahead) => {
      // Half way through a second, as the mean of all moments.
      now += 540;
      expect(await clock.learn(three(ahead))).toBe(true);
      expect(await offset()).toBe(ahead * 1000);
      expect(await clock.view()).toEqual({ state: "corrected", offsetSeconds: ahead });
    },
  );

  test("are right within a second at every moment of a second", async () => {
    for (let millisecond = 0; millisecond < 1000; millisecond += 25) {
      now = START + millisecond;
      await clock.learn(three(40));
      expect(Math.abs((await offset()) - 40_000), `at ${millisecond} ms`).toBeLessThanOrEqual(1000);
    }
  });

  test.each([0, 1, -1, 2, -2])("change nothing at %i s: the clocks agree", async (ahead) => {
    now += 540;
    expect(await clock.learn(three(ahead))).toBe(false);
    expect(await offset()).toBe(0);
    expect(await clock.view()).toEqual({ state: "agrees" });
  });

  test("undo an earlier correction when the computer's clock was set", async () => {
    await clock.learn(three(90));
    expect(await clock.learn(three(0))).toBe(true);
    expect(await offset()).toBe(0);
  });

  test("take the median", async () => {
    now += 540;
    await clock.learn([sample(41), sample(40), sample(40)]);
    expect(await clock.view()).toEqual({ state: "corrected", offsetSeconds: 40 });
  });
});

describe("what codes do not follow", () => {
  const useless: [string, () => unknown][] = [
    ["one sample", () => [sample(90)]],
    ["no list", () => ({ length: 3 })],
    ["no samples", () => [null, "", 1]],
    ["samples that disagree", () => [sample(90), sample(93), sample(90)]],
    ["answers from a cache", () => [0, 1, 2].map(() => sample(-90, { age: "90" }))],
    ["slow answers", () => [0, 1, 2].map(() => sample(90, { sentAt: now - 2001 }))],
    [
      "answers before they were asked for",
      () => [0, 1, 2].map(() => sample(90, { sentAt: now + 1 })),
    ],
    [
      "times that are not of this moment",
      () => [0, 1, 2].map(() => sample(90, { sentAt: now - 20_080, receivedAt: now - 20_000 })),
    ],
    ["times that are no numbers", () => [0, 1, 2].map(() => sample(90, { sentAt: Number.NaN }))],
    [
      "a date of another form",
      () => [0, 1, 2].map(() => sample(90, { date: "2026-11-22T10:00:00" })),
    ],
    ["no date", () => [0, 1, 2].map(() => sample(90, { date: null }))],
  ];
  test.each(useless)("%s", async (_name, samples) => {
    expect(await clock.learn(samples())).toBe(false);
    expect(await clock.view()).toEqual({ state: "unknown" });
    expect(await offset()).toBe(0);
  });

  test("one bad sample among good ones does no harm", async () => {
    now += 540;
    await clock.learn([sample(90), sample(90, { age: "3600" }), sample(90)]);
    expect(await clock.view()).toEqual({ state: "corrected", offsetSeconds: 90 });
  });

  test.each([902, -902, 86_400 * 365])(
    "more than 15 minutes: %i s, which is said",
    async (ahead) => {
      await clock.learn(three(90));
      await clock.learn(three(ahead));
      expect((await clock.view()).state).toBe("tooFarOff");
      expect(await offset()).toBe(0);
    },
  );

  test("a correction of an hour ago", async () => {
    await clock.learn(three(90));
    now += 60 * MINUTE - 1;
    expect((await clock.view()).state).toBe("corrected");
    now += 1;
    expect(await clock.view()).toEqual({ state: "unknown" });
  });

  test("a correction from a time that this computer's clock was set back behind", async () => {
    await clock.learn(three(90));
    now -= 1000;
    expect(await clock.view()).toEqual({ state: "unknown" });
  });
});

test("a correction outlives the background, in memory only", async () => {
  await clock.learn(three(90));
  expect((await new Clock(ports).view()).state).toBe("corrected");
  expect(await ports.local.get(null)).toEqual({});
});

test("samples are wanted unless there are young ones", async () => {
  expect(await clock.wantsSamples()).toBe(true);
  await clock.learn(three(0));
  expect(await clock.wantsSamples()).toBe(false);
  now += MINUTE;
  expect(await clock.wantsSamples()).toBe(true);
});
