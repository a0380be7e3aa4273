/**
 * Pictures of every view in every state, to be looked at: `node scripts/screenshots.mjs [name]`
 * writes those whose name contains the text to `build/screenshots/`.
 */

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { buildGallery, serveGallery, showScene } from "../tests/views/gallery.mjs";
import { scenes } from "../tests/views/scenes.mjs";
import { findBrowser } from "./browser.mjs";
import { root } from "./steps.mjs";

/** @type {{ name: string, width: number, options: import("playwright-core").BrowserContextOptions }[]} */
const looks = [
  { name: "light", width: 400, options: { colorScheme: "light" } },
  { name: "dark", width: 400, options: { colorScheme: "dark" } },
  { name: "narrow", width: 320, options: { colorScheme: "light" } },
  { name: "wide", width: 800, options: { colorScheme: "dark" } },
  { name: "forced-colors", width: 400, options: { forcedColors: "active" } },
];

/** The end of the animations, in milliseconds. */
const SETTLED_MS = 250;

const pattern = process.argv[2] ?? "";
const out = join(root, "build/screenshots");
mkdirSync(out, { recursive: true });
await buildGallery();
const browser = await chromium.launch({
  executablePath: await findBrowser("chromium"),
  chromiumSandbox: false,
});
for (const { name, width, options } of looks) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await serveGallery(page);
  for (const scene of scenes.filter((known) => known.name.includes(pattern))) {
    const isPopup = scene.page === "popup";
    // Pages in a tab are as much wider than the popup as tabs are.
    const height = isPopup ? 560 : 800;
    await page.setViewportSize({ width: isPopup || width === 320 ? width : width * 2, height });
    await showScene(page, scene);
    await page.waitForTimeout(SETTLED_MS);
    await page.screenshot({ path: join(out, `${scene.name}-${name}.png`), fullPage: !isPopup });
  }
  await context.close();
}
await browser.close();
