/**
 * What a user with 500 entries waits for, in Chromium: the unlocked state back after the browser
 * killed the service worker, and the first code after a click on the toolbar button.
 */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { launch } from "../e2e/support/launch.mjs";
import { startWorld } from "../e2e/support/world.mjs";
import { median, short } from "./measure.mjs";

const ENTRIES = 500;
const ROUNDS = 25;
const WARM_UPS = 2;
const RESUMES = 40;
const SETTLE_MS = 1_000;

/** By then the popup is there: whoever looks earlier takes the time of the browser that is measured. */
const QUIET_MS = 600;

/** @returns {Promise<import("../../scripts/bench.mjs").BenchResult>} */
export async function run() {
  const world = await startWorld("chromium");
  try {
    await addEntries(world.browser);
    const resume = await measureResume(world.browser);
    const { warm, cold, bare } = await measurePopups(world.browser);
    const figure = (/** @type {PopupTime[]} */ times) => ({
      medianMs: middle(times.map(({ documentMs, codeMs }) => documentMs + codeMs)),
      ofWhichBrowserMs: middle(times.map(({ documentMs }) => documentMs)),
      ofWhichPopupMs: middle(times.map(({ codeMs }) => codeMs)),
      rounds: times.length,
    });
    const row = (/** @type {string} */ name, /** @type {PopupTime[]} */ times) => {
      const { medianMs, ofWhichBrowserMs, ofWhichPopupMs } = figure(times);
      return [name, medianMs, ofWhichBrowserMs, ofWhichPopupMs];
    };
    return {
      figures: {
        entries: ENTRIES,
        resume: { medianMs: short(resume.medianMs), minMs: short(resume.minMs), rounds: RESUMES },
        popupWarm: figure(warm),
        popupCold: figure(cold),
        barePopup: figure(bare),
      },
      tables: [
        {
          title: `Unlocked state back after a killed worker, without its start, ${ENTRIES} entries, ms`,
          columns: ["rounds", "median", "min"],
          rows: [[RESUMES, short(resume.medianMs), short(resume.minMs)]],
        },
        {
          title: `From the toolbar click to the first code, ${ENTRIES} entries, ms`,
          columns: ["worker", "median", "of which until the popup's document", "of which popup"],
          rows: [row("awake", warm), row("killed", cold), row("none: a popup with one word", bare)],
        },
      ],
    };
  } finally {
    await world.close();
  }
}

/** @typedef {import("../e2e/support/launch.mjs").Browser} Browser */

/** @typedef {{ documentMs: number, codeMs: number }} PopupTime */

/** @param {number[]} values */
const middle = (values) => short(median(values.sort((left, right) => left - right)));

/** @param {Browser} browser */
async function addEntries(browser) {
  const page = await browser.openExtensionPage("popup.html");
  await page.waitFor(".entry .code");
  await page.evaluate(async (count) => {
    for (let number = 1; number < count; number += 1) {
      const secret = number.toString(2).padStart(32, "0").replaceAll("0", "A").replaceAll("1", "B");
      const label = `Amazon%20Web%20Services:user-${number}@${100_000_000_000 + number}`;
      const uri = `otpauth://totp/${label}?secret=${secret}&issuer=Amazon%20Web%20Services`;
      const request = { kind: "keyUri", uri };
      const reply = await chrome.runtime.sendMessage({
        channel: "page",
        name: "addEntry",
        request,
      });
      if (!reply.ok) throw new Error(`not added: ${reply.error.kind}`);
    }
  }, ENTRIES);
  await page.close();
}

/**
 * The time from the session in two halves to an open vault: `storage.session`, IndexedDB, AES-GCM,
 * `storage.local` and the core, all of them the browser's own.
 * @param {Browser} browser
 */
async function measureResume(browser) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [fileURLToPath(new URL("unlocked-page.mjs", import.meta.url))],
    bundle: true,
    format: "iife",
    globalName: "unlocked",
    write: false,
    logLevel: "error",
  });
  const page = await browser.openExtensionPage("manifest.json");
  const tools = await browser.openDevTools?.(page);
  if (!tools) throw new Error("only Chromium can be measured");
  const { result, exceptionDetails } = await tools.send("Runtime.evaluate", {
    expression: `${outputFiles[0]?.text ?? ""}; unlocked.run(${RESUMES})`,
    awaitPromise: true,
    returnByValue: true,
  });
  await page.close();
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description);
  return /** @type {import("./measure.mjs").Timing} */ (result.value[0]);
}

