/**
 * `npm run views`: a picture of every view in every look, into `build/views-pictures`, which is not
 * committed. `npm run views -- popup-kinds dark` takes those whose names have all of these parts.
 */

import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { buildGallery, looks, serveGallery, showScene } from "../tests/views/gallery.mjs";
import { scenes } from "../tests/views/scenes.mjs";
import { findBrowser } from "./browser.mjs";
import { root, runScript } from "./steps.mjs";

const folder = join(root, "build/views-pictures");

await runScript(async () => {
  const parts = process.argv.slice(2);
  await buildGallery();
  if (parts.length === 0) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const executablePath = await findBrowser("chromium");
  const browser = await chromium.launch({ executablePath, chromiumSandbox: false });
  try {
    for (const look of looks) {
      const wanted = scenes.filter(({ name }) =>
        parts.every((part) => `${name} ${look.name}`.includes(part)),
      );
      if (wanted.length === 0) continue;
      const context = await browser.newContext(look.context);
      const page = await context.newPage();
      await serveGallery(page);
      for (const scene of wanted) {
        await showScene(page, { ...scene, query: `${scene.query ?? ""}${look.query ?? ""}` });
        const path = join(folder, `${scene.name}.${look.name}.png`);
        await page.screenshot({ path, fullPage: scene.page !== "popup" });
      }
      await context.close();
    }
  } finally {
    await browser.close();
  }
});
