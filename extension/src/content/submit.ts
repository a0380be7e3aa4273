/** Something on the page says that what was entered is wrong. */
const ERROR = "[role=alert]:not(:empty), [aria-invalid=true]";

/** Presses the page's own button beside a field, unless the page shows an error. */
export function pressSubmit(field: HTMLInputElement, button: string): void {
  const root = field.getRootNode() as ParentNode;
  if ([...root.querySelectorAll(ERROR)].some((error) => error.checkVisibility())) return;
  root.querySelector<HTMLElement>(button)?.click();
}
