/** What is on the disk after a day with Doorcode: no secret, passphrase, vault key or label. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scanProfile } from "../e2e/support/disk-scan.mjs";
import { lock, PASSPHRASE, signInToMfaStep, unlock } from "../e2e/support/journeys.mjs";
import { startWorld } from "../e2e/support/world.mjs";
import { readVaultKey } from "../vault/reader.mjs";

const SECRET_BYTES = Buffer.from("made-up-secret-bytes");
const SECRET = "NVQWIZJNOVYC243FMNZGK5BNMJ4XIZLT";
const LABEL = "zebra-label-4711";
const URI = `otpauth://totp/Zebra%20Works:${LABEL}?secret=${SECRET}&issuer=Zebra%20Works`;

describe.each(["chromium", "firefox"] as const)("in %s", (name) => {
  const dir = mkdtempSync(join(tmpdir(), `doorcode-scan-${name}-`));
  let wanted: Record<string, Uint8Array | string>;

  beforeAll(async () => {
    const world = await startWorld(name, { profileDir: dir });
    try {
      // Typed as a user does, searched for, locked, unlocked, filled, and the browser restarted.
      const popup = await world.browser.openExtensionPage("popup.html");
      await popup.waitFor(".entry .code");
      await popup.click('button[aria-label="Add an entry"]');
      await popup.fill("input.monospace", URI);
      await popup.waitFor(".preview");
      await popup.click("button[type=submit]");
      await popup.waitFor(".entry:nth-of-type(2)");
      await popup.close();
      await lock(world.browser);
      await unlock(world.browser);
      const page = await world.browser.newPage();
      await signInToMfaStep(page, world.alice);
      await page.offer.waitFor();
      await page.close();
      world.browser = await world.browser.restart();
      await unlock(world.browser);
      const stored = await world.browser.evaluateInExtension(
        () => chrome.storage.local.get(["h0", "h1"]),
        undefined,
      );
      const aliceSecret = new URL(world.alice.keyUri).searchParams.get("secret") ?? "";
      wanted = {
        "secret, raw": SECRET_BYTES,
        "secret, base32": SECRET,
        "secret of alice": aliceSecret,
        passphrase: PASSPHRASE,
        "recovery code": world.recoveryCode,
        "vault key": readVaultKey(stored, { passphrase: PASSPHRASE }),
        label: LABEL,
        issuer: "Zebra Works",
      };
    } finally {
      await world.close();
    }
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));

  test("the profile holds nothing of the vault in the clear", () => {
    expect(scanProfile(dir, wanted)).toEqual([]);
  });

  test("the scan finds each of them where it is planted", () => {
    const planted = Object.entries(wanted).map(([what, value], place) => {
      const file = `planted-${place}`;
      const text = typeof value === "string" ? value : Buffer.from(value).toString("hex");
      writeFileSync(
        join(dir, file),
        Buffer.from(`before ${text} after`, place % 2 ? "utf16le" : "utf8"),
      );
      return `${what} in ${file}`;
    });
    const found = scanProfile(dir, wanted);
    for (const one of planted) expect(found).toContain(one);
  });

  test("the scan finds what Firefox compressed", () => {
    const text = Buffer.from(`a ${LABEL}`);
    // Fifteen literals or more: the rest of their number follows the token.
    const block = Buffer.concat([Buffer.from([0xf0, text.length - 15]), text]);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(text.length);
    const file = Buffer.concat([Buffer.from("mozLz40\0"), size, block]);
    writeFileSync(join(dir, "planted.jsonlz4"), file);
    expect(scanProfile(dir, { label: LABEL })).toContain("label in planted.jsonlz4");
  });
});
