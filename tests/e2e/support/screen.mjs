/** A screen of its own, for what browsers do in a window only: Xvfb, an X server without a monitor. */

import { spawn, spawnSync } from "node:child_process";
import { waitUntil } from "./wait.mjs";

/** Whether Xvfb is here, and xset, which asks it. */
export const hasScreen = ["Xvfb", "xset"].every((name) => spawnSync("which", [name]).status === 0);
if (!hasScreen) process.stdout.write("! Xvfb or xset is missing: nothing is tested in a window\n");

/**
 * Runs `start` with the screen as its display.
 * @template T
 * @param {string} display such as `:94`
 * @param {() => Promise<T>} start
 * @returns {Promise<{ started: T, turnOff: () => void }>}
 */
export async function onScreen(display, start) {
  const screen = spawn("Xvfb", [display, "-screen", "0", "1280x900x24"], { stdio: "ignore" });
  const before = process.env.DISPLAY;
  try {
    const answers = async () => spawnSync("xset", ["-display", display, "q"]).status === 0;
    await waitUntil(answers, { what: `an X server at ${display}` });
    process.env.DISPLAY = display;
    return { started: await start(), turnOff: () => screen.kill() };
  } catch (error) {
    screen.kill();
    throw error;
  } finally {
    if (before === undefined) delete process.env.DISPLAY;
    else process.env.DISPLAY = before;
  }
}
