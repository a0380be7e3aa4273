/**
 * What a user waits for who brings 5,000 entries along, in Chromium: from the choice of the file to
 * the preview, and from the press on "save" to "saved". Beside it how long the page answered nothing at once.
 */

import { startWorld } from "../e2e/support/world.mjs";
import { median, short } from "./measure.mjs";

const ENTRIES = 5000;
const ROUNDS = 5;

/** @typedef {{ previewMs: number, saveMs: number, undoMs: number, longestPauseMs: number }} Round */

/** @returns {Promise<import("../../scripts/bench.mjs").BenchResult>} */
export async function run() {
  const world = await startWorld("chromium");
  try {
    /** @type {Round[]} */
    const rounds = [];
    for (let round = -1; round < ROUNDS; round += 1) {
      const page = await world.browser.openExtensionPage("import.html");
      await page.waitFor("input[type=file]");
      const measured = await page.evaluate(importOnce, ENTRIES);
      if (round >= 0) rounds.push(measured);
      await page.close();
    }
    const middle = (/** @type {(round: Round) => number} */ of) =>
      short(median(rounds.map(of).sort((left, right) => left - right)));
    const figures = {
      entries: ENTRIES,
      rounds: ROUNDS,
      previewMs: middle(({ previewMs }) => previewMs),
      saveMs: middle(({ saveMs }) => saveMs),
      bothMs: middle(({ previewMs, saveMs }) => previewMs + saveMs),
      undoMs: middle(({ undoMs }) => undoMs),
      longestPauseMs: middle(({ longestPauseMs }) => longestPauseMs),
    };
    const { previewMs, saveMs, bothMs, undoMs, longestPauseMs } = figures;
    return {
      figures,
      tables: [
        {
          title: `An import of ${ENTRIES} entries in Chromium, ms`,
          columns: ["to the preview", "to saved", "both", "undone", "longest pause of the page"],
          rows: [[previewMs, saveMs, bothMs, undoMs, longestPauseMs]],
        },
      ],
    };
  } finally {
    await world.close();
  }
}

/**
 * Runs in the page: one import of an Aegis vault, and its undo.
 * @param {number} count
 * @returns {Promise<Round>}
 */
async function importOnce(count) {
  const TICK_MS = 10;
  const base32 = (/** @type {number} */ number) =>
    number.toString(2).padStart(64, "0").replaceAll("0", "A").replaceAll("1", "B");
  const entries = Array.from({ length: count }, (_, number) => ({
    type: "totp",
    uuid: "",
    name: `user-${number}@${100_000_000_000 + number}`,
    issuer: "Amazon Web Services",
    note: "",
    favorite: false,
    info: { secret: base32(number + 1), algo: "SHA1", digits: 6, period: 30 },
    groups: [],
  }));
  const vault = {
    version: 1,
    header: { slots: null, params: null },
    db: { version: 3, entries, groups: [] },
  };
  const file = new File([JSON.stringify(vault)], "aegis.json", { type: "application/json" });

  /** @param {() => unknown} isThere */
  const drawn = (isThere) =>
    new Promise((resolve, reject) => {
      const begun = performance.now();
      const look = () => {
        if (isThere()) setTimeout(() => resolve(performance.now()));
        else if (performance.now() - begun > 30_000) reject(new Error(document.body.innerText));
        else requestAnimationFrame(look);
      };
      look();
    });
  const headings = () => [...document.querySelectorAll("h2")].map(({ textContent }) => textContent);
  const says = (/** @type {RegExp} */ words) => headings().some((text) => words.test(text ?? ""));
  const press = (/** @type {RegExp} */ name) =>
    [...document.querySelectorAll("button")]
      .find(({ textContent }) => name.test(textContent ?? ""))
      ?.click();

  let longestPauseMs = 0;
  let ticked = performance.now();
  const ticks = setInterval(() => {
    const now = performance.now();
    longestPauseMs = Math.max(longestPauseMs, now - ticked - TICK_MS);
    ticked = now;
  }, TICK_MS);
  const input = /** @type {HTMLInputElement} */ (document.querySelector("input[type=file]"));
  const data = new DataTransfer();
  data.items.add(file);
  input.files = data.files;

  const chosen = performance.now();
  input.dispatchEvent(new Event("change", { bubbles: true }));
  const previewed = await drawn(() => says(/new entr/));
  const pressed = performance.now();
  press(/^Save/);
  const saved = await drawn(() => says(/^Saved/));
  const undoing = performance.now();
  press(/^Undo/);
  const undone = await drawn(() => says(/undone/));
  clearInterval(ticks);
  press(/^Import something else/);
  await drawn(() => document.querySelector("input[type=file]"));
  return {
    previewMs: Number(previewed) - chosen,
    saveMs: Number(saved) - pressed,
    undoMs: Number(undone) - undoing,
    longestPauseMs,
  };
}
