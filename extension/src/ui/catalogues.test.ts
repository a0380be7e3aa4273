/** Each language says all that English says, in the forms of its own grammar. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Catalogue } from "../words/catalogue-words";
import { catalogues } from "./testing/catalogues";

const folder = join(import.meta.dirname, "../../_locales");
const english: Catalogue = catalogues.en ?? {};

/** The forms that whole numbers up to a thousand take: those beyond fall back to `other`. */
function pluralForms(language: string): Set<string> {
  const rules = new Intl.PluralRules(language);
  return new Set(Array.from({ length: 1001 }, (_none, count) => rules.select(count)));
}

function expectedKeys(language: string): string[] {
  const forms = [...pluralForms(language)];
  const keys = Object.keys(english).flatMap((key) => {
    if (key.endsWith("_one")) return [];
    return key.endsWith("_other") ? forms.map((form) => key.replace("other", form)) : [key];
  });
  return keys.sort();
}

function placesIn(message: string): string[] {
  return [...new Set(message.match(/\$\w+\$/g))].sort();
}

test("there is a catalogue for each language of the AWS console", () => {
  const tags = readdirSync(folder).map((name) => name.replace("_", "-"));
  expect(tags.sort()).toEqual(Object.keys(catalogues).sort());
  const console = ["de", "en", "es", "fr", "id", "it", "ja", "ko", "pt-BR", "zh-CN", "zh-TW"];
  expect(tags).toEqual(console);
});

describe.each(Object.entries(catalogues))("in %s", (language, catalogue) => {
  test("has every message, and the plural forms of its grammar", () => {
    expect(Object.keys(catalogue).sort()).toEqual(expectedKeys(language));
  });

  test("names its own language", () => {
    expect(catalogue.languageTag?.message).toBe(language);
  });

  test("puts the same values in each message as English does", () => {
    for (const [key, { message, placeholders }] of Object.entries(catalogue)) {
      const original = english[key] ?? english[key.replace(/_\w+$/, "_other")];
      expect(placeholders, key).toEqual(original?.placeholders);
      expect(placesIn(message), key).toEqual(placesIn(original?.message ?? ""));
    }
  });

  test("has no empty message, none with spaces at an end, and no straight dollar sign", () => {
    for (const [key, { message }] of Object.entries(catalogue)) {
      expect(message, key).toMatch(/^\S(.*\S)?$/);
      expect(message.replace(/\$\w+\$/g, ""), key).not.toContain("$");
    }
  });
});
