/** The vectors of the vault, read by the independent reader: two programs agree on the format. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { VaultError } from "./failure.mjs";
import { readBackup, readVault } from "./reader.mjs";

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

const vectorOf = (/** @type {string} */ name) =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8"));

test("reads an earlier body when neither of the two opens", { timeout: 60_000 }, () => {
  const vector = vectorOf("one-entry");
  const { h0, b0 } = vector.stored;
  const stored = { h0, b0: "dG9ybg", b1: "dG9ybg", r3: b0, r4: "dG9ybg" };
  expect(readVault(stored, vector)).toEqual(vector.expect);
});

describe("on the command line", () => {
  const temporary = mkdtempSync(join(tmpdir(), "doorcode-reader-"));
  afterAll(() => rmSync(temporary, { recursive: true }));

  /** @param {string | Buffer} content @param {Record<string, string>} secret */
  const run = (content, secret) => {
    const file = join(temporary, "file");
    writeFileSync(file, content);
    const reader = fileURLToPath(new URL("reader.mjs", import.meta.url));
    return execFileSync(process.execPath, [reader, file], {
      env: { PATH: process.env.PATH, ...secret },
      encoding: "utf8",
      stdio: "pipe",
    });
  };

  test("prints the entries of a backup as key URIs", { timeout: 60_000 }, () => {
    const vector = vectorOf("backup");
    const printed = run(Buffer.from(vector.backup, "base64url"), {
      DOORCODE_PASSPHRASE: vector.passphrase,
    });
    const lines = printed.trim().split("\n");
    expect(lines).toHaveLength(Object.keys(vector.expect.entries).length);
    for (const line of lines) expect(line).toMatch(/^otpauth:\/\/totp\/.+\?secret=[A-Z2-7]+&/);
  });

  test("prints the entries of the saved values by the recovery code", () => {
    const vector = vectorOf("recovery-code");
    const printed = run(JSON.stringify(vector.stored), {
      DOORCODE_RECOVERY_CODE: vector.recoveryCode,
    });
    expect(printed).toMatch(/^otpauth:\/\//);
  });

  test("says what is wrong with a passphrase", { timeout: 60_000 }, () => {
    const { stored } = vectorOf("one-entry");
    const asked = () => run(JSON.stringify(stored), { DOORCODE_PASSPHRASE: "another" });
    expect(asked).toThrow("wrongPassphraseOrTampered");
  });
});
