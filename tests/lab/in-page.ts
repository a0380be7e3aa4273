/** Runs inside a page: mutants of the simulated pages, and what the detection that ships finds. */

import { detect } from "../../extension/src/content/detect";
import { pageRules } from "../../extension/src/content/pages";
import { type Base, mutate, type Words } from "./mutate";
import { Random } from "./random";

/** What was found on the page as it is. */
export function finding(): { kind: string; rule: number } {
  const found = detect();
  return { kind: found.kind, rule: found.kind === "known" ? pageRules.indexOf(found.rule) : -1 };
}

export type Experiment = { bases: Base[]; languages: Words[]; firstSeed: number; seeds: number };

/** `right` of `withField` mutants that have a field; `wrong` of all mutants. */
export type Outcome = {
  withField: number;
  right: number;
  wrong: number;
  /** Seeds that went wrong, and what of the page says why. */
  failures: { seed: number; base: string; kind: string; wrong: boolean; html: string }[];
};

const MAX_FAILURES = 10;

export function experiment({ bases, languages, firstSeed, seeds }: Experiment): Outcome {
  const outcome: Outcome = { withField: 0, right: 0, wrong: 0, failures: [] };
  for (let seed = firstSeed; seed < firstSeed + seeds; seed += 1) {
    const random = new Random(seed);
    const base = random.pick(bases);
    const field = mutate(document.body, base, languages, random);
    const found = detect();
    const chosen = found.kind === "chooser" ? undefined : found.anchor;
    const wrong = chosen !== undefined && chosen !== field;
    if (field !== undefined) outcome.withField += 1;
    if (field !== undefined && chosen === field) outcome.right += 1;
    if (wrong) outcome.wrong += 1;
    if ((wrong || chosen !== field) && outcome.failures.length < MAX_FAILURES) {
      const html = document.body.outerHTML.slice(0, 3000);
      outcome.failures.push({ seed, base: base.id, kind: found.kind, wrong, html });
    }
  }
  return outcome;
}
