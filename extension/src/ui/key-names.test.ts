import { expect, test } from "vitest";
import { chordName, runsOnMac } from "./key-names";

test.each([
  ["Alt+E", "⌥E"],
  ["Alt+↑", "⌥↑"],
  ["Alt+Shift+D", "⌥⇧D"],
  ["Ctrl+Z", "⌘Z"],
] as const)("%s is %s on a Mac, and itself elsewhere", (chord, onMac) => {
  expect(chordName(chord, true)).toBe(onMac);
  expect(chordName(chord, false)).toBe(chord);
});

test.each([
  [{ platform: "MacIntel" }, true],
  [{ platform: "", userAgentData: { platform: "macOS" } }, true],
  [{ platform: "MacIntel", userAgentData: { platform: "Windows" } }, false],
  [{ platform: "Win32" }, false],
  [{ platform: "Linux x86_64" }, false],
])("%o is a Mac: %s", (told, isMac) => {
  expect(runsOnMac(told)).toBe(isMac);
});
