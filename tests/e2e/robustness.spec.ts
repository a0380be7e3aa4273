/** What the browser does to an extension: it kills the worker at any step, and updates it under a page. */

import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { forgetUsedCodes, signInToMfaStep } from "./support/journeys.mjs";
import type { Page } from "./support/page.mjs";
import { startWorld } from "./support/world.mjs";

const STRUCTURAL =
  "https://us-east-1.signin.aws.amazon.com/signin?simulate=structural-for&label=for&account=example-corp";

describe.each(["chromium", "firefox"] as const)("in %s", (name) => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  let page: Page;

  beforeAll(async () => {
    world = await startWorld(name);
  });
  afterAll(() => world?.close());
  afterEach(async () => {
    await page?.close();
    await forgetUsedCodes(world.browser).catch(() => undefined);
  });

  const filled = (selector: string) =>
    page.waitUntil(
      "six digits",
      (field) => /^\d{6}$/.test((document.querySelector(field) as HTMLInputElement).value),
      selector,
    );

  test("killed before the code is asked for, it wakes and offers the right entry", async () => {
    page = await world.browser.newPage();
    await world.browser.stopBackground();
    await signInToMfaStep(page, world.alice);
    await page.offer.waitForText(/111122223333 · alice/);
  });

  test("killed between every two steps of a confirmation, it goes on where it was", async () => {
    page = await world.browser.newPage(STRUCTURAL);
    await page.offer.waitForText(/^Fill the code/);
    await world.browser.stopBackground();
    await page.offer.clickWhenArmed();
    await page.offer.waitForText(/Is the marked field the one/);
    await world.browser.stopBackground();
    await page.offer.clickWhenArmed();
    await filled("form input");
  });

  test("killed while it writes, the vault holds the entry or does not, and opens", async () => {
    const letters = "ABCDE";
    page = await world.browser.openExtensionPage("popup.html");
    await page.waitFor(".list-screen");
    for (const [at, letter] of [...letters].entries()) {
      const uri = `otpauth://totp/Example:${letter}?secret=${letter.repeat(32)}`;
      await page.evaluate((keyUri) => {
        const request = { kind: "keyUri", uri: keyUri };
        chrome.runtime
          .sendMessage({ channel: "page", name: "addEntry", request })
          .catch(() => undefined);
      }, uri);
      await new Promise((resolve) => setTimeout(resolve, at * 4));
      await world.browser.stopBackground();
      // The next message wakes it for good.
      await page.evaluate(
        () => chrome.runtime.sendMessage({ channel: "page", name: "readVaultState", request: {} }),
        undefined,
      );
    }
    const reply = await page.evaluate(
      () => chrome.runtime.sendMessage({ channel: "page", name: "listEntries", request: {} }),
      undefined,
    );
    expect(reply.ok).toBe(true);
    const accounts = reply.value.entries.map(
      ({ accountName }: { accountName: string }) => accountName,
    );
    expect(accounts.filter((account: string) => account.startsWith("alice"))).toHaveLength(1);
    expect(accounts.filter((account: string) => letters.includes(account)).length).toBe(
      accounts.length - 1,
    );
  });

  test.runIf(name === "chromium")(
    "updated under a page, the old script takes its offer away and stays silent",
    async () => {
      page = await world.browser.newPage();
      await signInToMfaStep(page, world.alice);
      await page.offer.waitFor();
      // The page that asks for it goes with the extension that is reloaded.
      await world.browser
        .evaluateInExtension(() => chrome.runtime.reload(), undefined)
        .catch(() => undefined);
      await page.offer.waitForGone();
      await page.evaluate(() => {
        const field = document.querySelector("#mfaCode") as HTMLInputElement;
        field.replaceWith(field.cloneNode());
      }, undefined);
      await new Promise((resolve) => setTimeout(resolve, 700));
      expect(await page.offer.isShown()).toBe(false);
    },
  );
});
