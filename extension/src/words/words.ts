/**
 * The words of the interface, from `_locales`. Keys and placeholders are checked against the
 * English catalogue by the compiler.
 */

import type english from "../../_locales/en/messages.json";

type Messages = typeof english;
type PluralForm = "zero" | "one" | "two" | "few" | "many" | "other";

/** Messages that stand for a number of things have one key for each plural form of the language. */
export type CountKey = {
  [Key in keyof Messages]: Key extends `${infer Base}_other` ? Base : never;
}[keyof Messages];

export type TextKey = Exclude<keyof Messages, `${string}_${PluralForm}`>;

type Values<Key extends keyof Messages> = Messages[Key] extends { placeholders: infer Names }
  ? [values: { [Name in keyof Names]: string | number }]
  : [];

export type Words = {
  /** The message, with a value for each of its placeholders. */
  <Key extends TextKey>(key: Key, ...values: Values<Key>): string;
  /** The plural form of a message that fits `count`; its one placeholder is the number. */
  count(key: CountKey, count: number): string;
  /** The day of a Unix time in milliseconds. */
  date(unixMillis: number): string;
  /** Day and time of day. */
  time(unixMillis: number): string;
  /** A message by a key that is not known to the compiler, with its values in the order of `$1`. */
  message: GetMessage;
  /** BCP 47. */
  locale: string;
  direction: "ltr" | "rtl";
};

/** Looks a message up; an empty text when there is none, as `chrome.i18n.getMessage` does. */
export type GetMessage = (key: string, substitutions: string[]) => string;

/**
 * Words over a catalogue in the format of `chrome.i18n`. Its placeholders are numbered, ours are
 * named: `$1` is the first name in alphabetical order, which a test holds the catalogues to.
 */
export function wordsFrom(
  getMessage: GetMessage,
  locale: string,
  direction: "ltr" | "rtl" = "ltr",
): Words {
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  const show = (value: string | number) =>
    typeof value === "number" ? numbers.format(value) : value;

  // A browser takes its time for a message, and a long list asks for the same ones again and again:
  // each is asked for once, with marks where its values go: every second part names a value.
  const templates = new Map<string, string[]>();
  const template = (key: string, places: number) => {
    const known = templates.get(key);
    if (known !== undefined) return known;
    const marks = Array.from({ length: places }, (_, place) => `\u{E000}${place}\u{E001}`);
    const made = getMessage(key, marks).split(/\u{E000}(\d)\u{E001}/u);
    templates.set(key, made);
    return made;
  };
  const text = (key: string, values: Record<string, string | number> = {}) => {
    const names = Object.keys(values).sort();
    return template(key, names.length)
      .map((part, at) => (at % 2 === 0 ? part : show(values[names[Number(part)] ?? ""] ?? "")))
      .join("");
  };
  const count = (key: CountKey, amount: number) =>
    text(`${key}_${plurals.select(amount)}`, { count: amount }) ||
    text(`${key}_other`, { count: amount });

  const date = (unixMillis: number) =>
    new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(unixMillis);
  const time = (unixMillis: number) =>
    new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(unixMillis);

  const words = { count, date, time, message: getMessage, locale, direction };
  return Object.assign(text, words) as Words;
}
