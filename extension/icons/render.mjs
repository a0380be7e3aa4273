/** Renders `icon.svg` in the sizes of the manifest: `node extension/icons/render.mjs`. */

import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { findBrowser } from "../../scripts/browser.mjs";

const SIZES = [16, 32, 48, 128];

const svg = readFileSync(new URL("icon.svg", import.meta.url), "utf8");
const browser = await chromium.launch({
  executablePath: await findBrowser("chromium"),
  chromiumSandbox: false,
});
const page = await browser.newPage();
for (const size of SIZES) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>body { margin: 0 } svg { display: block; width: 100vw; height: 100vh }</style>${svg}`,
  );
  const path = new URL(`${size}.png`, import.meta.url).pathname;
  await page.screenshot({ path, omitBackground: true });
}
await browser.close();
