import { expect, test } from "vitest";
import { assessPassphrase, isAcceptable, MIN_PASSPHRASE_LENGTH } from "./passphrase-strength";
import { words } from "./testing/memory-services";
import { makeWordPassphrase } from "./word-passphrase";

test("refuses what is shorter than twelve characters", () => {
  expect(assessPassphrase("")).toBe("empty");
  expect(assessPassphrase("elevenchars")).toBe("tooShort");
});

test("says the least length that it takes", () => {
  expect(words("strengthEmpty")).toContain(`${MIN_PASSPHRASE_LENGTH} characters`);
  expect(words("strengthTooShort")).toContain(`${MIN_PASSPHRASE_LENGTH} characters`);
});

test("counts characters, not bytes or code units", () => {
  expect(assessPassphrase("😀😁😂😃😄😅")).toBe("tooShort");
  expect(assessPassphrase("é".normalize("NFD").repeat(11))).toBe("tooShort");
});

test.each([
  ["a pattern repeated", "abcdabcdabcdabcdabcdabcd"],
  ["keys beside one another", "qwertyuiopasdfgh"],
  ["a common password with digits", "Password12345!"],
  ["a name and a date", "jennifer12081990"],
  ["what it is for", "doorcode doorcode"],
])("refuses %s", (_, passphrase) => {
  expect(assessPassphrase(passphrase)).toBe("tooEasy");
});

test("accepts words picked at random", () => {
  expect(isAcceptable(assessPassphrase("harbour violet ladder cinnamon"))).toBe(true);
});

test("makes six words that it calls strong", () => {
  let next = 0;
  const made = makeWordPassphrase((limit) => {
    next = (next + 677) % limit;
    return next;
  });
  expect(made.split(" ")).toHaveLength(6);
  expect(assessPassphrase(made)).toBe("strong");
});
