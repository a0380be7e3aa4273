/** The vault in a real browser: what is on disk, what survives, what opens it. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lock, PASSPHRASE, unlock } from "./support/journeys.mjs";
import { startWorld } from "./support/world.mjs";

describe.each(["chromium", "firefox"] as const)("in %s", (name) => {
  let world: Awaited<ReturnType<typeof startWorld>>;

  beforeAll(async () => {
    world = await startWorld(name);
  });
  afterAll(() => world?.close());

  const stored = () =>
    world.browser.evaluateInExtension(
      async () => ({
        local: await chrome.storage.local.get(null),
        session: await chrome.storage.session.get(null),
      }),
      undefined,
    );
  const popup = () => world.browser.openExtensionPage("popup.html");

  test("keeps nothing readable in storage while it is open", async () => {
    const text = JSON.stringify(await stored());
    const secret = new URL(world.alice.keyUri).searchParams.get("secret") ?? "";
    for (const plain of [
      secret,
      "alice",
      "111122223333",
      "Amazon",
      PASSPHRASE,
      world.recoveryCode,
    ]) {
      expect(text.includes(plain)).toBe(false);
    }
  });

  test("keeps only the vault, the settings and what is due on disk", async () => {
    const { local } = await stored();
    expect(
      Object.keys(local).filter(
        (key) => !/^(x-)?(h|b)[01]$|^r[0-7]$|^(settings|care|tries)$/.test(key),
      ),
    ).toEqual([]);
  });

  test("a wrong passphrase is refused in words and changes nothing", async () => {
    await lock(world.browser);
    const before = await stored();
    const page = await popup();
    await page.fill("input[type=password]", "not the passphrase");
    await page.click("button[type=submit]");
    await page.waitFor("[role=alert]");
    expect(await page.text("[role=alert]")).toMatch(/passphrase/i);
    const { tries: _counted, ...after } = (await stored()).local;
    const { tries: _before, ...untouched } = before.local;
    expect(after).toEqual(untouched);
    await page.close();
  });

  test("the right passphrase opens it, and the popup shows the codes", async () => {
    await unlock(world.browser);
    const page = await popup();
    await page.waitFor(".entry .code");
    await page.waitUntil(
      "a code",
      () => /^\d{3}.\d{3}$/.test(document.querySelector(".entry .code")?.textContent ?? ""),
      undefined,
    );
    await page.close();
  });

  test("lock leaves neither half of the session", async () => {
    await lock(world.browser);
    expect(Object.keys((await stored()).session).filter((key) => key === "session")).toEqual([]);
    const keys = await world.browser.evaluateInExtension(
      () =>
        new Promise<number>((resolve, reject) => {
          const open = indexedDB.open("doorcode-session");
          open.onerror = () => reject(open.error);
          open.onsuccess = () => {
            const count = open.result.transaction("keys").objectStore("keys").count();
            count.onsuccess = () => resolve(count.result);
          };
        }),
      undefined,
    );
    expect(keys).toBe(0);
  });

  test("the recovery code opens it too", async () => {
    const page = await popup();
    await page.waitFor("input[type=password]");
    await page.click(".button-quiet");
    await page.fill("input.monospace", world.recoveryCode);
    await page.click("button[type=submit]");
    await page.waitFor(".list-screen", { timeoutMs: 30_000 });
    await page.close();
  });

  test("stays open when the browser kills the background", async () => {
    await world.browser.stopBackground();
    const page = await popup();
    await page.waitFor(".entry .code");
    await page.close();
  });

  test("is locked after the browser ended, and opens with what it held", async () => {
    world.browser = await world.browser.restart();
    await unlock(world.browser);
    const page = await popup();
    await page.waitFor(".entry");
    expect(await page.text(".entry")).toContain("alice");
    await page.close();
  });
});
