/** The popup: codes to read, copy and search; entries to add, change, delete and bring back. */

import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { badges, signInToMfaStep } from "./support/journeys.mjs";
import type { Page } from "./support/page.mjs";
import { startWorld } from "./support/world.mjs";

const SECRET = "MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U";
const BOB = `otpauth://totp/Amazon%20Web%20Services:bob@example-staging?secret=${SECRET}&issuer=Amazon%20Web%20Services`;

describe.each(["chromium", "firefox"] as const)("in %s", (name) => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  let popup: Page;

  beforeAll(async () => {
    world = await startWorld(name);
    popup = await world.browser.openExtensionPage("popup.html");
    await popup.waitFor(".entry .code");
  });
  afterAll(() => world?.close());

  const entries = () =>
    popup.evaluate(
      () => [...document.querySelectorAll(".entry")].map((entry) => entry.textContent ?? ""),
      undefined,
    );
  const names = async () => (await entries()).map((text) => /alias|1111/.exec(text)?.[0]);
  const untilEntries = (count: number) =>
    popup.waitUntil(
      `${count} entries`,
      (wanted) => document.querySelectorAll(".entry").length === wanted,
      count,
    );

  test("says in words what is wrong with a secret key, and saves nothing", async () => {
    await popup.click('button[aria-label="Add an entry"]');
    await popup.fill("input.monospace", "GEZDGNBV0Y3TQOJQ");
    await popup.waitFor("[role=alert]");
    expect(await popup.text("[role=alert]")).toMatch(/character 9|letters|base32|0/i);
    await popup.press("Enter");
    expect(await popup.isVisible("input.monospace")).toBe(true);
  });

  test("shows a look at an entry before it is saved, then adds it", async () => {
    await popup.fill("input.monospace", BOB);
    await popup.waitFor(".preview");
    expect(await popup.text(".preview")).toContain("example-staging");
    await popup.click("button[type=submit]");
    await untilEntries(2);
  });

  test("says when an entry with this secret is there already", async () => {
    await popup.click('button[aria-label="Add an entry"]');
    await popup.fill("input.monospace", BOB);
    await popup.waitFor(".notice");
    await popup.click(".button-row .button:first-child");
    await untilEntries(2);
  });

  test("finds an entry by what is typed, at once", async () => {
    await popup.type("stagi");
    await untilEntries(1);
    expect((await entries())[0]).toContain("example-staging");
  });

  test("Enter copies the code of what was found", async () => {
    await popup.press("Enter");
    await popup.waitFor(".toast");
    await popup.click(".search input");
    await popup.press("Control+A");
    await popup.press("Control+V");
    const pasted = await popup.value(".search input");
    // A step may have passed between the copy and the look.
    const totp = new TOTP({ secret: Secret.fromBase32(SECRET) });
    const now = Date.now();
    const expected = [now, now - 30_000].map((timestamp) => totp.generate({ timestamp }));
    expect(expected).toContain(pasted);
    await popup.fill(".search input", "");
    await untilEntries(2);
  });

  test("an entry is renamed", async () => {
    await popup.click(".entry:nth-child(2) .entry-edit");
    await popup.waitFor(".danger-zone");
    const field = await popup.evaluate(() => {
      const label = [...document.querySelectorAll("label")].find(({ textContent }) =>
        /alias/i.test(textContent ?? ""),
      );
      return `#${CSS.escape(label?.htmlFor ?? "")}`;
    }, undefined);
    await popup.fill(field, "renamed-alias");
    await popup.click("button[type=submit]");
    await popup.waitUntil(
      "the new name",
      () => /renamed-alias/.test(document.querySelector(".entries")?.textContent ?? ""),
      undefined,
    );
  });

  test("a deleted entry comes back with Undo", async () => {
    await popup.click(".entry:nth-child(2) .entry-edit");
    await popup.click(".button-danger");
    await untilEntries(1);
    await popup.click(".toast-button");
    await untilEntries(2);
  });

  test("what was changed is there when the popup opens again", async () => {
    const before = (await entries()).map((text) => text.replace(/[\d\s–]+/g, ""));
    await popup.reload();
    await untilEntries(2);
    expect((await entries()).map((text) => text.replace(/[\d\s–]+/g, ""))).toEqual(before);
  });

  test("entries stay pinned, in their order and coloured when the popup opens again", async () => {
    const before = await names();
    await popup.click(".search input");
    await popup.press("ArrowDown");
    await popup.press("Alt+ArrowDown");
    await popup.waitFor(".toast");
    await popup.reload();
    await untilEntries(2);
    expect(await names()).toEqual(before.toReversed());
    await popup.click(".entry:nth-child(1) .entry-edit");
    await popup.click(".colour-option.colour-1 input");
    await popup.click("button[type=submit]");
    await popup.waitFor(".entry .colour-1");
    await popup.reload();
    await popup.waitFor(".entry .colour-1");
  });

  test("an entry dragged by its handle stands where it was let go, until that is taken back", async () => {
    const before = await names();
    const drag = async () => {
      const grip = await popup.rect(".entry:nth-child(1) .grip");
      const row = await popup.rect(".entry:nth-child(2)");
      await popup.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2);
      await popup.mouse.down();
      // Over its own row first: a browser takes a movement of some pixels for a drag.
      await popup.mouse.move(grip.x + 40, grip.y + grip.height / 2);
      // A hand is never still; the tools tell a page of a drag only when the mouse moves.
      for (const share of [0.6, 0.8, 0.79, 0.78]) {
        await popup.mouse.move(row.x + 60, row.y + row.height * share);
      }
      await popup.waitFor(".entry.drop-after");
      await popup.mouse.drop();
      await expect.poll(names).toEqual(before.toReversed());
    };
    await drag();
    await popup.click(".toast-button");
    await expect.poll(names).toEqual(before);
    await drag();
    await popup.reload();
    await untilEntries(2);
    expect(await names()).toEqual(before.toReversed());
  });

  test("the toolbar button says when the tab asks for a code, and no longer when it does not", async () => {
    const page = await world.browser.newPage();
    const shown = () => badges(world.browser);
    await signInToMfaStep(page, { ...world.alice, account: world.alice.accountId });
    await expect.poll(shown, { timeout: 10_000 }).toContain("MFA");
    await page.goto("about:blank");
    await expect.poll(shown, { timeout: 10_000 }).not.toContain("MFA");
    await page.close();
  });

  test("with many entries, those that the first screen left out are found and reached", async () => {
    await popup.evaluate(async (count) => {
      for (let number = 1; number <= count; number += 1) {
        const secret = number.toString(2).padStart(16, "0").replace(/0/g, "A").replace(/1/g, "B");
        const label = `Amazon%20Web%20Services:user-${number}@${500_000_000_000 + Math.floor(number / 2)}`;
        const request = { kind: "keyUri", uri: `otpauth://totp/${label}?secret=${secret}` };
        const message = { channel: "page", name: "addEntry", request };
        if (!(await chrome.runtime.sendMessage(message)).ok) throw new Error("not added");
      }
    }, 60);
    // A list that nobody sees does not grow.
    await popup.bringToFront();
    await popup.reload();
    await popup.waitFor(".entry .code");
    await popup.waitUntil(
      "the end of the list",
      () => {
        const list = document.querySelector(".list");
        list?.scrollTo(0, list.scrollHeight);
        return document.querySelectorAll(".entry").length === 62;
      },
      undefined,
    );
    await popup.fill(".search input", "user-60");
    await untilEntries(1);
    await popup.waitUntil(
      "its code",
      () => /\d{3} \d{3}/.test(document.querySelector(".entry .code")?.textContent ?? ""),
      undefined,
    );
  });

  test("locks with one click", async () => {
    await popup.click('button[aria-label="Lock now"]');
    await popup.waitFor("input[type=password]");
  });
});
