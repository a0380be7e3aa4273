// @vitest-environment happy-dom
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Envelope } from "../messaging";
import { afterOpening, askAtOnce } from "./opening";

const question: Envelope = { channel: "page", name: "readPopup", request: {} };
const other: Envelope = { channel: "page", name: "readTab", request: {} };

afterEach(() => {
  globalThis.opening = undefined;
  vi.useRealTimers();
});

/** Numbers its answers. */
function counting() {
  let asked = 0;
  return async ({ name }: Envelope) => `${name} ${++asked}`;
}

describe("the question that is asked at once", () => {
  test("is not asked again by whoever asks first", async () => {
    const transport = counting();
    askAtOnce(transport);
    const later = afterOpening(transport);
    expect(await later(question)).toBe("readPopup 1");
    expect(await later(question)).toBe("readPopup 2");
  });

  test("answers no other one", async () => {
    const transport = counting();
    askAtOnce(transport);
    expect(await afterOpening(transport)(other)).toBe("readTab 2");
  });

  test("is answered without a frame where nobody sees the page", async () => {
    vi.useFakeTimers();
    vi.stubGlobal("requestAnimationFrame", () => 0);
    let answered = false;
    askAtOnce(counting());
    void globalThis.opening?.then(() => {
      answered = true;
    });
    await vi.advanceTimersByTimeAsync(99);
    expect(answered).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(answered).toBe(true);
    vi.unstubAllGlobals();
  });

  test("hands a failure to whoever takes the answer", async () => {
    askAtOnce(() => Promise.reject(new Error("no background")));
    await expect(afterOpening(counting())(question)).rejects.toThrow("no background");
  });
});
