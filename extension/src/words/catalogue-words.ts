/** Words from a catalogue that was loaded as JSON, where there is no `chrome.i18n`. */

import { type Words, wordsFrom } from "./words";

export type Catalogue = Record<
  string,
  { message: string; placeholders?: Record<string, { content: string }> }
>;

export function wordsFromCatalogue(catalogue: Catalogue, locale: string): Words {
  return wordsFrom((key, substitutions) => {
    const entry = Object.hasOwn(catalogue, key) ? catalogue[key] : undefined;
    if (entry === undefined) return "";
    return entry.message.replace(/\$(\w+)\$/g, (_marker, name: string) => {
      const content = entry.placeholders?.[name.toLowerCase()]?.content ?? "";
      return content.replace(/\$(\d)/g, (_digit, index) => substitutions[Number(index) - 1] ?? "");
    });
  }, locale);
}
