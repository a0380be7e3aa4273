/** Doorcode tried in a page, without installing it: the demo from its static files. */

import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { Secret, TOTP } from "otpauth";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findBrowser } from "../../scripts/browser.mjs";
import { root } from "../../scripts/steps.mjs";
import { buildDemo } from "../../www/demo/build.mjs";

const TYPES: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
};

const folder = join(root, "build/demo");
const requests: string[] = [];
let browser: Browser;
let page: Page;
let server: Server;

beforeAll(async () => {
  await buildDemo(folder);
  server = createServer((request, response) => {
    const path = join(folder, request.url === "/" ? "index.html" : (request.url ?? ""));
    if (!existsSync(path)) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "text/plain" });
    return response.end(readFileSync(path));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  browser = await chromium.launch({
    executablePath: await findBrowser("chromium"),
    chromiumSandbox: false,
  });
  page = await browser.newPage();
  page.on("request", (request) => requests.push(new URL(request.url()).origin));
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});
afterAll(async () => {
  await browser.close();
  server.close();
});

test("fills a code that an independent authenticator gives too", async () => {
  await page.locator(".prompt-entry .code").waitFor();
  const secret = Secret.fromUTF8("made up: alice.");
  // The step may end between the two readings.
  const now = Date.now();
  const expected = [now, now + 30_000].map((timestamp) =>
    new TOTP({ secret }).generate({ timestamp }),
  );
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("INPUT");
  await page.keyboard.press("Enter");
  const field = page.getByLabel("MFA code");
  await expect.poll(() => field.inputValue()).toMatch(/^\d{6}$/);
  expect(expected).toContain(await field.inputValue());
});

test("locks, and opens with the passphrase that the page tells", async () => {
  await page.getByRole("button", { name: "Open the popup" }).click();
  await page.getByRole("button", { name: "Lock now" }).click();
  const passphrase = await page.locator(".desk-side code").innerText();
  await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await page.keyboard.press("Enter");
  await page.locator(".prompt-entry .code").waitFor();
});

test("asks nobody but its own server", () => {
  expect(new Set(requests)).toEqual(new Set([new URL(page.url()).origin]));
});
