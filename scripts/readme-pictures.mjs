/** The pictures of the README: the popup as in the gallery, the offer at the simulated AWS. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { signInToMfaStep } from "../tests/e2e/support/journeys.mjs";
import { startWorld } from "../tests/e2e/support/world.mjs";
import { takePictures } from "../tests/views/gallery.mjs";
import { scenes } from "../tests/views/scenes.mjs";
import { build } from "./build.mjs";
import { root, step } from "./steps.mjs";

const folder = join(root, "docs");

/** @param {import("playwright-core").Browser} browser */
export async function takeReadmePictures(browser) {
  mkdirSync(folder, { recursive: true });
  const scene = scenes.find(({ name }) => name === "popup-grouped-pinned");
  if (scene === undefined) throw new Error("the scene of the README's popup is gone");
  const viewport = { width: 400, height: 560 };
  const look = { name: "readme", context: { viewport, deviceScaleFactor: 2 } };
  await step("The popup", () =>
    takePictures(browser, look, [scene], () => join(folder, "popup.png")),
  );
  await step("The offer", takeOffer);
}

/** Of a made-up entry; no secret is in the picture, and its code opens nothing. */
async function takeOffer() {
  await build();
  const world = await startWorld("chromium");
  try {
    const page = await world.browser.newPage();
    await page.setViewport({ width: 1000, height: 470 });
    await signInToMfaStep(page, { ...world.alice, account: world.alice.accountId });
    await page.offer.waitFor();
    const early = () => Math.abs(((Date.now() / 1000) % 30) - 8) < 6;
    await page.waitUntil("most of a step left", early, undefined, { timeoutMs: 30_000 });
    writeFileSync(join(folder, "offer.png"), await page.screenshot());
  } finally {
    await world.close();
  }
}
