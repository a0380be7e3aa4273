/** Finds the field for the MFA code on the page. */

import { type PageRule, pageRules } from "./pages";

export type Prompt = { rule: PageRule; field: HTMLInputElement };

const anyCodeField = pageRules.map((rule) => rule.codeField).join(", ");

/** The prompt of the page, when a known field is there to be filled. */
export function detectPrompt(document: Document): Prompt | undefined {
  // One query tells that most pages have no such field at all.
  if (document.querySelector(anyCodeField) === null) return undefined;
  for (const rule of pageRules) {
    for (const found of document.querySelectorAll(rule.codeField)) {
      const field = inputIn(found);
      if (field !== undefined && isFillable(field)) return { rule, field };
    }
  }
  return undefined;
}

function inputIn(found: Element): HTMLInputElement | undefined {
  if (found instanceof HTMLInputElement) return found;
  const inputs = found.querySelectorAll("input");
  return inputs.length === 1 ? inputs[0] : undefined;
}

/** Shown, enabled, and of a type that takes a code. */
export function isFillable(field: HTMLInputElement): boolean {
  return (
    !field.disabled &&
    !field.readOnly &&
    ["text", "tel", "number", "password", ""].includes(field.type) &&
    field.checkVisibility({ visibilityProperty: true })
  );
}
