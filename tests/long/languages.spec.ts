/** Every view in every language: all of it translated, and no text cut off. */

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { catalogues } from "../../extension/src/ui/testing/catalogues";
import type { Catalogue } from "../../extension/src/words/catalogue-words";
import { startSimulatedAws } from "../../www/serve.mjs";
import { launch } from "../e2e/support/launch.mjs";
import { builtExtension } from "../e2e/support/world.mjs";
import { openGallery, serveGallery, showScene } from "../views/gallery.mjs";
import { scenes } from "../views/scenes.mjs";
import { clippedTexts, shownTexts } from "../views/texts.mjs";

declare const speak: (language: string) => void;

const { en: english = {}, ...others } = catalogues;
const WIDTHS = [320, 400, 800];

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await openGallery();
  page = await browser.newPage({ reducedMotion: "reduce" });
  await serveGallery(page);
});
afterAll(() => browser.close());

/** English messages that another language says with other words. */
function englishWords(catalogue: Catalogue): Set<string> {
  const translated = Object.keys(english).filter(
    (key) => catalogue[key] && catalogue[key].message !== english[key]?.message,
  );
  const kept = new Set(Object.values(catalogue).map(({ message }) => message));
  const words = translated.map((key) => english[key]?.message ?? "");
  return new Set(words.filter((text) => !kept.has(text)));
}

async function clippedAt(width: number): Promise<string[]> {
  await page.setViewportSize({ width, height: 560 });
  return (await clippedTexts(page)).map((text) => `${width}: ${text}`);
}

async function clippedAnywhere(widths: readonly number[]): Promise<string[]> {
  const found = [];
  for (const width of widths) found.push(...(await clippedAt(width)));
  return found;
}

describe("every language", () => {
  test.each(scenes.map((scene) => [scene.name, scene] as const))("%s", async (_name, scene) => {
    const widths = scene.width === undefined ? WIDTHS : [...WIDTHS, scene.width];
    await page.setViewportSize({ width: scene.width ?? 400, height: 560 });
    await showScene(page, scene);
    // Long names of the user's own are cut off in any language, and what follows them with them.
    const own = (await clippedAnywhere(widths)).map((text) => text.split(" · ")[0] ?? "");
    const isOwn = (text: string) =>
      /subsidiary\.example\.com · /.test(text) || own.some((name) => text.startsWith(name));
    const wrong: Record<string, string[]> = {};
    for (const [language, catalogue] of Object.entries(others)) {
      await page.evaluate((tag) => speak(tag), language);
      await page.waitForFunction((tag) => document.documentElement.lang === tag, language);
      const cut = (await clippedAnywhere(widths)).filter((text) => !isOwn(text));
      const foreign = englishWords(catalogue);
      const left = (await shownTexts(page)).filter((text) => foreign.has(text));
      const found = [...cut, ...left.map((text) => `English: ${text}`)];
      if (found.length > 0) wrong[language] = found;
    }
    expect(wrong).toEqual({});
  });
});

test("the built extension speaks the language of the browser", async () => {
  const aws = await startSimulatedAws();
  const extensionDir = builtExtension("chromium");
  const args = ["--lang=ja"];
  const japanese = await launch("chromium", { extensionDir, awsPort: aws.port, args });
  try {
    const popup = await japanese.openExtensionPage("popup.html");
    await popup.waitFor("h1");
    const shown = await popup.evaluate(
      () => [document.documentElement.lang, document.querySelector("h1")?.textContent],
      undefined,
    );
    expect(shown).toEqual(["ja", catalogues.ja?.absentTitle?.message]);
  } finally {
    await japanese.close();
    await aws.close();
  }
});
