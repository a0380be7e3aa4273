/** Files of other programs through the module that ships: what a page is told, and what it gives. */

import { readFileSync } from "node:fs";
import jsQrModule from "jsqr";
import { describe, expect, test, vi } from "vitest";
import { qrPath } from "../../extension/src/ui/qr-path";
import type { FileReading } from "../../extension/src/wasm/import/import";
import { importModule } from "./modules";

// Derivations of keys, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const files = importModule();
/** The module is CommonJS, which its types do not say. */
const jsQR = jsQrModule as unknown as typeof import("jsqr").default;
/** Of a module of a code, as on a screen that shows it small. */
const PIXELS = 3;
const PASSWORD = "correct horse Türschlüssel";
const utf8 = (text: string) => new TextEncoder().encode(text);
const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../import/fixtures/${name}`, import.meta.url)));

/** As the page gives them in German. */
const WORDS = {
  category: "Kategorie: {}",
  collection: "Sammlung: {}",
  folder: "Ordner: {}",
  group: "Gruppe: {}",
  name: "Name: {}",
  site: "Website: {}",
  tags: "Tags: {}",
  vault: "Tresor: {}",
  archived: "In 1Password archiviert",
  unnamed: "Eintrag {}",
};
const readFile = (file: Uint8Array, password?: Uint8Array) => files.readFile(file, password, WORDS);

function report(reading: FileReading) {
  if (reading.kind !== "report") throw new Error(`not read: ${reading.kind}`);
  // As between a Worker and its page.
  expect(JSON.parse(JSON.stringify(reading))).toEqual(reading);
  return reading;
}

const entries = [
  {
    uri: "otpauth://totp/Example:alice?secret=GEZDGNBVGY3TQOJQ&issuer=Example",
    note: "a note",
    pinned: true,
  },
  {
    uri: "otpauth://totp/Example:bob?secret=MFRGGZDFMZTWQ2LK&issuer=Example&period=60",
    note: "",
    pinned: false,
  },
];

describe("a file", () => {
  test("that is encrypted says so, and whether the password opens it", () => {
    const file = () => fixture("aegis-encrypted.json");
    expect(readFile(file())).toEqual({ kind: "passphraseNeeded", format: "aegis-encrypted" });
    const wrong = readFile(file(), utf8("wrong"));
    expect(wrong).toEqual({ kind: "wrongPassphrase", long: false });
    const read = report(readFile(file(), utf8(PASSWORD)));
    expect(read.entries).toHaveLength(4);
    expect(read.refused.map(({ reason }) => reason)).toEqual(["steam", "type", "badAlgorithm"]);
  });

  test("gives what an entry has no place for in the words of the page", () => {
    const notes = (name: string) =>
      report(readFile(fixture(name))).entries.flatMap(({ note }) => note || []);
    expect(notes("aegis-plain-version-3.json")).toContain("the office phone\nGruppe: Work");
    expect(notes("1password.1pux")).toContain("In 1Password archiviert");
  });

  test("gives the AWS partition that it tells, and none otherwise", () => {
    const { entries: read } = report(readFile(fixture("apple-passwords-aws-partitions.csv")));
    expect(read.map(({ partition }) => partition)).toEqual(["aws-cn", "aws-us-gov"]);
    const [other] = report(readFile(fixture("apple-passwords.csv"))).entries;
    expect(other && "partition" in other).toBe(false);
  });

  test.each([
    ["rejects-bitwarden-account-bound.json", { kind: "unreadable", what: "bitwardenAccount" }],
    ["rejects-picture.png", { kind: "unreadable", what: "picture" }],
    ["rejects-prose.txt", { kind: "failed", why: "unknown" }],
    ["rejects-1password-zip-bomb.1pux", { kind: "failed", why: "tooLarge" }],
    ["rejects-5001-entries.txt", { kind: "failed", why: "tooManyEntries" }],
    ["rejects-json-10000-levels-deep.json", { kind: "failed", why: "damaged" }],
    ["rejects-bitwarden-argon2-of-a-terabyte.json", { kind: "failed", why: "costTooHigh" }],
  ])("%s is told as what it is", (name, expected) => {
    expect(readFile(fixture(name), utf8(PASSWORD))).toEqual(expected);
  });
});

describe("an export", () => {
  test("as a list, and for Aegis with notes and pins, is read again as it was", () => {
    const list = report(readFile(utf8(files.exportOtpauthList({ entries }))));
    expect(list.entries.map(({ uri }) => uri)).toEqual(entries.map(({ uri }) => uri));
    const random = crypto.getRandomValues(new Uint8Array(files.aegisRandomBytes()));
    const plain = report(readFile(files.exportAegis({ entries }, undefined, random)));
    expect(plain.entries).toEqual(entries);
  });

  test("that is encrypted opens with its password alone", () => {
    const random = crypto.getRandomValues(new Uint8Array(files.aegisRandomBytes()));
    const file = files.exportAegis({ entries }, utf8(PASSWORD), random);
    expect(new TextDecoder().decode(file)).not.toMatch(/alice|GEZDGNBV/);
    expect(readFile(file, utf8("wrong")).kind).toBe("wrongPassphrase");
    expect(report(readFile(file, utf8(PASSWORD))).entries).toEqual(entries);
  });

  test("for a phone is read from its drawn codes by another reader, part by part", () => {
    const many = Array.from({ length: 25 }, (_, at) => ({
      uri: `otpauth://totp/Amazon%20Web%20Services:someone-${at}@123456789012?secret=${"GEZDGNBVGY3TQOJQ".repeat(4)}&issuer=Amazon%20Web%20Services`,
      note: "",
      pinned: false,
    }));
    const { parts, leftOut } = files.exportMigration({ entries: many }, -7);
    expect(leftOut).toEqual([]);
    expect(parts.length).toBeGreaterThan(1);
    const seen = parts.map((part) => {
      const { path, size } = qrPath(part, "L");
      const side = size * PIXELS;
      const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
      for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
        for (let row = 0; row < PIXELS; row += 1) {
          const start = ((Number(y) * PIXELS + row) * side + Number(x) * PIXELS) * 4;
          for (let at = start; at < start + PIXELS * 4; at += 4) pixels.fill(0, at, at + 3);
        }
      }
      return jsQR(pixels, side, side)?.data;
    });
    expect(seen).toEqual(parts);
    const read = report(readFile(utf8([...seen].reverse().join("\n"))));
    expect(read.refused).toEqual([]);
    expect(read.entries.map(({ uri }) => uri).sort()).toEqual(many.map(({ uri }) => uri).sort());
  });

  test("for a phone names what its codes cannot carry", () => {
    const { parts, leftOut } = files.exportMigration({ entries }, 7);
    expect(leftOut).toEqual([1]);
    const read = report(readFile(utf8(parts.join("\n"))));
    expect(read.entries.map(({ uri }) => uri)).toEqual([entries[0]?.uri]);
  });
});
