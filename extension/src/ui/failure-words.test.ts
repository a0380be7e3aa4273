import { expect, test } from "vitest";
import { failureWords, isUnreadable } from "./failure-words";
import { words } from "./testing/memory-services";

test("says what to do about a failure that is known", () => {
  expect(failureWords({ kind: "wrongPassphraseOrTampered" }, words)).toMatch(/try again/);
});

test("names the kind of a failure that it has no words for", () => {
  expect(failureWords({ kind: "brandNewKind" }, words)).toContain("brandNewKind");
  expect(failureWords({ kind: "toString" }, words)).toContain("toString");
});

test("says how long to wait after too many tries, and at least a second", () => {
  expect(failureWords({ kind: "tooManyTries", retrySeconds: 7.2 }, words)).toContain("8 seconds");
  expect(failureWords({ kind: "tooManyTries" }, words)).toContain("1 second,");
});

test("tells a damaged vault from a wrong passphrase", () => {
  expect(isUnreadable({ kind: "bodyUnreadable" })).toBe(true);
  expect(isUnreadable({ kind: "wrongPassphraseOrTampered" })).toBe(false);
});
