/**
 * The secret key that a page shows beside its QR code: base32 (RFC 4648), in capitals, in one run or
 * in groups of four. IAM's has 64 characters, that of IAM Identity Center 32.
 */
const SECRET_KEY = /^(?:[A-Z2-7]{16,128}|(?:[A-Z2-7]{4} )+[A-Z2-7]{1,4})={0,6}$/;

export function secretKeyIn(scope: HTMLElement): string | undefined {
  for (const element of scope.querySelectorAll<HTMLElement>("*")) {
    const text = textOf(element)?.trim();
    // A heading in capitals is no key: one without a digit is not to be expected.
    if (text && SECRET_KEY.test(text) && /\d/.test(text) && element.checkVisibility()) return text;
  }
  return undefined;
}

/** The text of an element that has nothing but text, or what a field for copying holds. */
function textOf(element: HTMLElement): string | undefined {
  if (element.matches("input")) {
    const { readOnly, value } = element as HTMLInputElement;
    return readOnly ? value : undefined;
  }
  return element.childElementCount === 0 ? (element.textContent ?? undefined) : undefined;
}
