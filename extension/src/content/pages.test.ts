import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { PAGES } from "../../../www/aws/pages.mjs";
import { type PageEvidence, type PageRule, pageRules } from "./pages";

const folder = new URL("pages/", import.meta.url);
const modules = await Promise.all(
  readdirSync(folder).map(async (file) => {
    const module = await import(new URL(file, folder).href);
    const { evidence, ...rules } = module as { evidence: PageEvidence } & Record<string, unknown>;
    return { file, evidence, rule: Object.values(rules)[0] as PageRule };
  }),
);

test("every file of the folder is a line of the list", () => {
  expect(new Set(modules.map(({ rule }) => rule))).toEqual(new Set(pageRules));
});

test.each(modules)("$file says where and when it was seen", ({ evidence }) => {
  expect(evidence.title).not.toBe("");
  expect(evidence.source).not.toBe("");
  expect(evidence.seen.from).toMatch(/^20\d\d-\d\d$/);
  expect(evidence.seen.to >= evidence.seen.from).toBe(true);
});

test("every known simulated page has exactly one rule, and every rule has a page", () => {
  const named = modules.flatMap(({ evidence }) => evidence.pages);
  const known = PAGES.filter(({ expected }) => expected === "known").map(({ id }) => id);
  expect([...named].sort()).toEqual([...known].sort());
  for (const { file, evidence } of modules) expect(evidence.pages, file).not.toHaveLength(0);
});
