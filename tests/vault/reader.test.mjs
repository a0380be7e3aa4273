/** The vectors of the vault, read by the independent reader: two programs agree on the format. */

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readBackup, readVault, VaultError } from "./reader.mjs";

const folder = new URL("../../crate/tests/vectors/vault/", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".json"));

test("there are vectors", () => {
  expect(names.length).toBeGreaterThanOrEqual(18);
});

test.each(names)("reads %s as the core does", { timeout: 60_000 }, (name) => {
  const vector = JSON.parse(readFileSync(new URL(name, folder), "utf8"));
  let outcome;
  try {
    outcome =
      vector.backup === undefined
        ? readVault(vector.stored, vector)
        : readBackup(Buffer.from(vector.backup, "base64url"), vector);
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    outcome = { error: error.kind };
  }
  expect(outcome).toEqual(vector.expect);
});
