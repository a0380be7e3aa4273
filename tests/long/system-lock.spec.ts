/**
 * The lock of the whole system locks the vault. Chromium takes the screen saver of X11 for it, so this runs in a window
 * on an Xvfb of its own; it is left out, with a word, where Xvfb or xset is missing. Firefox does not tell of the lock.
 */

import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hasScreen, onScreen } from "../e2e/support/screen.mjs";
import { startWorld } from "../e2e/support/world.mjs";

const DISPLAY = ":94";

let shown: { started: Awaited<ReturnType<typeof startWorld>>; turnOff: () => void } | undefined;

beforeAll(async () => {
  if (hasScreen) shown = await onScreen(DISPLAY, () => startWorld("chromium", { headless: false }));
});
afterAll(async () => {
  await shown?.started.close();
  shown?.turnOff();
});

test.skipIf(!hasScreen)("locks the vault when the system locks", async () => {
  const { browser } = shown?.started ?? expect.fail("no browser");
  const popup = await browser.openExtensionPage("popup.html");
  await popup.waitFor(".list-screen");
  execFileSync("xset", ["-display", DISPLAY, "s", "activate"]);
  await popup.waitFor("input[type=password]", { timeoutMs: 60_000 });
});
