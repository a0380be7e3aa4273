/** The words of the interface, from `_locales`. */

/** The text of a message in the user's language; the key itself where there is none. */
export function word(key: string, ...values: string[]): string {
  return chrome.i18n.getMessage(key, values) || key;
}
