/**
 * Recognises a field for an MFA code by what it is and says, on a page whose markup is not known.
 * It would rather find nothing than the wrong field; the user confirms what it finds.
 */

import { labelsOf, namesOf, textAround } from "./field-text";
import { isFillable } from "./fillable";
import type { Root } from "./open-roots";

/** AWS leaves the word MFA as it is in every language of its pages; its headings spell it out. */
export const MFA = /\bMFA|MFA\b|multi-?fa[ck]?t|più fattori|多要素|多重|멀티 팩터/i;

/** "Code" in the eleven languages of the AWS console. */
export const CODE = /[ck][oó]d|コード|코드|[码碼]/i;

/** What names and labels of other fields say: never a TOTP code. */
const OTHER = /captcha|serial|device|search|filter|user|account|alias|password|phone/i;

/** Codes that travel by e-mail, SMS or phone, in the eleven languages. */
const SENT =
  /e-?mail|\bSMS|sms\b|text message|sent (you )?an? |t[eé]l[eé](f|ph)|correo|courriel|surel|メール|이메일|[邮郵]|短信|[简簡]訊|문자/i;

/** Pages that ask for other codes: a device grant (letters), and the enrolment of a device. */
const OTHER_STEP = /[A-Z]{4}-[A-Z]{4}|\bQR\b|二维码/;

/** The label of a box whose heading says the rest. */
const PLAIN_CODE = /^(enter )?code$/i;

/** The one field that asks for an MFA code, or `undefined` when there is none or more than one. */
export function matchStructure(root: Root): HTMLInputElement | undefined {
  if (/email-otp|sign-?up|\/challenge/i.test(location.pathname)) return;
  const inputs = [...root.querySelectorAll("input")];
  // Words first: to ask what is visible makes the browser lay out a page that has changed.
  if (!inputs.some((input) => saysMfaCode(input) || isShapedLikeCode(input))) return;
  const fields = inputs.filter(isFillable);
  const named = fields.filter(saysMfaCode);
  // A step with a password is not yet the one for the code.
  if (fields.some((field) => field.type === "password" && !named.includes(field))) return;
  const matches = named.length > 0 ? named : fields.filter(isShapedLikeCode);
  const [match] = matches;
  if (matches.length > 1 || match === undefined) return;
  return asksForSentCode(match, fields) ? undefined : match;
}

/** The field's own label, or what programmers call it, says that it is for an MFA code. */
function saysMfaCode(field: HTMLInputElement): boolean {
  const words = [labelsOf(field).join(" "), namesOf(field)];
  return (
    words.some((text) => MFA.test(text) && CODE.test(text)) &&
    !words.some(saysOther) &&
    !(field.maxLength > 0 && field.maxLength < 6)
  );
}

/** A box for six digits without a label of its own, under a heading that speaks of MFA. */
function isShapedLikeCode(field: HTMLInputElement): boolean {
  return (
    (field.autocomplete.includes("one-time-code") ||
      field.inputMode === "numeric" ||
      field.maxLength === 6) &&
    labelsOf(field).every((label) => PLAIN_CODE.test(label)) &&
    !saysOther(namesOf(field)) &&
    MFA.test(textAround(field))
  );
}

export function saysOther(text: string): boolean {
  return OTHER.test(text) || SENT.test(text);
}

/** Whether the text around speaks of another code; the labels of other fields do not count. */
export function asksForSentCode(
  field: HTMLInputElement,
  fields: readonly HTMLInputElement[],
): boolean {
  let around = textAround(field);
  for (const other of fields) {
    if (other !== field) for (const label of labelsOf(other)) around = around.replace(label, "");
  }
  return SENT.test(around) || OTHER_STEP.test(around);
}
