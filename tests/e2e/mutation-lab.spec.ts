/** A part of the mutation lab; `npm run test:long` runs it whole. */

import { expect, test } from "vitest";
import { report, runLab } from "../lab/run";

const SEEDS = 500;

test("on mutants of the code steps it finds the right field, and never a wrong one", async () => {
  const outcome = await runLab(SEEDS);
  process.stdout.write(`${report(outcome, SEEDS)}\n`);
  expect(outcome.wrong, report(outcome, SEEDS)).toBe(0);
  expect(outcome.right / outcome.withField).toBeGreaterThanOrEqual(0.99);
});
