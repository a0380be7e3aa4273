/** What assistive technology is told of the popup's main views: pinned, so that no change slips in. */

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openGallery, serveGallery, showScene } from "../views/gallery.mjs";
import { scenes } from "../views/scenes.mjs";

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await openGallery();
  page = await browser.newPage({ viewport: { width: 400, height: 560 }, reducedMotion: "reduce" });
  await serveGallery(page);
});
afterAll(() => browser.close());

const pinned = [
  "absent",
  "empty",
  "grouped-pinned",
  "ordered",
  "hidden",
  "prompt-several",
  "edit",
  "qr-ask",
];

test.each(pinned)("popup-%s", async (name) => {
  const scene = scenes.find((one) => one.name === `popup-${name}`);
  if (scene === undefined) throw new Error(`no scene ${name}`);
  await showScene(page, scene);
  await expect(await page.locator("body").ariaSnapshot()).toMatchFileSnapshot(
    `./names/popup-${name}.txt`,
  );
});
