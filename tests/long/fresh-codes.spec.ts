/** A code that AWS accepts: fresh, not used before, by AWS's own clock. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { forgetInSession, forgetUsedCodes, signInToMfaStep } from "../e2e/support/journeys.mjs";
import type { Page } from "../e2e/support/page.mjs";
import { startWorld } from "../e2e/support/world.mjs";

const FIELD = "#mfaCode";
const SUBMIT = '[data-testid="mfa-submit-button"]';

describe.each(["chromium", "firefox"] as const)("in %s", (name) => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  let page: Page;

  beforeAll(async () => {
    world = await startWorld(name);
  });
  afterAll(() => world?.close());
  beforeEach(async () => {
    await forgetUsedCodes(world.browser);
    world.aws.forgetSpentCodes();
    page = await world.browser.newPage();
    await signInToMfaStep(page, world.alice);
    await page.offer.waitFor();
  });
  afterEach(() => page?.close());

  const code = () => page.value(FIELD);
  const codeInField = (timeoutMs = 10_000) =>
    page.waitUntil(
      "six digits in the field",
      () => /^\d{6}$/.test((document.querySelector("#mfaCode") as HTMLInputElement).value),
      undefined,
      { timeoutMs },
    );
  const signsIn = async () => {
    const before = world.aws.signIns.length;
    await page.click(SUBMIT);
    await page.waitUntil("the console", () => location.host.includes(".console."), undefined);
    expect(world.aws.signIns).toHaveLength(before + 1);
  };

  /** Sets AWS's clock, and lets Doorcode look at the page anew with no reading of the clock. */
  const awsIsAhead = async (seconds: number) => {
    world.aws.setClockOffset(seconds);
    await forgetInSession(world.browser, "clock");
    const offset = () =>
      world.browser.evaluateInExtension(
        async () =>
          (
            (await chrome.storage.session.get(["clock"])).clock as
              | { offsetSeconds: number }
              | undefined
          )?.offsetSeconds,
        undefined,
      );
    await page.bringToFront();
    for (const hidden of [true, false]) {
      await page.evaluate((hide) => {
        (document.querySelector("#mfaCode") as HTMLElement).hidden = hide;
      }, hidden);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    await expect.poll(offset, { timeout: 10_000 }).toBeGreaterThanOrEqual(seconds - 1);
    await page.bringToFront();
    await page.offer.waitFor();
  };
  /** Milliseconds into the step by AWS's clock. */
  const intoStep = (aheadSeconds: number) => (Date.now() + aheadSeconds * 1000) % 30_000;
  /** How far ahead AWS's clock must be, at least a minute, to be so far into a step now. */
  const aheadFor = (milliseconds: number) =>
    60 + Math.floor((milliseconds - ((Date.now() + 60_000) % 30_000) + 30_000) / 1000);

  test("is accepted though AWS's clock is a minute and a half ahead, and the popup says so", async () => {
    await awsIsAhead(90);
    await page.offer.clickWhenArmed();
    await codeInField();
    await signsIn();
    const popup = await world.browser.openExtensionPage("popup.html");
    await popup.waitUntil(
      "word of AWS's clock",
      () => /AWS's clock is (89|90|91) s ahead/.test(document.body.innerText),
      undefined,
    );
    await popup.close();
  });

  test("is accepted at the end of a step: the fill waits for the next, and says so", async () => {
    // The click comes with 2.4 s left; a busy machine may be too slow for it, and tries again.
    for (let attempt = 1; ; attempt += 1) {
      const ahead = aheadFor(21_000);
      await awsIsAhead(ahead);
      while (intoStep(ahead) < 27_600) await new Promise((resolve) => setTimeout(resolve, 20));
      await page.offer.click();
      const waits = await page.offer
        .waitForText(/^Waiting [1-3] s for a fresh code/, { timeoutMs: 2000 })
        .then(
          () => true,
          () => false,
        );
      await codeInField();
      if (waits) break;
      expect(attempt, "attempts to press in time").toBeLessThan(4);
      await page.fill(FIELD, "");
      await forgetUsedCodes(world.browser);
    }
    await signsIn();
    expect(world.aws.signIns.at(-1)?.step).toBe(Math.floor(world.aws.unixSeconds() / 30));
  });

  test("is accepted in the first second of a step", async () => {
    const ahead = aheadFor(24_000);
    await awsIsAhead(ahead);
    while (intoStep(ahead) > 20_000) await new Promise((resolve) => setTimeout(resolve, 20));
    await page.offer.click();
    await codeInField();
    await signsIn();
  });

  test("is not filled twice: after a reload it is used, and one more press fills it", async () => {
    await awsIsAhead(aheadFor(3_000));
    await page.offer.clickWhenArmed();
    await codeInField();
    const first = await code();
    await signInToMfaStep(page, world.alice);
    await page.offer.waitForText(/^Used 111122223333 · alice next in \d+ s/);
    await page.offer.clickWhenArmed();
    await page.offer.waitForText(
      /this one was filled before\. Waiting \d+ s for the next\. Fill the used code/,
    );
    expect(await code()).toBe("");
    await page.offer.clickWhenArmed();
    await codeInField();
    expect(await code()).toBe(first);
    await signsIn();
  });

  test("comes by itself after a used one, when the next step begins", async () => {
    await awsIsAhead(aheadFor(14_000));
    await page.offer.clickWhenArmed();
    await codeInField();
    const first = await code();
    await signsIn();
    await page.close();
    page = await world.browser.newPage();
    await signInToMfaStep(page, world.alice);
    await page.offer.waitFor();
    await page.offer.clickWhenArmed();
    await codeInField(35_000);
    expect(await code()).not.toBe(first);
    await signsIn();
  });

  test("a fill that waits ends with the field that asked", async () => {
    await awsIsAhead(aheadFor(11_000));
    await page.offer.clickWhenArmed();
    await codeInField();
    await signInToMfaStep(page, world.alice);
    await page.offer.clickWhenArmed();
    await page.offer.waitForText(/Waiting \d+ s for the next/);
    await signInToMfaStep(page, world.alice);
    await page.offer.waitFor();
    const left = 30_000 - (world.aws.unixSeconds() % 30) * 1000;
    await new Promise((resolve) => setTimeout(resolve, left + 1500));
    expect(await code(), "another document").toBe("");
  });
});
