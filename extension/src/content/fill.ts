/** Writes a code into a field as if the user had typed it. */

/**
 * Fills the field and says whether the page kept the code.
 *
 * Frameworks shadow `value` on the element to notice changes, so the setter of the prototype is
 * called; the events are the ones that typing sends.
 */
export async function fillField(field: HTMLInputElement, code: string): Promise<boolean> {
  field.focus({ preventScroll: true });
  write(field, code);
  // Time for the framework of the page to take the value or put its own back, hidden tab or not.
  await new Promise((resolve) => setTimeout(resolve, 50));
  return field.isConnected && field.value === code;
}

function write(field: HTMLInputElement, code: string): void {
  const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
  setter?.call(field, code);
  field.dispatchEvent(
    new InputEvent("input", { bubbles: true, inputType: "insertText", data: code }),
  );
  field.dispatchEvent(new Event("change", { bubbles: true }));
}
