/**
 * `npm run bench`: benchmarks beside peers measured in the same run. `-- --json` prints one JSON document instead of
 * tables; `-- NAME…` runs some of them.
 */

import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { root, runScript, step } from "./steps.mjs";

/**
 * @typedef {object} Table
 * @property {string} title
 * @property {string[]} columns
 * @property {(string | number)[][]} rows
 *
 * @typedef {object} BenchResult
 * @property {Record<string, unknown>} figures nested plain objects, merged into the JSON document
 * @property {Table[]} tables what a person reads
 */

const words = process.argv.slice(2);
const json = words.includes("--json");
const wanted = words.filter((word) => !word.startsWith("--"));

await runScript(async () => {
  const { build } = await import("./build.mjs");
  await build();
  const folder = join(root, "tests/bench");
  const names = readdirSync(folder)
    .filter((file) => file.endsWith(".bench.mjs"))
    .map((file) => file.replace(".bench.mjs", ""))
    .filter((name) => wanted.length === 0 || wanted.includes(name));
  /** @type {Record<string, unknown>} */
  const figures = { node: process.versions.node };
  for (const name of names) {
    const result = await step(`Measuring ${name}`, () =>
      measure(join(folder, `${name}.bench.mjs`)),
    );
    figures[name] = result.figures;
    if (!json) for (const table of result.tables) print(table);
  }
  if (json) process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
});

/**
 * Runs a benchmark in a process of its own: what another one left behind slows it.
 * @param {string} file
 * @returns {Promise<BenchResult>}
 */
async function measure(file) {
  const code = `import(${JSON.stringify(pathToFileURL(file))})
    .then((benchmark) => benchmark.run())
    .then((result) => process.stdout.write(JSON.stringify(result)))`;
  const options = { maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", code], options);
  return JSON.parse(stdout);
}

/** @param {Table} table */
function print({ title, columns, rows }) {
  const text = [columns, ...rows].map((row) => row.map((cell) => String(cell)));
  const widths = columns.map((_, at) => Math.max(...text.map((row) => (row[at] ?? "").length)));
  const line = (/** @type {string[]} */ row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join("  ");
  process.stdout.write(`\n${title}\n`);
  for (const [at, row] of text.entries()) {
    process.stdout.write(`${line(row)}\n`);
    if (at === 0) process.stdout.write(`${widths.map((width) => "-".repeat(width)).join("  ")}\n`);
  }
}
