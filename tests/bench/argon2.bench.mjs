/** Argon2id, 64 MiB, three passes, in a page of Chromium, beside the implementations that others ship. */

import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { chromium } from "playwright-core";
import { findBrowser } from "../../scripts/browser.mjs";
import { short } from "./measure.mjs";

const ROUNDS = 9;

/** @returns {Promise<import("../../scripts/bench.mjs").BenchResult>} */
export async function run() {
  const { outputFiles } = await esbuild.build({
    entryPoints: [fileURLToPath(new URL("argon2-page.mjs", import.meta.url))],
    bundle: true,
    format: "iife",
    globalName: "contest",
    loader: { ".wasm": "binary" },
    // Parts of the peers that only Node runs.
    external: ["node:*", "fs", "path", "crypto"],
    write: false,
    logLevel: "error",
  });
  const browser = await chromium.launch({
    executablePath: await findBrowser("chromium"),
    chromiumSandbox: process.getuid?.() !== 0,
  });
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: outputFiles[0]?.text ?? "" });
    const timings = /** @type {import("./measure.mjs").Timing[]} */ (
      await page.evaluate(`contest.run(${ROUNDS})`)
    );
    const own = timings.find(({ name }) => name === "Doorcode")?.medianMs ?? Number.NaN;
    const rows = timings.map(({ name, medianMs, minMs }) => ({
      name,
      medianMs: short(medianMs),
      minMs: short(minMs),
      times: short(medianMs / own),
    }));
    return {
      figures: {
        rounds: ROUNDS,
        ...Object.fromEntries(rows.map(({ name, ...figures }) => [name, figures])),
      },
      tables: [
        {
          title: "Argon2id, 64 MiB, 3 passes, 1 lane, in a page of Chromium, ms",
          columns: ["implementation", "median", "min", "times Doorcode"],
          rows: rows.map(({ name, medianMs, minMs, times }) => [name, medianMs, minMs, times]),
        },
      ],
    };
  } finally {
    await browser.close();
  }
}