/**
 * A machine is faster in one minute than in the next: each round opens all three.
 * @param {Browser} browser
 */
async function measurePopups(browser) {
  const extensionDir = writeBareExtension();
  const bareBrowser = await launch("chromium", { extensionDir, awsPort: 1 });
  try {
    const open = await popupOpener(browser);
    const openBare = await popupOpener(bareBrowser);
    const openers = {
      warm: () => wake(browser).then(() => open(firstCode)),
      cold: () => browser.stopBackground().then(() => open(firstCode)),
      bare: () => openBare(firstPaint),
    };
    /** @type {Record<keyof typeof openers, PopupTime[]>} */
    const times = { warm: [], cold: [], bare: [] };
    for (let round = -WARM_UPS; round < ROUNDS; round += 1) {
      for (const kind of /** @type {(keyof typeof openers)[]} */ (Object.keys(openers))) {
        const time = await openers[kind]();
        if (round >= 0) times[kind].push(time);
      }
    }
    return times;
  } finally {
    await bareBrowser.close();
    rmSync(extensionDir, { recursive: true });
  }
}

/**
 * What opens the popup of a browser, once, and times what is asked for in it.
 * @param {Browser} browser
 */
async function popupOpener(browser) {
  await browser.pinToToolbar?.();
  const page = await browser.newPage("about:blank");
  return async (/** @type {typeof firstPaint} */ shown) => {
    await settle();
    const popup = await browser.openPopup(page, QUIET_MS);
    const { origin, shownMs } = await popup.evaluate(shown, undefined);
    await popup.close();
    return { documentMs: origin - (popup.clickedAt ?? origin), codeMs: shownMs };
  };
}

/** What any popup takes in this browser on this machine: one with a word in it, and no script. */
function writeBareExtension() {
  const extensionDir = mkdtempSync(join(tmpdir(), "bare-popup-"));
  const manifest = {
    manifest_version: 3,
    name: "A word",
    version: "1",
    action: { default_popup: "popup.html" },
    background: { service_worker: "worker.js" },
  };
  writeFileSync(join(extensionDir, "manifest.json"), JSON.stringify(manifest));
  writeFileSync(join(extensionDir, "worker.js"), "");
  writeFileSync(join(extensionDir, "popup.html"), "<!doctype html><title>A word</title><p>word");
  return extensionDir;
}

/** @returns {Promise<{ origin: number, shownMs: number }>} */
function firstPaint() {
  return new Promise((resolve) => {
    new PerformanceObserver((list, observer) => {
      const painted = list.getEntries().find(({ name }) => name === "first-contentful-paint");
      if (painted === undefined) return;
      observer.disconnect();
      resolve({ origin: performance.timeOrigin, shownMs: painted.startTime });
    }).observe({ type: "paint", buffered: true });
  });
}

/** A browser that still closes a page, or ends a worker, opens no popup meanwhile. */
const settle = () => new Promise((resolve) => setTimeout(resolve, SETTLE_MS));

/** @param {Browser} browser */
async function wake(browser) {
  const page = await browser.openExtensionPage("manifest.json");
  await page.evaluate(
    () => chrome.runtime.sendMessage({ channel: "page", name: "listEntries", request: {} }),
    undefined,
  );
  await page.close();
}

/**
 * Runs in the popup: when its document began (Unix time in milliseconds), and how many milliseconds
 * later its first frame with anything in it was on the screen. The codes are in that frame: the list
 * is drawn in one go, and before it nothing is.
 * @returns {Promise<{ origin: number, shownMs: number }>}
 */
function firstCode() {
  return new Promise((resolve, reject) => {
    new PerformanceObserver((list, observer) => {
      const [first] = /** @type {(PerformanceEntry & { element?: Element })[]} */ (
        list.getEntries()
      );
      observer.disconnect();
      if (!/^\d{3}.\d{3}$/.test(document.querySelector(".entry .code")?.textContent ?? "")) {
        reject(new Error("the popup shows no code"));
      } else if (!first?.element?.closest(".entry")) {
        reject(new Error("something else was drawn before the list"));
      } else {
        resolve({ origin: performance.timeOrigin, shownMs: first.startTime });
      }
    }).observe({ type: "largest-contentful-paint", buffered: true });
  });
}
