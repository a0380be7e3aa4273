import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import english from "../../_locales/en/messages.json";
import { words } from "../ui/testing/memory-services";
import { type Catalogue, wordsFromCatalogue } from "./catalogue-words";
import { wordsFrom } from "./words";

const extension = join(import.meta.dirname, "../..");
const catalogue: Catalogue = english;

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((found) => {
    const path = join(folder, found.name);
    if (found.isDirectory()) return found.name === "wasm" ? [] : sources(path);
    return /\.tsx?$/.test(path) && !/\.test\.|\/testing\//.test(path) ? [path] : [];
  });
}

const allSource = sources(join(extension, "src"))
  .map((path) => readFileSync(path, "utf8"))
  .join("\n");
const manifest = readFileSync(join(extension, "manifest.json"), "utf8");
const baseOf = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, "");

describe("words", () => {
  test("put values in the places that the message names", () => {
    expect(words("entryName", { subtitle: "alice", title: "example" })).toBe("example, alice");
    expect(words("userAndKind", { kind: "IAM user", user: "alice" })).toBe("alice · IAM user");
  });

  test("leave a dollar sign in a value alone", () => {
    expect(words("codeCopied", { code: "$NAME$ $1" })).toBe("Copied $NAME$ $1");
  });

  test("take the plural form of the language", () => {
    expect(words.count("minutes", 1)).toBe("1 minute");
    expect(words.count("minutes", 5)).toBe("5 minutes");
  });

  test("fall back to the general form where a language has more forms than the catalogue", () => {
    const polish = wordsFromCatalogue(catalogue, "pl");
    expect(polish.count("minutes", 3)).toBe("3 minutes");
  });

  test("hand values over in alphabetical order of their names, as chrome.i18n numbers them", () => {
    const joined = wordsFrom((key, values) => [key, ...values].join(" "), "en");
    const text = joined("codeFacts", { seconds: 30, digits: 6, algorithm: "SHA-1" });
    expect(text).toBe("codeFacts SHA-1 6 30");
  });
});

describe("the English catalogue", () => {
  test("has no message that nothing uses", () => {
    const unused = Object.keys(catalogue).filter(
      (key) => !allSource.includes(`"${baseOf(key)}"`) && !manifest.includes(`__MSG_${key}__`),
    );
    expect(unused).toEqual([]);
  });

  test("has every message that the manifest and the background ask for", () => {
    const asked = [
      ...manifest.matchAll(/__MSG_(\w+)__/g),
      ...allSource.matchAll(/\bwords?\("(\w+)"/g),
    ].map(([, key]) => key ?? "");
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((key) => !Object.hasOwn(catalogue, key))).toEqual([]);
  });

  test("numbers the placeholders of each message in alphabetical order and uses them all", () => {
    for (const [key, { message, placeholders = {} }] of Object.entries(catalogue)) {
      const names = Object.keys(placeholders).sort();
      const numbered = Object.fromEntries(
        names.map((name, index) => [name, { content: `$${index + 1}` }]),
      );
      expect(placeholders, key).toEqual(numbered);
      const used = [...message.matchAll(/\$([A-Z]+)\$/g)].map(([, name]) => name?.toLowerCase());
      expect([...new Set(used)].sort(), key).toEqual(names);
    }
  });

  test("has no empty message and none with spaces at an end", () => {
    for (const [key, { message }] of Object.entries(catalogue)) {
      expect(message, key).toMatch(/^\S(.*\S)?$/);
    }
  });

  test("has both English forms of each plural", () => {
    const plurals = Object.keys(catalogue).filter((key) => baseOf(key) !== key);
    const bases = [...new Set(plurals.map(baseOf))];
    expect(plurals.sort()).toEqual(bases.flatMap((b) => [`${b}_one`, `${b}_other`]).sort());
  });
});
