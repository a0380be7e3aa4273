/**
 * What Doorcode costs an AWS page, in Chromium: the time of its content scripts while a page without
 * a prompt changes 10,000 times, and the time from a code field to an offer beside it.
 *
 * The content scripts' time is the sum of the browser's own trace events "FunctionCall" whose script
 * is content.js or enrol.js (`devtools.timeline`), in thread time: callbacks of observers, timers
 * and listeners are each one such event, with all that they call.
 */

import { statSync } from "node:fs";
import { extensionWorlds } from "../e2e/support/content-world.mjs";
import { builtExtension, startWorld } from "../e2e/support/world.mjs";
import { median, short } from "./measure.mjs";

const MUTATIONS = 10_000;
const OFFERS = 40;
const NO_PROMPT =
  "https://us-east-1.signin.aws.amazon.com/oauth?response_type=code&iam_user=true&account=example-corp";

/** How the same number of changes may come: in one task, or in tasks of so many, one per frame. */
const SHAPES = [
  { name: "one task", perTask: MUTATIONS },
  { name: "1,000 per frame", perTask: 1000 },
  { name: "100 per frame", perTask: 100 },
];

/** @returns {Promise<import("../../scripts/bench.mjs").BenchResult>} */
export async function run() {
  const world = await startWorld("chromium");
  try {
    const mutations = [];
    for (const shape of SHAPES) mutations.push(await measureMutations(world, shape));
    const offerMs = await measureOffers(world);
    const bytes = statSync(`${builtExtension("chromium")}/content.js`).size;
    return {
      figures: {
        contentScriptBytes: bytes,
        mutations: Object.fromEntries(
          mutations.map(({ name, ...figures }) => [name, { count: MUTATIONS, ...figures }]),
        ),
        fieldToOfferMs: {
          median: short(median(offerMs)),
          max: short(offerMs.at(-1) ?? Number.NaN),
          rounds: offerMs.length,
        },
      },
      tables: [
        {
          title: `${MUTATIONS} DOM mutations on an AWS page without a prompt`,
          columns: [
            "they come in",
            "content scripts, ms",
            "of which longest",
            "calls",
            "page took, ms",
          ],
          rows: mutations.map(({ name, scriptMs, longestMs, calls, pageMs }) => [
            name,
            scriptMs,
            longestMs,
            calls,
            pageMs,
          ]),
        },
        {
          title: "From a code field in the DOM to an offer with a size, worker awake",
          columns: ["rounds", "median, ms", "max, ms"],
          rows: [[offerMs.length, short(median(offerMs)), short(offerMs.at(-1) ?? Number.NaN)]],
        },
        { title: "Content script", columns: ["bytes, not minified"], rows: [[bytes]] },
      ],
    };
  } finally {
    await world.close();
  }
}

/**
 * @param {import("../e2e/support/world.mjs").World} world
 * @param {{ name: string, perTask: number }} shape
 */
async function measureMutations({ browser }, { name, perTask }) {
  const page = await browser.newPage(NO_PROMPT);
  const devTools = await browser.openDevTools?.(page);
  if (!devTools) throw new Error("only Chromium can be measured");
  if ((await extensionWorlds(devTools)).length !== 1) throw new Error("no content script runs");
  await page.waitFor("#username");
  await page.evaluate(mutate, { count: 500, perTask: 100 });
  /** @type {any[]} */
  const events = [];
  devTools.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  await devTools.send("Tracing.start", {
    traceConfig: { includedCategories: ["devtools.timeline"] },
    transferMode: "ReportEvents",
  });
  const pageMs = await page.evaluate(mutate, { count: MUTATIONS, perTask });
  // What a timer still has to do belongs to it.
  await new Promise((resolve) => setTimeout(resolve, 500));
  const complete = new Promise((resolve) => devTools.once("Tracing.tracingComplete", resolve));
  await devTools.send("Tracing.end");
  await complete;
  await page.close();
  const calls = events
    .filter(
      ({ name: event, args }) =>
        event === "FunctionCall" && /\/(content|enrol)\.js$/.test(args.data?.url),
    )
    .map(({ dur, tdur }) => (tdur ?? dur) / 1000);
  if (calls.length === 0) throw new Error("the trace has no call of a content script");
  return {
    name,
    scriptMs: short(calls.reduce((sum, ms) => sum + ms, 0)),
    longestMs: short(Math.max(...calls)),
    calls: calls.length,
    pageMs: short(pageMs),
  };
}

/**
 * Runs in the page: changes as applications make them, in a list of 200 rows.
 * @param {{ count: number, perTask: number }} options
 */
async function mutate({ count, perTask }) {
  const list = document.body.appendChild(document.createElement("ul"));
  const started = performance.now();
  for (let done = 0; done < count; done += 1) {
    const row = list.children[done % 200];
    if (done % 4 === 0 || !row) {
      const added = document.createElement("li");
      added.textContent = `row ${done}`;
      if (row) row.replaceWith(added);
      else list.append(added);
    } else if (done % 4 === 1) {
      row.className = `row-${done}`;
    } else if (done % 4 === 2) {
      /** @type {HTMLElement} */ (row).style.order = String(done);
    } else {
      row.textContent = `changed ${done}`;
    }
    if (done % perTask === perTask - 1) await new Promise(requestAnimationFrame);
  }
  list.remove();
  return performance.now() - started;
}

/**
 * @param {import("../e2e/support/world.mjs").World} world
 * @returns {Promise<number[]>} sorted
 */
async function measureOffers({ browser }) {
  const page = await browser.newPage(NO_PROMPT);
  await page.waitFor("#username");
  const times = [];
  for (let round = -5; round < OFFERS; round += 1) {
    // The page has been quiet for a moment, as it is while it waits for its server.
    await new Promise((resolve) => setTimeout(resolve, 600));
    const ms = await page.evaluate(timeOffer, undefined);
    if (round >= 0) times.push(ms);
  }
  await page.close();
  return times.sort((left, right) => left - right);
}

/** Runs in the page: puts a code field into it and waits until an offer with a size is there. */
function timeOffer() {
  return new Promise((resolve) => {
    const form = document.createElement("form");
    const field = document.createElement("input");
    field.id = "mfaCode";
    form.append(field);
    const started = performance.now();
    document.body.append(form);
    const observer = new MutationObserver(() => {
      const host = document.querySelector("html > div:popover-open");
      if (!host?.getBoundingClientRect().height) return;
      observer.disconnect();
      form.remove();
      resolve(performance.now() - started);
    });
    observer.observe(document.documentElement, {
      childList: true,
      attributes: true,
      subtree: true,
    });
  });
}
