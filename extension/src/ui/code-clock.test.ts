import { describe, expect, test } from "vitest";
import type { CodeView, UsedCode } from "../protocol";
import {
  groupDigits,
  liveCode,
  millisecondsToRefresh,
  receiveCodes,
  secondsUsed,
} from "./code-clock";

const code: CodeView = {
  entryId: "a",
  code: "111111",
  nextCode: "222222",
  remainingSeconds: 18,
  periodSeconds: 30,
  timeStep: 1,
};

const receive = (unixSeconds: number, codes: CodeView[], used: UsedCode[] = []) =>
  receiveCodes({ unixSeconds, codes, used, clock: { state: "unknown" } }, 1_000_400);

/** Received at second 1,000.4 of this computer's clock. */
const received = receive(1000, [code]);

describe("a live code", () => {
  test("counts the seconds of the clock, not those since it was received", () => {
    expect(liveCode(received, "a", 1_000_400)?.remainingSeconds).toBe(18);
    expect(liveCode(received, "a", 1_000_999)?.remainingSeconds).toBe(18);
    expect(liveCode(received, "a", 1_001_000)?.remainingSeconds).toBe(17);
    expect(liveCode(received, "a", 1_017_999)?.remainingSeconds).toBe(1);
  });

  test("gives way to the next code when its time is over, without asking", () => {
    const live = liveCode(received, "a", 1_018_000);
    expect(live).toMatchObject({ code: "222222", nextCode: undefined, remainingSeconds: 30 });
  });

  test("is not known when both codes are over", () => {
    expect(liveCode(received, "a", 1_047_999)?.code).toBe("222222");
    expect(liveCode(received, "a", 1_048_000)).toBeUndefined();
  });

  test("follows a corrected clock", () => {
    const twelveLeft = { ...code, remainingSeconds: 12 };
    const ahead = receive(1010, [twelveLeft]);
    expect(liveCode(ahead, "a", 1_000_400)?.remainingSeconds).toBe(12);
    expect(liveCode(ahead, "a", 1_011_999)?.code).toBe("111111");
    expect(liveCode(ahead, "a", 1_012_000)?.code).toBe("222222");
  });
});

describe("the time to the next reading", () => {
  test("is that of the code that ends first", () => {
    const other = { ...code, entryId: "b", remainingSeconds: 5 };
    const both = receive(1000, [code, other]);
    expect(millisecondsToRefresh(both, 1_000_400)).toBe(4600);
  });

  test("is none without codes and zero when one is over", () => {
    const none = receive(1000, []);
    expect(millisecondsToRefresh(none, 1_000_400)).toBeUndefined();
    expect(millisecondsToRefresh(received, 1_060_000)).toBe(0);
  });
});

test("groups the digits of a code in two", () => {
  expect(groupDigits("012345")).toBe("012 345");
  expect(groupDigits("0123456")).toBe("012 3456");
  expect(groupDigits("01234567")).toBe("0123 4567");
});

test("a used code counts down to the next, by the corrected clock", () => {
  const used = receive(1010, [code], [{ entryId: "a", untilSeconds: 1020 }]);
  expect(secondsUsed(used, "a", 1_000_400)).toBe(10);
  expect(secondsUsed(used, "a", 1_009_999)).toBe(1);
  expect(secondsUsed(used, "a", 1_010_000)).toBe(0);
  expect(secondsUsed(used, "b", 1_000_400)).toBe(0);
});
