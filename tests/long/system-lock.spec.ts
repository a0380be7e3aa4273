/**
 * The lock of the whole system locks the vault. Chromium takes the screen saver of X11 for it, so this runs in a window
 * on an Xvfb of its own; it is left out, with a word, where Xvfb or xset is missing. Firefox does not tell of the lock.
 */

import { execFileSync, spawn, spawnSync } from "node:child_process";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startWorld } from "../e2e/support/world.mjs";

const DISPLAY = ":94";
const present = ["Xvfb", "xset"].every((name) => spawnSync("which", [name]).status === 0);
if (!present) process.stdout.write("! Xvfb or xset is missing: the system lock is not tested\n");

let screen: ReturnType<typeof spawn> | undefined;
let world: Awaited<ReturnType<typeof startWorld>> | undefined;

beforeAll(async () => {
  if (!present) return;
  screen = spawn("Xvfb", [DISPLAY, "-screen", "0", "1280x900x24"], { stdio: "ignore" });
  const answers = () => spawnSync("xset", ["-display", DISPLAY, "q"]).status === 0;
  await vi.waitUntil(answers, { timeout: 10_000 });
  const before = process.env.DISPLAY;
  process.env.DISPLAY = DISPLAY;
  world = await startWorld("chromium", { headless: false });
  if (before === undefined) delete process.env.DISPLAY;
  else process.env.DISPLAY = before;
});
afterAll(async () => {
  await world?.close();
  screen?.kill();
});

test.skipIf(!present)("locks the vault when the system locks", async () => {
  const { browser } = world ?? expect.fail("no browser");
  const popup = await browser.openExtensionPage("popup.html");
  await popup.waitFor(".list-screen");
  execFileSync("xset", ["-display", DISPLAY, "s", "activate"]);
  await popup.waitFor("input[type=password]", { timeoutMs: 60_000 });
});
