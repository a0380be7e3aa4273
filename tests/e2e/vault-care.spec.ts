/** What a user does for the vault as a whole: backups, earlier states, keys, passkeys, wrong tries. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readBackup } from "../vault/reader.mjs";
import { catchSavedFile, choose as chooseFiles, savedFile } from "./support/files.mjs";
import { lock, PASSPHRASE, unlock } from "./support/journeys.mjs";
import type { Page } from "./support/page.mjs";
import { startWorld } from "./support/world.mjs";

/** Asks the background, as a page of the extension does. */
async function ask(page: Page, name: string, request: object = {}) {
  return page.evaluate(
    async (message) => {
      const reply = await chrome.runtime.sendMessage(message);
      if (!reply.ok) throw new Error(`refused: ${reply.error.kind}`);
      return reply.value;
    },
    { channel: "page", name, request },
  );
}

const entriesOf = async (page: Page) =>
  (await ask(page, "listEntries")).entries.filter(
    (entry: { deletedAt?: number }) => entry.deletedAt === undefined,
  );

/** The text of a part of the settings. */
const sees = (page: Page, selector: string, text: string) =>
  page.waitUntil(
    `"${text}" in ${selector}`,
    ({ selector, text }) => document.querySelector(selector)?.textContent?.includes(text) === true,
    { selector, text },
    { timeoutMs: 30_000 },
  );

/** Puts a file into the file field of a part of the settings. */
const choose = (page: Page, selector: string, base64: string) =>
  chooseFiles(page, `${selector} input[type=file]`, [{ name: "chosen.backup", base64 }]);

