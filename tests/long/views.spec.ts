/** Every view in a real browser: open to everyone, within its width, and still when codes change. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { looks, openGallery, serveGallery, showScene } from "../views/gallery.mjs";
import { scenes } from "../views/scenes.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

type AxeResult = { violations: { id: string; nodes: { target: string[] }[] }[] };

let browser: Browser;

beforeAll(async () => {
  browser = await openGallery();
});
afterAll(() => browser.close());

async function violations(page: Page): Promise<string[]> {
  // Through the debugger: the Content Security Policy of the page stays in force.
  const session = await page.context().newCDPSession(page);
  const evaluate = (expression: string) =>
    session.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
  await evaluate(axe);
  const { result } = await evaluate("axe.run(document, { resultTypes: ['violations'] })");
  await session.detach();
  return (result.value as AxeResult).violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
  );
}

const others = ["narrow", "wide", "zoomed"];

describe.each(
  looks.filter(({ name }) => !others.includes(name)).map((look) => [look.name, look] as const),
)("in the look “%s”", (_name, look) => {
  let context: BrowserContext;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    context = await browser.newContext(look.context);
    page = await context.newPage();
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    await serveGallery(page);
  });
  afterAll(() => context.close());

  test.each(scenes.map((scene) => [scene.name, scene] as const))("%s", async (_name, scene) => {
    complaints.length = 0;
    await page.setViewportSize({ width: scene.width ?? 400, height: 560 });
    await showScene(page, { ...scene, query: `${scene.query ?? ""}${look.query ?? ""}` });
    expect(await violations(page)).toEqual([]);
    for (const width of [320, 800]) {
      await page.setViewportSize({ width, height: 560 });
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wider, `pixels beyond ${width}`).toBeLessThanOrEqual(0);
    }
    expect(complaints).toEqual([]);
  });
});

test("a long list is drawn as it is reached, to the last entry by keyboard", async () => {
  const page = await browser.newPage({ viewport: { width: 400, height: 560 } });
  await serveGallery(page);
  await showScene(page, { name: "huge", page: "popup", state: "huge" });
  await page.locator(".entry").first().waitFor();
  expect(await page.locator(".entry").count()).toBeLessThan(100);
  await page.keyboard.press("ArrowDown");
  const last = page.locator(".entry-main", { hasText: "team-500" });
  for (let presses = 0; presses < 50 && (await last.count()) === 0; presses++) {
    await page.keyboard.press("End");
    await page.waitForTimeout(100);
  }
  await page.keyboard.press("End");
  expect(await last.evaluate((row) => row === document.activeElement)).toBe(true);
  await page.close();
});

test("nothing moves when the next code appears and when it takes the place of the last", async () => {
  const page = await browser.newPage({ viewport: { width: 400, height: 560 } });
  await serveGallery(page);
  for (const seconds of [19, 28]) {
    const query = `&live&seconds=${seconds}`;
    await showScene(page, { name: "live", page: "popup", state: "prompt", query });
    await page.locator(".code").first().waitFor();
    const before = await page.locator(".list").innerText();
    const shifts = await page.evaluate(async () => {
      const seen: number[] = [];
      const observer = new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.push((entry as { value?: number }).value ?? 0);
      });
      observer.observe({ type: "layout-shift", buffered: false });
      await new Promise((resolve) => setTimeout(resolve, 3500));
      return seen;
    });
    expect(await page.locator(".list").innerText()).not.toBe(before);
    expect(shifts).toEqual([]);
  }
  await page.close();
});
