/** The input that a selector found: test ids may sit on a wrapper around the one input. */
export function inputIn(found: Element): HTMLInputElement | undefined {
  const inputs = found.matches("input") ? [found] : [...found.querySelectorAll("input")];
  return inputs.length === 1 ? (inputs[0] as HTMLInputElement) : undefined;
}

/** Whether a field is shown, takes what is typed, and is of a type that takes a code. */
export function isFillable(field: HTMLInputElement): boolean {
  return (
    !field.disabled &&
    !field.readOnly &&
    ["text", "tel", "number", "password"].includes(field.type) &&
    field.closest("[inert]") === null &&
    field.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  );
}