describe.each(["chromium", "firefox"] as const)("in %s", (name) => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  let page: Page;
  let backup = "";

  beforeAll(async () => {
    world = await startWorld(name);
    page = await world.browser.openExtensionPage("options.html");
    await page.waitFor("#backup form");
  });
  afterAll(() => world?.close());

  test("an address leads to its section, which is drawn after the page has loaded", async () => {
    const opened = await world.browser.openExtensionPage("options.html#backup");
    await opened.waitUntil(
      "the backup at the top of the window",
      () => {
        const place = document.querySelector("#backup")?.getBoundingClientRect();
        return place !== undefined && Math.abs(place.top - 20) < 2;
      },
      undefined,
    );
    await opened.close();
  });

  test("a backup is written, read back and compared, and opens without Doorcode", async () => {
    await catchSavedFile(page);
    await page.fill("#backup input", PASSPHRASE);
    await page.click("#backup button[type=submit]");
    if (name === "firefox") {
      await sees(page, "#backup", "Choose that file here");
      await choose(page, "#backup", btoa("another file"));
      await sees(page, "#backup", "What was read back is not the backup");
      await choose(page, "#backup", await savedFile(page));
    }
    await sees(page, "#backup", "read back and compared: 1 entry");
    backup = await savedFile(page);
    const { entries } = readBackup(Buffer.from(backup, "base64"), { passphrase: PASSPHRASE });
    const secret = new URL(world.alice.keyUri).searchParams.get("secret") ?? "";
    const [entry] = Object.values(entries) as { secret: string; accountName: string }[];
    expect(entry?.accountName).toContain("alice");
    expect(base32(Buffer.from(entry?.secret ?? "", "hex"))).toBe(secret);
  });

  test("a deleted entry is in the list of deleted ones and comes back", async () => {
    const [entry] = await entriesOf(page);
    await ask(page, "deleteEntry", { entryId: entry.entryId });
    expect(await entriesOf(page)).toEqual([]);
    await page.reload();
    await page.waitFor("#deleted li button");
    await page.click("#deleted li button");
    await sees(page, "#deleted", "Restored:");
    expect(await entriesOf(page)).toHaveLength(1);
  });

  test("an earlier state is gone back to, and that can be undone", async () => {
    await page.reload();
    await page.waitFor("#earlier li button");
    await page.click("#earlier li:first-child button");
    await sees(page, "#earlier", "recoverably");
    await page.click("#earlier .button-primary");
    await sees(page, "#earlier", "The vault is as it was then");
    expect(await entriesOf(page)).toEqual([]);
  });

  test("a backup is put back after it said what it would add", async () => {
    await choose(page, "#restore", backup);
    await page.waitFor("#restore input[type=password]");
    await page.fill("#restore input[type=password]", PASSPHRASE);
    await page.click("#restore button[type=submit]");
    await sees(page, "#restore", "Adds 1 entry");
    expect(await entriesOf(page)).toEqual([]);
    await page.click("#restore .button-primary");
    await sees(page, "#restore", "Restored.");
    const [entry] = await entriesOf(page);
    expect(entry.accountName).toContain("alice");
  });

  test("a sheet for the safe has the QR code and the secret key", async () => {
    await page.fill("#export input", PASSPHRASE);
    await page.click("#export button[type=submit]");
    await page.waitFor("#export svg.qr-code");
    const secret = new URL(world.alice.keyUri).searchParams.get("secret") ?? "";
    const shown = (await page.text("#export .sheet-secret")).replaceAll(/\s/g, "");
    expect(shown.endsWith(secret)).toBe(true);
    await page.click("#export .button-row .button");
  });

  test("a new key leaves the old recovery code worthless and the passphrase good", async () => {
    await page.fill("#key input", PASSPHRASE);
    await page.click("#key button[type=submit]");
    await page.waitFor("#key .recovery-groups code", { timeoutMs: 30_000 });
    const groups = await page.evaluate(
      () =>
        [...document.querySelectorAll("#key .recovery-groups code")].map(
          (code) => code.textContent ?? "",
        ),
      undefined,
    );
    await page.click("#key .button-row:last-of-type .button-primary");
    await page.waitFor("#key .field-pair");
    const asked = await page.evaluate(
      () =>
        [...document.querySelectorAll("#key .field-pair label")].map((label) =>
          Number(/\d+/.exec(label.textContent ?? "")?.[0]),
        ),
      undefined,
    );
    for (const [at, number] of asked.entries()) {
      await page.fill(
        `#key .field-pair .field:nth-child(${at + 1}) input`,
        groups[number - 1] ?? "",
      );
    }
    await page.click("#key button[type=submit]");
    await sees(page, "#key", "Everything is encrypted under the new key");
    await world.browser.stopBackground();
    expect(await entriesOf(page)).toHaveLength(1);
    await lock(world.browser);
    const popup = await world.browser.openExtensionPage("popup.html");
    await popup.waitFor("input[type=password]");
    await popup.click(".button-quiet");
    await popup.fill("input.monospace", world.recoveryCode);
    await popup.click("button[type=submit]");
    await popup.waitFor("[role=alert]", { timeoutMs: 30_000 });
    await popup.fill("input.monospace", groups.join(""));
    await popup.click("button[type=submit]");
    await popup.waitFor(".list-screen", { timeoutMs: 30_000 });
    await popup.close();
    await lock(world.browser);
    await unlock(world.browser);
    expect(await entriesOf(page)).toHaveLength(1);
  });

  test("an earlier state is shown when neither copy opens, and gone on from", async () => {
    const before = (await entriesOf(page)).length;
    const bob = world.alice.keyUri.replace("alice", "bob").replace(/secret=\w{4}/, "secret=MFRG");
    await ask(page, "addEntry", { kind: "keyUri", uri: bob });
    await lock(world.browser);
    const damaged = await world.browser.evaluateInExtension(async () => {
      const { b0, b1 } = (await chrome.storage.local.get(["b0", "b1"])) as {
        b0: string;
        b1: string;
      };
      const torn = { b0: `${b0.slice(0, 2000)}AAAA${b0.slice(2004)}`, b1: b1.slice(0, 100) };
      await chrome.storage.local.set(torn);
      return torn;
    }, undefined);
    await unlock(world.browser);
    const popup = await world.browser.openExtensionPage("popup.html");
    await sees(popup, ".notice-danger", "The vault itself cannot be read");
    await sees(popup, ".notice-danger", "1 entry");
    await popup.close();
    await expect(ask(page, "addEntry", { kind: "keyUri", uri: bob })).rejects.toThrow("readOnly");
    await world.browser.stopBackground();
    expect(await entriesOf(page)).toHaveLength(before);
    expect((await ask(page, "readStored")).values).toMatchObject(damaged);

    await page.reload();
    await page.waitFor("#rescue .button-row .button:last-child");
    expect(await page.text("#backup")).toContain("backup");
    await page.click("#rescue .button-row .button:last-child");
    await page.waitFor("#rescue .button-primary");
    await page.click("#rescue .button-primary");
    await page.waitFor("#earlier");
    await ask(page, "addEntry", { kind: "keyUri", uri: bob });
    await lock(world.browser);
    await unlock(world.browser);
    const [alice, added] = await entriesOf(page);
    expect([alice, added].map((entry) => entry.accountName.split("@")[0]).sort()).toEqual([
      "alice",
      "bob",
    ]);
    const { values } = await ask(page, "readStored");
    expect(values).toMatchObject({ "x-b0": damaged.b0, "x-b1": damaged.b1 });
    await ask(page, "deleteEntry", {
      entryId: [alice, added].find((entry) => entry.accountName.includes("bob")).entryId,
    });
  });

  test("wrong tries slow down and erase nothing", async () => {
    await lock(world.browser);
    const popup = await world.browser.openExtensionPage("popup.html");
    await popup.waitFor("input[type=password]");
    let said = "";
    // A slow machine is past the first, short pauses before the next try.
    for (let tries = 0; tries < 12 && !said.includes("Too many"); tries += 1) {
      await popup.fill("input[type=password]", `wrong ${tries}`);
      await popup.click("button[type=submit]");
      await popup.waitFor("[role=alert]", { timeoutMs: 30_000 });
      said = await popup.text("[role=alert]");
    }
    expect(said).toContain("Too many wrong tries");
    await popup.waitUntil(
      "the pause to end",
      async () =>
        (await chrome.runtime.sendMessage({ channel: "page", name: "beginTry", request: {} })).ok,
      undefined,
      { timeoutMs: 30_000 },
    );
    await ask(popup, "endTry", { kind: "recoveryCode" });
    await popup.close();
    await unlock(world.browser);
    expect(await entriesOf(page)).toHaveLength(1);
  });

  test("a passkey unlocks, or the settings say that it cannot", async () => {
    await page.reload();
    await page.waitFor("#passkey");
    if (name === "firefox") {
      expect(await page.text("#passkey")).toContain(
        "This browser cannot unlock Doorcode with a passkey",
      );
      return;
    }
    // Web Authentication asks for a document that has the focus.
    await page.bringToFront();
    const tools = await world.browser.openDevTools?.(page);
    await tools?.send("WebAuthn.enable");
    await tools?.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        ctap2Version: "ctap2_1",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        hasPrf: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.fill("#passkey input", PASSPHRASE);
    await page.click("#passkey button[type=submit]");
    await sees(page, "#passkey", "The passkey opens the vault from now on");
    await ask(page, "lockVault");
    await page.reload();
    await sees(page, "#passphrase button:nth-of-type(2)", "Unlock with the passkey");
    await page.click("#passphrase button:nth-of-type(2)");
    await page.waitFor("#backup form");
    expect(await entriesOf(page)).toHaveLength(1);
  });
});

function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  const letters = bits.match(/.{1,5}/g) ?? [];
  return letters
    .map((five) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[Number.parseInt(five.padEnd(5, "0"), 2)])
    .join("");
}
