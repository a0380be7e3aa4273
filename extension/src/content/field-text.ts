/** The words that belong to a field, however the page ties them to it. */

import type { Root } from "./open-roots";

/** Label by `for` or wrapping, `aria-labelledby`, `aria-label` and placeholder. */
export function labelsOf(field: HTMLInputElement): string[] {
  const root = field.getRootNode() as Root;
  const ids = field.getAttribute("aria-labelledby")?.split(/\s+/) ?? [];
  const elements = [...(field.labels ?? []), ...ids.map((id) => root.getElementById(id))];
  return [
    ...elements.map((element) => element?.textContent),
    field.ariaLabel,
    field.placeholder,
  ].flatMap((text) => text?.trim() || []);
}

/** What programmers call the field: id, name, test id. */
export function namesOf(field: HTMLInputElement): string {
  return `${field.id} ${field.name} ${field.dataset.testid}`;
}

/** The most text taken from around a field: enough for a heading, a hint and a label. */
const MAX_NEARBY = 1500;

/** The text that is shown in the smallest form-like block around the field, cut to a bound. */
export function textAround(field: HTMLInputElement): string {
  const block = field.closest<HTMLElement>("form, dialog, [role=dialog], main");
  // biome-ignore lint/performance/useDomNodeTextContent: steps that are hidden speak of other codes
  return (block ?? field.ownerDocument.body).innerText.slice(0, MAX_NEARBY);
}
