/** Whether a field is shown, enabled, and of a type that takes a code. */
export function isFillable(field: HTMLInputElement): boolean {
  return (
    !field.disabled &&
    !field.readOnly &&
    ["text", "tel", "number", "password"].includes(field.type) &&
    field.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  );
}
