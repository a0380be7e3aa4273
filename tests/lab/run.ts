/** The mutation lab: the detection that ships, in a real Chromium, on mutants of the simulated pages. */

import { chromium } from "playwright-core";
import { findBrowser } from "../../scripts/browser.mjs";
import { WORDS } from "../../www/aws/languages.mjs";
import { PAGES } from "../../www/aws/pages.mjs";
import { startSimulatedAws } from "../../www/serve.mjs";
import { chromiumPage } from "../e2e/support/chromium-page.mjs";
import { Page } from "../e2e/support/page.mjs";
import { walk } from "../e2e/support/walk.mjs";
import { bundleForPage } from "./bundle.mjs";
import type { Experiment, Outcome } from "./in-page";
import type { Base, Words } from "./mutate";

declare const lab: { experiment(experiment: Experiment): Outcome };

/** The pages whose code step is mutated: one of each kind of markup. */
const BASES = [
  "iam-2024",
  "root-2024",
  "iam-2014",
  "root-2017",
  "identity-center",
  "builder-id",
  "structural-for",
  "structural-numeric",
];

/** Seeds that one call into the page works through. */
const BATCH = 250;

export async function runLab(seeds: number, firstSeed = 1): Promise<Outcome> {
  const aws = await startSimulatedAws();
  const browser = await chromium.launch({
    executablePath: await findBrowser("chromium"),
    chromiumSandbox: false,
    args: [`--host-resolver-rules=MAP *:443 127.0.0.1:${aws.port}`],
  });
  try {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    const bases: Base[] = [];
    for (const id of BASES) bases.push(await takeBase(new Page(chromiumPage(page)), id));
    await page.goto("https://us-east-1.signin.aws.amazon.com/signin?simulate=plain");
    // Through the debugger: the Content Security Policy of the page stays in force.
    const session = await context.newCDPSession(page);
    await session.send("Runtime.evaluate", { expression: await bundleForPage("in-page.ts") });
    const total: Outcome = { withField: 0, right: 0, wrong: 0, failures: [] };
    for (let done = 0; done < seeds; done += BATCH) {
      const outcome = await page.evaluate((experiment) => lab.experiment(experiment), {
        bases,
        languages: Object.values(WORDS),
        firstSeed: firstSeed + done,
        seeds: Math.min(BATCH, seeds - done),
      });
      total.withField += outcome.withField;
      total.right += outcome.right;
      total.wrong += outcome.wrong;
      total.failures.push(...outcome.failures);
    }
    return total;
  } finally {
    await browser.close();
    await aws.close();
  }
}

async function takeBase(page: Page, id: string): Promise<Base> {
  const simulated = PAGES.find((candidate) => candidate.id === id);
  if (simulated?.field === undefined) throw new Error(`no page ${id} with a field`);
  await walk(page, simulated);
  const drawn = await page.evaluate((field) => {
    const text = (selector: string) =>
      [...document.querySelectorAll(selector)]
        .find((found) => found.checkVisibility())
        ?.textContent?.trim() ?? "";
    const input = document.querySelector(field) as HTMLInputElement;
    return {
      html: document.body.outerHTML,
      words: {
        heading: text("h1"),
        code: input.labels?.[0]?.textContent?.trim() || "MFA code",
        submit: text("form button, form a"),
      } satisfies Words,
    };
  }, simulated.field);
  return { id, field: simulated.field, ...drawn };
}

/** What is printed: the rates, and where it went wrong. */
export function report({ withField, right, wrong, failures }: Outcome, seeds: number): string {
  const rate = (100 * right) / withField;
  const lines = failures.map(
    ({ seed, base, kind, wrong: isWrong }) =>
      `  seed ${seed} of ${base}: ${isWrong ? "a wrong field" : "nothing"} (${kind})`,
  );
  const head = `mutation lab: ${seeds} pages; right field on ${right} of ${withField} (${rate.toFixed(2)} %), wrong field on ${wrong}`;
  return [head, ...lines.slice(0, 20)].join("\n");
}
