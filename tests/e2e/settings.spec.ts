/** The way through the settings: their contents, beside the sections or above them. */

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openGallery, serveGallery, showScene } from "../views/gallery.mjs";

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await openGallery();
});
beforeEach(async () => {
  page = await browser.newPage();
  await serveGallery(page);
});
afterAll(() => browser.close());

async function open(width: number, query = "") {
  await page.setViewportSize({ width, height: 700 });
  await showScene(page, { name: "", page: "options", state: "kinds", query });
  await page.getByRole("navigation", { name: "Contents" }).waitFor();
}
const link = (name: string) =>
  page.getByRole("navigation").getByRole("link", { name, exact: true });
const current = () => page.locator("nav [aria-current]").allTextContents();
/** How far below the upper edge of the window the section with this title is, in pixels. */
const below = (title: string) =>
  page.getByRole("heading", { name: title, exact: true, level: 2 }).evaluate((heading) => {
    return Math.round(heading.closest("section")?.getBoundingClientRect().top ?? Number.NaN);
  });

test("beside the sections, they stay in sight and mark the one that is read", async () => {
  await open(1280);
  await expect.poll(current).toEqual(["Locking"]);
  await link("Backup").click();
  await expect.poll(() => below("Backup")).toBe(20);
  await expect.poll(current).toEqual(["Backup"]);
  expect(await link("Locking").evaluate((one) => one.getBoundingClientRect().top)).toBe(32);
  // The last sections never come to the top.
  await link("About").click();
  await expect.poll(current).toEqual(["About"]);
  await page.mouse.move(640, 350);
  await page.mouse.wheel(0, -20_000);
  await expect.poll(current).toEqual(["Locking"]);
});

test("by keyboard, what follows a link is in the section that it leads to", async () => {
  await open(1280);
  await link("Appearance").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.closest("section")?.id)).toBe(
    "appearance",
  );
});

test("stand where the script begins", async () => {
  const edges = () =>
    page.evaluate(() => {
      const of = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
      return { contents: of("nav")?.x ?? 0, section: of("section")?.x ?? 0 };
    });
  await open(1280);
  const left = await edges();
  expect(left.contents).toBeLessThan(left.section);
  await open(1280, "&rtl");
  const right = await edges();
  expect(right.contents).toBeGreaterThan(right.section);
});

test("in a narrow window they are closed above the sections, until they are asked for", async () => {
  await open(320);
  expect(await link("Backup").isVisible()).toBe(false);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await link("Backup").click();
  await expect.poll(() => below("Backup")).toBe(20);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await page.setViewportSize({ width: 1280, height: 700 });
  await expect.poll(() => link("Locking").isVisible()).toBe(true);
});
