/** What a QR code is for, by how its text begins: one that is no key is called by its name. */

import type { TextKey } from "../words/words";

export type QrKind = "keyUri" | "migration" | "other";

/** The usual forms, as written by those who defined them; the last fits all. */
const FORMS: readonly [RegExp, TextKey][] = [
  [/^otpauth-migration:/i, "qrMigration"],
  [/^https?:\/\//i, "qrAddress"],
  [/^wifi:/i, "qrWifi"],
  [/^(begin:vcard|mecard:)/i, "qrContact"],
  [/^(mailto|matmsg|smtp):/i, "qrMail"],
  [/^(tel|sms|smsto|mms):/i, "qrPhone"],
  [/^(fido|phonefactor|otpauth-push):/i, "qrPasskey"],
  [/^(bitcoin|ethereum|lightning):/i, "qrPayment"],
  [/^BCD\r?\n/, "qrPayment"],
  [/^$/, "qrBytes"],
  [/(?:)/, "qrText"],
];

export function kindOf(text: string): QrKind {
  if (/^otpauth:\/\//i.test(text)) return "keyUri";
  return /^otpauth-migration:/i.test(text) ? "migration" : "other";
}

export function nameOf(text: string): TextKey {
  return FORMS.find(([form]) => form.test(text))?.[1] ?? "qrText";
}
