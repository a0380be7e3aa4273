/** The words that belong to a field, however the page ties them to it. */

/** Label by `for` or wrapping, `aria-labelledby`, `aria-label`, placeholder and title. */
export function labelOf(field: HTMLInputElement): string {
  const root = field.getRootNode() as Document | ShadowRoot;
  const labelledBy = (field.getAttribute("aria-labelledby") ?? "")
    .split(/\s+/)
    .filter((id) => id !== "")
    .map((id) => root.getElementById(id)?.textContent ?? "");
  const labels = [...(field.labels ?? [])].map((label) => label.textContent ?? "");
  return [
    ...labels,
    ...labelledBy,
    field.getAttribute("aria-label") ?? "",
    field.placeholder,
    field.title,
  ].join(" ");
}

/** What programmers call the field: id, name, test id. */
export function namesOf(field: HTMLInputElement): string {
  return [field.id, field.name, field.dataset.testid ?? ""].join(" ");
}

/** The most text taken from around a field: enough for a heading, a hint and a label. */
const MAX_NEARBY = 1500;

/** The text of the smallest form-like block around the field, cut to a bound. */
export function textAround(field: HTMLInputElement): string {
  const block = field.closest("form, dialog, [role=dialog], main, section, fieldset");
  return (block ?? field.ownerDocument.body).textContent?.slice(0, MAX_NEARBY) ?? "";
}
