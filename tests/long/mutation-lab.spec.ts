/** The whole mutation lab. */

import { expect, test } from "vitest";
import { report, runLab } from "../lab/run";

const SEEDS = 10_000;

test("on mutants of the code steps it finds the right field, and never a wrong one", async () => {
  const outcome = await runLab(SEEDS);
  process.stdout.write(`${report(outcome, SEEDS)}\n`);
  expect(outcome.wrong, report(outcome, SEEDS)).toBe(0);
  expect(outcome.right / outcome.withField).toBeGreaterThanOrEqual(0.99);
}, 600_000);
