import { expect, test } from "vitest";
import { assessPassphrase, isAcceptable, MIN_PASSPHRASE_LENGTH } from "./passphrase-strength";
import { words } from "./testing/memory-services";

test("refuses what is shorter than twelve characters", () => {
  expect(assessPassphrase("")).toBe("empty");
  expect(assessPassphrase("elevenchars")).toBe("tooShort");
  expect(isAcceptable(assessPassphrase("twelve chars"))).toBe(true);
});

test("says the least length that it takes", () => {
  expect(words("strengthEmpty")).toContain(`${MIN_PASSPHRASE_LENGTH} characters`);
  expect(words("strengthTooShort")).toContain(`${MIN_PASSPHRASE_LENGTH} characters`);
});

test("counts characters, not bytes or code units", () => {
  expect(assessPassphrase("😀😁😂😃😄😅")).toBe("tooShort");
  expect(assessPassphrase("é".normalize("NFD").repeat(11))).toBe("tooShort");
});

test("refuses a short pattern however often it is repeated", () => {
  expect(assessPassphrase("abcdabcdabcdabcdabcdabcd")).toBe("tooUniform");
});

test("calls a long one long and never strong", () => {
  expect(assessPassphrase("correct horse battery")).toBe("long");
});
