/**
 * Recognises a field for an MFA code by what it is and says, on a page whose markup is not known.
 * It would rather find nothing than the wrong field; the user confirms what it finds.
 */

import { labelOf, namesOf, textAround } from "./field-text";
import { isFillable } from "./fillable";

/** AWS leaves this word as it is in every language of its pages. */
const MFA = /\bMFA|MFA\b|multi-?factor|Authenticator code/i;

/** Names of fields that are never for a TOTP code. */
const OTHER_NAME =
  /captcha|e-?mail|sms|phone|user|account|alias|serial|device|search|query|password|coupon|guess|resolving/i;

/** What a label says when it asks for something else than a TOTP code. */
const OTHER_LABEL =
  /captcha|serial|search|device name|user ?name|password|e-?mail|SMS|\bphone|account/i;

/**
 * Words for codes that travel by e-mail, SMS or phone, in the languages of the AWS console (en, de,
 * es, fr, id, it, ja, ko, pt, zh).
 */
const SENT_CODE =
  /\bSMS\b|e-?mailed|sent (?:you )?(?:a|an|the)|text message|per E-Mail|correo|courriel|surel|e-mail inviata|メール|이메일|邮件|邮箱|郵件|电子邮|短信|簡訊|문자/i;

/** The device-grant page of Identity Center asks for letters: not a TOTP code. */
const DEVICE_GRANT = /[A-Z]{4}-[A-Z]{4}|user code|device authori[sz]ation/i;

/** Kinds of type that hold a code. */
const CANDIDATES =
  "input:not([type]), input[type=text], input[type=tel], input[type=number], input[type=password]";

/** The one field that asks for an MFA code, or `undefined` when there is none or more than one. */
export function matchStructure(
  root: Document | ShadowRoot,
  location: Location,
): HTMLInputElement | undefined {
  if (/email-otp|signup|sign-up|\/challenge/i.test(location.pathname)) return undefined;
  const fields = [...root.querySelectorAll<HTMLInputElement>(CANDIDATES)].filter(isFillable);
  if (fields.some(isPassword)) return undefined;
  const matches = fields.filter(asksForMfaCode);
  return matches.length === 1 ? matches[0] : undefined;
}

function isPassword(field: HTMLInputElement): boolean {
  return field.type === "password" && !MFA.test(labelOf(field));
}

function asksForMfaCode(field: HTMLInputElement): boolean {
  const label = labelOf(field);
  const names = namesOf(field);
  const saysMfa = MFA.test(label) || /\bmfa/i.test(names);
  if (OTHER_NAME.test(names) && !/mfa/i.test(names)) return false;
  if (OTHER_LABEL.test(label)) return false;
  if (field.maxLength > 0 && field.maxLength < 6) return false;
  const around = textAround(field);
  if (SENT_CODE.test(around) || DEVICE_GRANT.test(around)) return false;
  if (saysMfa) return true;
  const shapedLikeCode =
    field.autocomplete.includes("one-time-code") ||
    field.inputMode === "numeric" ||
    field.maxLength === 6;
  return shapedLikeCode && MFA.test(around);
}
