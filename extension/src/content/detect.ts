/** Says what the page asks for: a code in a field that is known, one that is likely, or nothing. */

import { isFillable } from "./fillable";
import { openRoots } from "./open-roots";
import { type PageRule, pageRules } from "./pages";
import { matchStructure } from "./structural-match";

export type Finding =
  | { kind: "none" }
  /** A field of a page that Doorcode knows: one gesture fills. */
  | { kind: "known"; field: HTMLInputElement; rule: PageRule }
  /** A field that looks like one: it is marked, and the user confirms. */
  | { kind: "structural"; field: HTMLInputElement }
  /** The user must choose among kinds of MFA device first. */
  | { kind: "chooser"; element: HTMLElement }
  /** An MFA page of AWS on which no field was found. */
  | { kind: "changed" };

export function detect(document: Document): Finding {
  const roots = openRoots(document);
  for (const root of roots) {
    const known = findKnown(root);
    if (known !== undefined) return known;
  }
  for (const root of roots) {
    const field = matchStructure(root, document.location);
    if (field !== undefined) return { kind: "structural", field };
  }
  const chooser = findChooser(document);
  if (chooser !== undefined) return { kind: "chooser", element: chooser };
  return saysMfaStep(document) ? { kind: "changed" } : { kind: "none" };
}

/** The field of a finding, where it has one. */
export function fieldOf(finding: Finding): HTMLInputElement | undefined {
  return finding.kind === "known" || finding.kind === "structural" ? finding.field : undefined;
}

/** The element beside which a finding is spoken of. */
export function anchorOf(finding: Finding): HTMLElement | undefined {
  return finding.kind === "chooser" ? finding.element : fieldOf(finding);
}

const anyCodeField = pageRules.map((rule) => rule.codeField).join(", ");

function findKnown(root: Document | ShadowRoot): Finding | undefined {
  // One query tells that most pages have no such field at all.
  if (root.querySelector(anyCodeField) === null) return undefined;
  for (const rule of pageRules) {
    for (const found of root.querySelectorAll(rule.codeField)) {
      const field = inputIn(found);
      if (field !== undefined && isFillable(field)) return { kind: "known", field, rule };
    }
  }
  return undefined;
}

/** Test ids may sit on a wrapper of the input. */
function inputIn(found: Element): HTMLInputElement | undefined {
  if (found instanceof HTMLInputElement) return found;
  const inputs = found.querySelectorAll("input");
  return inputs.length === 1 ? inputs[0] : undefined;
}

function findChooser(document: Document): HTMLElement | undefined {
  for (const { chooser } of pageRules) {
    const found = chooser === undefined ? null : document.querySelector<HTMLElement>(chooser);
    if (found?.checkVisibility()) return found;
  }
  return undefined;
}

/** A step whose heading speaks of MFA and that has a box to type in, but none that is known. */
function saysMfaStep(document: Document): boolean {
  const headings = document.querySelectorAll<HTMLElement>("h1, h2, [role=heading], legend");
  const speaksOfMfa = [...headings].some(
    (heading) =>
      /\bMFA\b|multi-?factor/i.test(heading.textContent ?? "") && heading.checkVisibility(),
  );
  if (!speaksOfMfa) return false;
  return [...document.querySelectorAll("input")].some(isFillable);
}
