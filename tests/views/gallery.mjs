/** Shows scenes in a real browser, under the Content Security Policy of the extension. */

import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import * as esbuild from "esbuild";
import { chromium } from "playwright-core";
import { findBrowser } from "../../scripts/browser.mjs";
import { root } from "../../scripts/steps.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("./scenes.mjs").Scene} Scene */

const ORIGIN = "https://gallery.test";
const source = join(root, "extension/src");
/** @type {Record<string, string>} */
const contentTypes = { ".css": "text/css", ".js": "text/javascript" };
/** @type {Map<string, string>} */
let files = new Map();
const styles = ["popup", "welcome", "options", "scan", "import"];

/**
 * How people may have set their systems, and how wide the window is.
 * @typedef {object} Look
 * @property {string} name
 * @property {import("playwright-core").BrowserContextOptions} context
 * @property {string} [query] more of the gallery's address
 */

/** @param {number} width @param {number} [height] */
const sized = (width, height = 560) => ({
  viewport: { width, height },
  reducedMotion: /** @type {const} */ ("reduce"),
});

/** @type {Look[]} */
export const looks = [
  { name: "light", context: { ...sized(400), colorScheme: "light" } },
  { name: "dark", context: { ...sized(400), colorScheme: "dark" } },
  { name: "contrast", context: { ...sized(400), colorScheme: "light", contrast: "more" } },
  { name: "contrast-dark", context: { ...sized(400), colorScheme: "dark", contrast: "more" } },
  { name: "forced", context: { ...sized(400), forcedColors: "active" } },
  { name: "forced-dark", context: { ...sized(400), forcedColors: "active", colorScheme: "dark" } },
  { name: "rtl", context: sized(400), query: "&rtl" },
  { name: "narrow", context: sized(320) },
  { name: "wide", context: sized(800, 600) },
  // The popup at 200 %: a browser gives it 800 by 600 pixels at most.
  { name: "zoomed", context: { ...sized(400, 300), deviceScaleFactor: 2 } },
];

/** Builds the gallery and starts a browser for it. @returns {Promise<import("playwright-core").Browser>} */
export async function openGallery() {
  files = await buildGallery();
  return chromium.launch({
    executablePath: await findBrowser("chromium"),
    chromiumSandbox: false,
  });
}

/**
 * The files of the gallery by their paths, in memory: several tests build it at the same time.
 * @returns {Promise<Map<string, string>>}
 */
async function buildGallery() {
  const { outputFiles } = await esbuild.build({
    bundle: true,
    write: false,
    outdir: "/",
    format: "esm",
    target: ["chrome123", "firefox142"],
    logLevel: "warning",
    jsx: "automatic",
    jsxImportSource: "preact",
    entryPoints: [
      { in: join(source, "ui/testing/gallery.tsx"), out: "gallery" },
      ...styles.map((name) => ({ in: join(source, name, `${name}.css`), out: name })),
    ],
  });
  return new Map(outputFiles.map(({ path, text }) => [path, text]));
}

function contentSecurityPolicy() {
  const manifest = JSON.parse(readFileSync(join(root, "extension/manifest.json"), "utf8"));
  return manifest.content_security_policy.extension_pages;
}

const html = (/** @type {string} */ style) => `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <meta name="viewport" content="width=device-width, initial-scale=1" />
  <title>Doorcode</title>
  <link rel="stylesheet" href="/${style}.css" />
  <script type="module" src="/gallery.js"></script>
  <div id="root"></div>
</html>`;

/**
 * Answers the requests of a page from the gallery that was built.
 * @param {Page} page
 */
export async function serveGallery(page) {
  const policy = contentSecurityPolicy();
  await page.route("**/*", (route) => {
    const url = new URL(route.request().url());
    if (url.origin !== ORIGIN) return route.abort();
    if (url.pathname === "/") {
      return route.fulfill({
        contentType: "text/html",
        headers: { "content-security-policy": policy },
        body: html(url.searchParams.get("page") ?? ""),
      });
    }
    const body = files.get(url.pathname);
    if (body === undefined) return route.fulfill({ status: 404, body: "" });
    return route.fulfill({
      contentType: contentTypes[extname(url.pathname)] ?? "text/plain",
      body,
    });
  });
}

/**
 * Opens a scene in a page that `serveGallery` serves.
 * @param {Page} page
 * @param {Scene} scene
 */
export async function showScene(page, { page: name, state, query = "", act }) {
  await page.goto(`${ORIGIN}/?page=${name}&state=${state}${query}`);
  await page.locator("main h1").first().waitFor({ state: "attached" });
  await act?.(page);
}

/**
 * Takes a picture of each scene in one look.
 * @param {import("playwright-core").Browser} browser
 * @param {Look} look
 * @param {Scene[]} scenes
 * @param {(scene: Scene) => string} pathOf
 */
export async function takePictures(browser, look, scenes, pathOf) {
  if (scenes.length === 0) return;
  const context = await browser.newContext(look.context);
  const page = await context.newPage();
  await serveGallery(page);
  const { viewport } = /** @type {{ viewport: { width: number, height: number } }} */ (
    look.context
  );
  for (const scene of scenes) {
    await page.setViewportSize({ ...viewport, ...(scene.width && { width: scene.width }) });
    await showScene(page, { ...scene, query: `${scene.query ?? ""}${look.query ?? ""}` });
    await page.screenshot({ path: pathOf(scene), fullPage: scene.page !== "popup" });
  }
  await context.close();
}

/**
 * Takes a picture of each scene in each language, where texts have the least room.
 * @param {import("playwright-core").Browser} browser
 * @param {Scene[]} scenes
 * @param {string[]} languages
 * @param {(scene: Scene, language: string) => string} pathOf
 */
export async function takeLanguagePictures(browser, scenes, languages, pathOf) {
  const context = await browser.newContext({ ...sized(320), colorScheme: "light" });
  const page = await context.newPage();
  await serveGallery(page);
  for (const scene of scenes) {
    await page.setViewportSize({ width: scene.width ?? 320, height: 560 });
    await showScene(page, scene);
    for (const language of languages) {
      await page.evaluate((tag) => /** @type {any} */ (globalThis).speak(tag), language);
      await page.waitForFunction((tag) => document.documentElement.lang === tag, language);
      const path = pathOf(scene, language);
      await page.screenshot({ path, fullPage: scene.page !== "popup" });
    }
  }
  await context.close();
}
