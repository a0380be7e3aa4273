/** Moving in and out: files of other programs read, looked at, saved at once and undone; and written. */

import { readFileSync } from "node:fs";
import qrcode from "qrcode-generator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { storedEntries } from "./support/enrolment.mjs";
import { catchSavedFile, choose, savedFile } from "./support/files.mjs";
import { PASSPHRASE } from "./support/journeys.mjs";
import type { Page } from "./support/page.mjs";
import { startWorld } from "./support/world.mjs";

/** What the encrypted fixtures were made with. */
const FILE_PASSWORD = "correct horse Türschlüssel";
const SLOW = { timeoutMs: 30_000 };

const fixture = (name: string) =>
  readFileSync(new URL(`../import/fixtures/${name}`, import.meta.url));
const fileOf = (name: string, content: Buffer | string = fixture(name)) => ({
  name,
  base64: Buffer.from(content).toString("base64"),
});

/** A picture of a QR code: a bitmap of 24 bits a pixel, bottom row first, white around the code. */
function pictureOf(name: string, text: string) {
  const code = qrcode(0, "L");
  code.addData(text);
  code.make();
  const [pixels, quiet, headers] = [4, 4, 54];
  const side = (code.getModuleCount() + 2 * quiet) * pixels;
  const bitmap = Buffer.alloc(headers + side * side * 3, 255);
  bitmap.fill(0, 0, headers);
  bitmap.write("BM");
  bitmap.writeUInt32LE(bitmap.length, 2);
  bitmap.writeUInt32LE(headers, 10);
  bitmap.writeUInt32LE(headers - 14, 14);
  bitmap.writeInt32LE(side, 18);
  bitmap.writeInt32LE(side, 22);
  bitmap.writeUInt16LE(1, 26);
  bitmap.writeUInt16LE(24, 28);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const [row, column] = [y, x].map((at) => Math.floor(at / pixels) - quiet) as [number, number];
      const inside = [row, column].every((at) => at >= 0 && at < code.getModuleCount());
      const at = headers + ((side - 1 - y) * side + x) * 3;
      if (inside && code.isDark(row, column)) bitmap.fill(0, at, at + 3);
    }
  }
  return { name, base64: bitmap.toString("base64"), type: "image/bmp" };
}

const give = (page: Page, ...files: { name: string; base64: string; type?: string }[]) =>
  choose(page, "input[type=file]", files);

const sees = (page: Page, text: string) =>
  page.waitUntil(
    `"${text}"`,
    (wanted) => document.querySelector(".page-content")?.textContent?.includes(wanted) === true,
    text,
    SLOW,
  );

/** Presses the button of this name. */
const press = (page: Page, name: string) =>
  page.evaluate((wanted) => {
    const buttons = [...document.querySelectorAll("button")];
    const found = buttons.find(({ textContent }) => textContent?.trim() === wanted);
    if (found === undefined) throw new Error(`no button ${wanted}: ${document.body.innerText}`);
    found.click();
  }, name);

async function open(page: Page, password: string) {
  await page.waitFor("input[type=password]", SLOW);
  await page.fill("input[type=password]", password);
  await page.press("Enter");
}

/** The text of a part of the preview, by how its heading begins. */
const partOf = (page: Page, heading: string) =>
  page.evaluate((wanted) => {
    const parts = [...document.querySelectorAll(".page-content section")];
    const found = parts.find((part) => part.querySelector("h2")?.textContent?.startsWith(wanted));
    return found?.textContent ?? "";
  }, heading);

