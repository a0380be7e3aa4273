import { describe, expect, it } from "vitest";
import { MfaDevice, STEP_SECONDS } from "./judge.mjs";

/** The shared secret of RFC 6238 appendix B, "12345678901234567890", in base32. */
const RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const NOW = 1_111_111_111;

function device() {
  return new MfaDevice({ serialNumber: "arn:aws:iam::111122223333:mfa/test", secret: RFC_SECRET });
}

/** @param {number} steps */
function codeStepsFromNow(steps) {
  return device().codeAt(NOW + steps * STEP_SECONDS);
}

describe("codes", () => {
  // RFC 6238 appendix B, SHA-1, the last six of the eight digits.
  it.each([
    [59, "287082"],
    [1_111_111_109, "081804"],
    [1_111_111_111, "050471"],
    [1_234_567_890, "005924"],
    [2_000_000_000, "279037"],
    [20_000_000_000, "353130"],
  ])("are those of RFC 6238 at %i", (unixSeconds, code) => {
    expect(device().codeAt(unixSeconds)).toBe(code);
  });
});

describe("sign-in", () => {
  it.each([-1, 0, 1])("accepts the code %i steps from now", (steps) => {
    expect(device().judgeSignIn(codeStepsFromNow(steps), NOW).accepted).toBe(true);
  });

  it.each([-2, 2])("refuses the code %i steps from now", (steps) => {
    expect(device().judgeSignIn(codeStepsFromNow(steps), NOW)).toMatchObject({
      accepted: false,
      reason: "wrong",
    });
  });

  it("refuses a code that was accepted before", () => {
    const judge = device();
    judge.judgeSignIn(codeStepsFromNow(0), NOW);
    expect(judge.judgeSignIn(codeStepsFromNow(0), NOW + 5)).toMatchObject({
      accepted: false,
      reason: "replayed",
    });
  });

  it("accepts the next step after one was spent", () => {
    const judge = device();
    judge.judgeSignIn(codeStepsFromNow(0), NOW);
    expect(judge.judgeSignIn(codeStepsFromNow(1), NOW + STEP_SECONDS).accepted).toBe(true);
  });

  it.each(["", "12345", "1234567", "12345a", "123 456", "１２３４５６"])(
    "calls %j malformed",
    (code) => {
      expect(device().judgeSignIn(code, NOW)).toMatchObject({
        accepted: false,
        reason: "malformed",
      });
    },
  );

  it("suggests to resynchronise after three failures in a row", () => {
    const judge = device();
    const wrong = codeStepsFromNow(50);
    const suggestions = [1, 2, 3].map(() => {
      const verdict = judge.judgeSignIn(wrong, NOW);
      return !verdict.accepted && verdict.suggestResync;
    });
    expect(suggestions).toEqual([false, false, true]);
  });

  it("counts failures anew after a success", () => {
    const judge = device();
    const wrong = codeStepsFromNow(50);
    judge.judgeSignIn(wrong, NOW);
    judge.judgeSignIn(wrong, NOW);
    judge.judgeSignIn(codeStepsFromNow(0), NOW);
    expect(judge.judgeSignIn(wrong, NOW)).toMatchObject({ suggestResync: false });
  });
});

describe("enrolment", () => {
  it.each([
    ["previous and current", -1, 0],
    ["current and next", 0, 1],
    ["the two before the current", -2, -1],
  ])("accepts %s", (_, first, second) => {
    expect(
      device().judgeEnrolment(codeStepsFromNow(first), codeStepsFromNow(second), NOW).accepted,
    ).toBe(true);
  });

  it.each([
    ["codes in the wrong order", 0, -1],
    ["codes with a step between them", -1, 1],
    ["codes that are too old", -3, -2],
    ["codes that are too new", 1, 2],
  ])("refuses %s", (_, first, second) => {
    expect(
      device().judgeEnrolment(codeStepsFromNow(first), codeStepsFromNow(second), NOW),
    ).toMatchObject({
      accepted: false,
      reason: "wrong",
    });
  });

  it("refuses one number twice", () => {
    expect(device().judgeEnrolment(codeStepsFromNow(0), codeStepsFromNow(0), NOW)).toMatchObject({
      reason: "sameCode",
    });
  });

  it("spends both steps, so that the first sign-in needs a later code", () => {
    const judge = device();
    judge.judgeEnrolment(codeStepsFromNow(-1), codeStepsFromNow(0), NOW);
    expect(judge.judgeSignIn(codeStepsFromNow(-1), NOW)).toMatchObject({ reason: "replayed" });
    expect(judge.judgeSignIn(codeStepsFromNow(0), NOW)).toMatchObject({ reason: "replayed" });
    expect(judge.judgeSignIn(codeStepsFromNow(1), NOW).accepted).toBe(true);
  });
});

describe("resynchronising", () => {
  it("accepts two consecutive codes of a clock that is five minutes ahead, and remembers the offset", () => {
    const judge = device();
    expect(judge.judgeSignIn(codeStepsFromNow(10), NOW).accepted).toBe(false);
    expect(judge.judgeResync(codeStepsFromNow(9), codeStepsFromNow(10), NOW).accepted).toBe(true);
    expect(judge.judgeSignIn(codeStepsFromNow(11), NOW + STEP_SECONDS).accepted).toBe(true);
    expect(judge.judgeSignIn(codeStepsFromNow(1), NOW + STEP_SECONDS).accepted).toBe(false);
  });

  it("refuses a clock that is eleven minutes off", () => {
    expect(device().judgeResync(codeStepsFromNow(21), codeStepsFromNow(22), NOW).accepted).toBe(
      false,
    );
  });
});
