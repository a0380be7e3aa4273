/** Says what the page asks for: a code in a field that is known, one that is likely, or nothing. */

import { inputIn, isFillable } from "./fillable";
import { openRoots, type Root } from "./open-roots";
import { type PageRule, pageRules } from "./pages";
import { asksForSentCode, MFA, matchStructure } from "./structural-match";

/** `anchor` is the element beside which a finding is spoken of. */
export type Finding =
  /** A field of a page that Doorcode knows: one gesture fills. */
  | { kind: "known"; anchor: HTMLInputElement; rule: PageRule }
  /** A field that looks like one: it is marked, and the user confirms. */
  | { kind: "structural"; anchor: HTMLInputElement }
  /** The user must choose among kinds of MFA device first. */
  | { kind: "chooser"; anchor: HTMLElement }
  /** An MFA page of AWS on which no field was found, or nothing at all. */
  | { kind: "changed" | "none"; anchor?: undefined };

export function detect(roots = openRoots()): Finding {
  for (const root of roots) {
    for (const rule of pageRules) {
      for (const found of root.querySelectorAll(rule.codeField)) {
        const anchor = inputIn(found);
        if (anchor !== undefined && isFillable(anchor)) return { kind: "known", anchor, rule };
      }
    }
  }
  for (const root of roots) {
    const anchor = matchStructure(root);
    if (anchor !== undefined) return { kind: "structural", anchor };
  }
  for (const { chooser } of pageRules) {
    const choice = chooser ? document.querySelector<HTMLElement>(chooser) : null;
    // Beside the whole form: beside the choice it would cover what is to be clicked.
    if (choice?.checkVisibility()) {
      return { kind: "chooser", anchor: choice.closest("form") ?? choice };
    }
  }
  return { kind: roots.some(saysMfaStep) ? "changed" : "none" };
}

/** A step whose heading speaks of MFA and that has a box to type in, but none that is known. */
function saysMfaStep(root: Root): boolean {
  const headings = [...root.querySelectorAll("h1, h2, [role=heading]")];
  return (
    headings.some((heading) => MFA.test(heading.textContent ?? "") && heading.checkVisibility()) &&
    [...root.querySelectorAll("input")].some(
      (field) => isFillable(field) && !asksForSentCode(field, []),
    )
  );
}
