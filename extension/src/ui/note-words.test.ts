import { expect, test } from "vitest";
import { wordsFromCatalogue } from "../words/catalogue-words";
import { noteWords } from "./note-words";
import { catalogues } from "./testing/catalogues";

test.each(Object.keys(catalogues))("the notes of an import have all their words in %s", (tag) => {
  const catalogue = catalogues[tag];
  if (catalogue === undefined) throw new Error(`no catalogue of ${tag}`);
  const { archived, ...lines } = noteWords(wordsFromCatalogue(catalogue, tag));
  expect(archived).toContain("1Password");
  for (const line of Object.values(lines)) expect(line.split("{}"), line).toHaveLength(2);
});
