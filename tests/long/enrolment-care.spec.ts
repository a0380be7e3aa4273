/** Enrolling when things go wrong: never a device that nobody can answer, never a code too much. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { PAGES } from "../../www/aws/pages.mjs";
import { findUser } from "../../www/server/accounts.mjs";
import { awsIsAhead, codesFilled, pressOffer, storedEntries } from "../e2e/support/enrolment.mjs";
import { forgetUsedCodes, signInToMfaStep } from "../e2e/support/journeys.mjs";
import type { Page } from "../e2e/support/page.mjs";
import { walk } from "../e2e/support/walk.mjs";
import { startWorld } from "../e2e/support/world.mjs";

const CAROL = { scope: "example-corp", userName: "carol" };
const wizard = PAGES.find(({ id }) => id === "enrol-own-user");
const BOXES = wizard?.field ?? "";

describe.each(["chromium", "firefox"] as const)("in %s", (name) => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  let page: Page;
  let devices = 0;

  beforeAll(async () => {
    world = await startWorld(name);
  });
  afterAll(() => world?.close());
  beforeEach(async () => {
    findUser(world.aws, CAROL).devices.length = 0;
    await forgetUsedCodes(world.browser);
    page = await world.browser.newPage();
  });
  afterEach(async () => {
    await page?.close();
    await awsIsAhead(world, 0);
    world.aws.forgetSpentCodes();
  });

  /** As far as the QR code. */
  const arrive = async () => {
    if (wizard === undefined) throw new Error("no wizard");
    devices += 1;
    // The same address again would be no new document.
    await page.goto("about:blank");
    const steps = wizard.steps?.map((step) =>
      "fill" in step ? { ...step, text: `phone-${devices}` } : step,
    );
    await walk(page, { ...wizard, ...(steps && { steps }) });
    await page.offer.waitForText(/^Scan and fill both codes/);
  };
  const boxesAreEmpty = async () => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await page.value(BOXES)).toBe("");
  };
  const submit = async () => {
    await page.bringToFront();
    await page.click(".add-mfa");
  };
  const enrolled = async (before: number) => {
    await page.waitFor(".success");
    expect(world.aws.enrolments).toHaveLength(before + 1);
  };
  const pending = async () => {
    const found = (await storedEntries(world.browser)).filter((entry) => entry.pending);
    await page.bringToFront();
    return found;
  };

  // First: later on there are other devices of carol to choose from.
  test("the first sign-in after it uses a later code", async () => {
    await arrive();
    await pressOffer(page);
    if (wizard === undefined) return;
    await codesFilled(page, wizard);
    const before = world.aws.signIns.length;
    await submit();
    await page.waitFor(".success");
    const { password } = findUser(world.aws, CAROL);
    await signInToMfaStep(page, { account: "example-corp", userName: "carol", password });
    await page.offer.waitForText(/^(Used|Fill the code) example-corp · carol/);
    await pressOffer(page);
    await page.waitUntil(
      "six digits in the field",
      () => /^\d{6}$/.test((document.querySelector("#mfaCode") as HTMLInputElement).value),
      undefined,
      { timeoutMs: 40_000 },
    );
    await page.click('[data-testid="mfa-submit-button"]');
    await page.waitUntil("the console", () => location.host.includes(".console."), undefined);
    expect(world.aws.signIns).toHaveLength(before + 1);
  });

  test.runIf(name === "chromium")("a disk that fails: nothing saved, nothing filled", async () => {
    const before = await pending();
    await arrive();
    await world.browser.evaluateInBackground?.(() => {
      const refuse = () => Promise.reject(new Error("the disk is full"));
      Object.assign(chrome.storage.local, { set: refuse });
    });
    await pressOffer(page);
    await page.offer.waitForText(/could not be saved, so nothing was filled/);
    await boxesAreEmpty();
    // The next background has a disk that works.
    await world.browser.stopBackground();
    expect(await pending()).toEqual(before);
    await pressOffer(page);
    if (wizard) await codesFilled(page, wizard);
    expect(await pending()).toHaveLength(before.length + 1);
  });

  test("the background ended in the middle: the next press goes on, and saves once", async () => {
    for (const delay of [0, 15, 40, 80]) {
      await arrive();
      const before = (await storedEntries(world.browser)).length;
      await page.bringToFront();
      await pressOffer(page);
      await new Promise((resolve) => setTimeout(resolve, delay));
      await world.browser.stopBackground();
      await new Promise((resolve) => setTimeout(resolve, 500));
      const filled = (await page.value(BOXES)) !== "";
      const saved = (await storedEntries(world.browser)).length - before;
      expect(filled ? saved : 1, `after ${delay} ms: no code without an entry`).toBe(1);
      await page.bringToFront();
      if (!filled) {
        await page.offer.waitFor();
        if (/^Scan/.test(await page.offer.text())) await pressOffer(page);
      }
      if (wizard) await codesFilled(page, wizard, { timeoutMs: 40_000 });
      expect(await storedEntries(world.browser)).toHaveLength(before + 1);
      await page.bringToFront();
    }
  });

  test("a wizard that is cancelled leaves a pending entry, which can be discarded", async () => {
    await arrive();
    const before = (await pending()).length;
    await pressOffer(page);
    if (wizard) await codesFilled(page, wizard);
    await page.evaluate(() => {
      const buttons = [...document.querySelectorAll("button")];
      buttons.find((button) => button.textContent === "Cancel")?.setAttribute("data-cancel", "");
    }, undefined);
    await page.click("[data-cancel]");
    await page.offer.waitForText(/^Has AWS added the device\?/);
    expect(await pending()).toHaveLength(before + 1);
    await pressOffer(page, 2);
    await page.offer.waitForText(/^Discarded/);
    expect(await pending()).toHaveLength(before);
  });

  test("AWS's clock a minute and a half ahead: the codes are accepted", async () => {
    await awsIsAhead(world, 90);
    await arrive();
    const before = world.aws.enrolments.length;
    await pressOffer(page);
    if (wizard) await codesFilled(page, wizard, { timeoutMs: 40_000 });
    await submit();
    await enrolled(before);
  });

  /** How far ahead AWS's clock must be, at least a minute, to be so far into a step now. */
  const aheadFor = (milliseconds: number) =>
    60 + Math.floor((milliseconds - ((Date.now() + 60_000) % 30_000) + 30_000) / 1000);
  const intoStep = (aheadSeconds: number) => (Date.now() + aheadSeconds * 1000) % 30_000;

  test("in second 29 of a step it waits for the next, and the codes are accepted", async () => {
    const ahead = aheadFor(15_000);
    await awsIsAhead(world, ahead);
    await page.bringToFront();
    await arrive();
    const before = world.aws.enrolments.length;
    while (intoStep(ahead) < 28_300) await new Promise((resolve) => setTimeout(resolve, 20));
    await page.offer.click();
    await page.offer.waitForText(/^(Waiting [12] s for a fresh code|Saved)/, { timeoutMs: 2000 });
    if (wizard) await codesFilled(page, wizard, { timeoutMs: 40_000 });
    expect(intoStep(ahead), "filled early in a step").toBeLessThan(10_000);
    await submit();
    await enrolled(before);
  });

  test("in second 1 of a step the codes are accepted", async () => {
    const ahead = aheadFor(20_000);
    await awsIsAhead(world, ahead);
    await page.bringToFront();
    await arrive();
    const before = world.aws.enrolments.length;
    while (intoStep(ahead) > 20_000 || intoStep(ahead) < 1000) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await page.offer.click();
    if (wizard) await codesFilled(page, wizard);
    await submit();
    await enrolled(before);
  });

  test("a double click is one wish", async () => {
    await arrive();
    const before = world.aws.enrolments.length;
    await pressOffer(page);
    await page.offer.click().catch(() => undefined);
    if (wizard) await codesFilled(page, wizard);
    await submit();
    await enrolled(before);
  });

  test("codes that are not submitted follow the step, in the same boxes", async () => {
    await arrive();
    const before = world.aws.enrolments.length;
    await pressOffer(page);
    if (wizard === undefined) return;
    const [first, second] = await codesFilled(page, wizard);
    await expect.poll(() => page.value(BOXES), { timeout: 40_000 }).not.toBe(first);
    const [next] = await codesFilled(page, wizard);
    expect(next, "consecutive").toBe(second);
    await submit();
    await enrolled(before);
  });

  test("codes that were refused: two new ones after two steps, once, then what may help", async () => {
    await arrive();
    await pressOffer(page);
    if (wizard === undefined) return;
    const refused = await codesFilled(page, wizard);
    // AWS's clock runs away after it was read.
    world.aws.setClockOffset(600);
    await submit();
    await page.offer.waitForText(/^AWS did not take these codes/);
    await pressOffer(page);
    await page.offer.waitForText(/^Waiting \d+ s for a fresh code/);
    await expect.poll(() => page.value(BOXES), { timeout: 70_000 }).not.toBe(refused[0]);
    const again = await codesFilled(page, wizard);
    expect(again, "none of the refused ones").not.toContain(refused[1]);
    await submit();
    await page.offer.waitForText(
      /^AWS refused the codes again\. See whether this computer's clock/,
    );
    expect(
      world.aws.enrolments.some(({ serialNumber }) => serialNumber.endsWith(`phone-${devices}`)),
    ).toBe(false);
    expect((await pending()).length).toBeGreaterThan(0);
  });
});