describe.each(["chromium", "firefox"] as const)("in %s", (name) => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  let page: Page;

  const names = async () =>
    (await storedEntries(world.browser)).map(({ accountName }) => accountName).sort();
  const deleteAllBut = async (kept: readonly string[]) => {
    for (const { accountName, entryId } of await storedEntries(world.browser)) {
      if (kept.includes(accountName)) continue;
      await world.browser.evaluateInExtension(
        (request) => chrome.runtime.sendMessage({ channel: "page", name: "deleteEntry", request }),
        { entryId },
      );
    }
    expect(await names()).toEqual(kept);
  };
  const atDoor = async () => {
    await page.reload();
    await page.waitFor("input[type=file]");
  };

  beforeAll(async () => {
    world = await startWorld(name);
    page = await world.browser.openExtensionPage("import.html");
    await page.waitFor("input[type=file]");
  });
  afterAll(() => world?.close());

  test("an encrypted export: asked for its password, looked at, saved at once and undone", async () => {
    const before = await names();
    await give(page, fileOf("aegis-encrypted.json"));
    await sees(page, "aegis-encrypted.json is encrypted (Aegis)");
    await open(page, "not this one");
    await sees(page, "This password does not open the file");
    await open(page, FILE_PASSWORD);
    await sees(page, "3 new entries");
    const fresh = await partOf(page, "3 new");
    expect(fresh).toContain("1234-5678-9012");
    expect(fresh).toContain("the office phone Group: Work");
    expect(fresh).toContain("8 digits, new every 60 s, SHA-256");
    const refused = await partOf(page, "4 entries cannot be taken");
    expect(refused).toContain("Steam's codes have letters of their own");
    expect(refused).toContain("Its codes go by a counter (HOTP)");
    expect(await names()).toEqual(before);
    await sees(page, "does not tell the AWS partition of 1 entry");
    await page.evaluate(() => {
      const select = document.querySelector<HTMLSelectElement>("select");
      if (!select) throw new Error("no choice of a partition");
      select.value = "aws-us-gov";
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }, undefined);

    // The browser may end the background while the user looks.
    await world.browser.stopBackground();
    await press(page, "Save 3 entries");
    await sees(page, "Saved, read back and compared: 3 entries");
    const added = ["alice@123456789012", "bob@example.com", "carol"];
    expect(await names()).toEqual([...before, ...added].sort());
    const stored = await storedEntries(world.browser);
    const alice = stored.find(({ accountName }) => accountName === added[0]);
    expect(alice).toMatchObject({
      partition: "aws-us-gov",
      accountId: "123456789012",
      deviceName: "alice",
    });
    const bob = stored.find(({ accountName }) => accountName === added[1]);
    expect(bob).toMatchObject({ algorithm: "SHA256", digits: 8, periodSeconds: 60 });

    await press(page, "Undo the import");
    await sees(page, "The import is undone");
    expect(await names()).toEqual(before);

    // Nothing of it is among the deleted entries: the next import finds it new.
    await atDoor();
    await give(page, fileOf("aegis-encrypted.json"));
    await open(page, FILE_PASSWORD);
    await sees(page, "3 new entries");
  });

  test.runIf(name === "chromium")("several files at once are one preview", async () => {
    await atDoor();
    await give(page, fileOf("aegis-encrypted.json"));
    await open(page, FILE_PASSWORD);
    await sees(page, "3 new entries");
    const before = await names();
    await press(page, "Save 3 entries");
    await sees(page, "Saved, read back");
    await deleteAllBut(before);
    await atDoor();
    const parts = fixture("google-four-parts-out-of-order.txt").toString().trim().split(/\s+/);
    const [first = "", ...others] = parts;
    await give(
      page,
      fileOf("part.txt", first),
      fileOf("2fas-schema-4.2fas"),
      fileOf("bitwarden-protected-pbkdf2.json"),
    );
    await open(page, FILE_PASSWORD);
    await sees(page, "This part of the Google Authenticator export is missing");
    expect(await partOf(page, "Nothing is saved yet")).toContain("2FAS");
    expect(await partOf(page, "Nothing is saved yet")).toContain("Bitwarden");
    const [second = "", ...last] = others;
    await give(
      page,
      pictureOf("part.bmp", second),
      ...last.map((part, at) => fileOf(`part-${at}.txt`, part)),
    );
    await page.waitUntil(
      "the preview without a missing part",
      () => {
        const text = document.querySelector(".import-totals")?.textContent ?? "";
        return text !== "" && !document.body.innerText.includes("is missing");
      },
      undefined,
      SLOW,
    );
    // The same people stand in all of them: each is taken once.
    const totals = await page.text(".import-totals");
    expect(totals).toContain("3 entries that you deleted");
    expect(await partOf(page, "You have")).toContain("more than once");
    const [fresh, deleted] = [2, 3].map((place) => `.import-group:nth-of-type(${place})`);
    await page.click(`${fresh} .check input`);
    await sees(page, "Save 3 entries");
    await page.click(`${deleted} .check input`);
    await sees(page, "Nothing to save");
    await page.click(`${deleted} li:first-child input`);
    await sees(page, "Save 1 entry");
    await press(page, "Save 1 entry");
    await sees(page, "Saved, read back and compared: 1 entry");
    expect(await names()).toHaveLength(before.length + 1);
    await press(page, "Undo the import");
    await sees(page, "The import is undone");
    expect(await names()).toEqual(before);
  });

  test.runIf(name === "chromium")("a partition that the file tells is not asked for", async () => {
    await atDoor();
    await give(page, fileOf("bitwarden-aws-partitions.json"));
    await sees(page, "entries already");
    const preview = await page.text(".page-content");
    expect(preview).toMatch(/1234-5678-9012\s+GovCloud/);
    expect(preview).not.toContain("AWS partition");
  });

  test.runIf(name === "chromium")("what cannot be read says what to do instead", async () => {
    await atDoor();
    await give(page, fileOf("rejects-bitwarden-account-bound.json"));
    await sees(page, "type “password protected”");
    await give(page, fileOf("rejects-keepass-database.kdbx"));
    await sees(page, "Open it in KeePassXC and export it as CSV");
    await give(page, fileOf("rejects-1password-zip-bomb.1pux"));
    await sees(page, "too large for an export of codes");
    await page.evaluate(() => {
      const input = document.querySelector("input[type=file]") as HTMLInputElement;
      const data = new DataTransfer();
      data.items.add(new File(["x".repeat(100_000_000)], "one-line.json"));
      input.files = data.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }, undefined);
    await sees(page, "one-line.json: This file is too large");
  });

  test.runIf(name === "chromium")(
    "a slow file is given up at once, and the page goes on",
    async () => {
      await atDoor();
      const slow = JSON.parse(fixture("bitwarden-protected-argon2id.json").toString());
      Object.assign(slow, { kdfIterations: 10, kdfMemory: 512 });
      await give(page, fileOf("slow.json", JSON.stringify(slow)));
      await open(page, FILE_PASSWORD);
      await sees(page, "Opening slow.json");
      await sees(page, "2 seconds");
      await press(page, "Cancel");
      await page.waitFor("input[type=file]", { timeoutMs: 2000 });
      await give(page, fileOf("aegis-plain-version-3.json"));
      await sees(page, "cannot be taken");
    },
  );

  test.runIf(name === "chromium")("what differs stays as it is unless it is chosen", async () => {
    const uri = new URL(world.alice.keyUri);
    uri.pathname = uri.pathname.replace("alice@", "alice-of-old@");
    await atDoor();
    const before = await names();
    await give(page, fileOf("list.txt", `${world.alice.keyUri}\n`));
    await sees(page, "You have 1 entry already");
    await atDoor();
    await give(page, fileOf("list.txt", `${uri}\n`));
    await sees(page, "1 entry differs from yours");
    expect(await partOf(page, "1 entry differs")).toContain(
      "alice@111122223333 in the vault, alice-of-old@111122223333 in the file",
    );
    await sees(page, "Nothing to save");
    await page.click(".import-list input");
    await press(page, "Save 1 entry");
    await sees(page, "Saved, read back and compared: 1 entry");
    expect(await names()).toEqual(["alice-of-old@111122223333"]);
    await press(page, "Undo the import");
    await sees(page, "The import is undone");
    expect(await names()).toEqual(before);
  });

  test.runIf(name === "chromium")("when saving fails nothing of it is there", async () => {
    await atDoor();
    const before = await names();
    const letters = (number: number) =>
      number.toString(2).padStart(16, "0").replaceAll("0", "A").replaceAll("1", "B");
    const uris = Array.from(
      { length: 300 },
      (_, number) => `otpauth://totp/Example:many-${number}?secret=${letters(number)}`,
    );
    await give(page, fileOf("list.txt", uris.join("\n")));
    await sees(page, "300 new entries");
    // A full disk, as far as the browser lets the extension write.
    await page.evaluate(async () => {
      const used = await chrome.storage.local.getBytesInUse(null);
      const room = chrome.storage.local.QUOTA_BYTES - used;
      await chrome.storage.local.set({ filler: "x".repeat(room - 100) });
    }, undefined);
    await press(page, "Save 300 entries");
    await sees(page, "could not be saved");
    expect(await names()).toEqual(before);
    await page.evaluate(() => chrome.storage.local.remove("filler"), undefined);
    await press(page, "Save 300 entries");
    await sees(page, "Saved, read back and compared: 300 entries");
    expect(await names()).toHaveLength(before.length + 300);
    await press(page, "Undo the import");
    await sees(page, "The import is undone");
    expect(await names()).toEqual(before);
  });

  test.runIf(name === "chromium")(
    "what is exported encrypted is read again as the same",
    async () => {
      const settings = await world.browser.openExtensionPage("options.html");
      await settings.waitFor("#export select");
      await catchSavedFile(settings);
      await settings.evaluate(() => {
        const select = document.querySelectorAll<HTMLSelectElement>("#export select")[1];
        if (!select) throw new Error("no choice of a form");
        select.value = "aegisEncrypted";
        select.dispatchEvent(new Event("change", { bubbles: true }));
      }, undefined);
      await settings.waitFor("#export form .field ~ .field ~ .field input");
      const password = "gondola lantern walrus seventeen";
      for (const [at, text] of [PASSPHRASE, password, password].entries())
        await settings.fill(`#export form ${".field ~ ".repeat(at)}.field input`, text);
      await settings.press("Enter");
      await settings.waitUntil(
        "the export to be compared",
        () => /written, read back and compared: 1 entry/.test(document.body.innerText),
        undefined,
        SLOW,
      );
      const base64 = await savedFile(settings);
      await settings.close();
      expect(JSON.parse(Buffer.from(base64, "base64").toString()).header.slots).toHaveLength(1);
      await atDoor();
      await give(page, { name: "own.json", base64 });
      await open(page, password);
      await sees(page, "You have 1 entry already");
    },
  );
});
