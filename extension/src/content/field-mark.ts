/** Marks a field on the page while the user is asked whether it is the right one. */

const marked = new Map<HTMLElement, string>();

export function markField(field: HTMLElement): void {
  unmarkField();
  marked.set(field, field.style.outline);
  field.style.outline = "3px solid #1f5fd0";
}

/** Gives every marked field its own outline back. */
export function unmarkField(): void {
  for (const [field, outline] of marked) field.style.outline = outline;
  marked.clear();
}
