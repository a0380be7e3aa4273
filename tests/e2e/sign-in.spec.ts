/** Signing in: the built extension in a real browser, at the simulated AWS. */

import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  addEntry,
  forgetUsedCodes,
  lock,
  PASSPHRASE,
  signInToMfaStep,
  unlock,
} from "./support/journeys.mjs";
import type { Page } from "./support/page.mjs";
import { personOf, startWorld } from "./support/world.mjs";

const FIELD = "#mfaCode";

describe.each(["chromium", "firefox"] as const)("in %s", (name) => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  let page: Page;

  beforeAll(async () => {
    world = await startWorld(name);
  });
  afterAll(() => world?.close());
  afterEach(() => page?.close());

  const atMfaStep = async (who = world.alice) => {
    await forgetUsedCodes(world.browser);
    page = await world.browser.newPage();
    await signInToMfaStep(page, who);
  };
  const codeInField = () =>
    page.waitUntil(
      "six digits in the field",
      () => /^\d{6}$/.test((document.querySelector("#mfaCode") as HTMLInputElement).value),
      undefined,
    );
  test("one click on the offer fills a code with which AWS lets the user in", async () => {
    await atMfaStep();
    await page.offer.waitFor();
    expect(await page.offer.text()).toMatch(/^Fill the code 111122223333 · alice \d+ s/);
    expect(await page.value(FIELD)).toBe("");
    await page.offer.clickWhenArmed();
    await codeInField();
    expect(world.aws.signIns, "nothing is submitted by Doorcode").toHaveLength(0);
    await page.click('[data-testid="mfa-submit-button"]');
    await page.waitUntil("the console", () => location.host.includes(".console."), undefined);
    expect(world.aws.signIns).toHaveLength(1);
  });

  test("the keyboard alone reaches the offer and fills", async () => {
    await atMfaStep();
    await page.offer.waitFor();
    await page.click(FIELD);
    await page.press("ArrowDown");
    expect(await page.offer.hasFocus()).toBe(true);
    await page.offer.pressWhenArmed("Enter");
    await codeInField();
  });

  test("Tab goes from the field through the offer to what the page has next", async () => {
    await atMfaStep();
    await page.offer.waitFor();
    await page.click(FIELD);
    await page.press("Tab");
    expect(await page.offer.hasFocus()).toBe(true);
    await page.press("Tab");
    expect(await page.offer.hasFocus(), "the button that closes").toBe(true);
    await page.press("Tab");
    const focused = await page.evaluate(() => document.activeElement?.textContent, undefined);
    expect(focused).toBe("Try another MFA method");
  });

  test("Escape closes the offer and goes back to the field", async () => {
    await atMfaStep();
    await page.offer.waitFor();
    await page.click(FIELD);
    await page.press("ArrowDown");
    await page.press("Escape");
    await page.offer.waitForGone();
    expect(await page.evaluate(() => document.activeElement?.id, undefined)).toBe("mfaCode");
  });

  test("the page sees neither the offer's content nor a label before the click", async () => {
    await atMfaStep();
    await page.offer.waitFor();
    const seen = await page.evaluate(() => {
      const host = document.documentElement.lastElementChild as HTMLElement;
      return {
        root: host.shadowRoot,
        text: document.documentElement.innerText,
        html: host.outerHTML,
      };
    }, undefined);
    expect(seen.root).toBeNull();
    expect(seen.text + seen.html).not.toMatch(/Doorcode (?!\.)|111122223333|fill the code/i);
  });

  test("the offer stays away once it was closed", async () => {
    await atMfaStep();
    await page.offer.waitFor();
    await page.offer.click(".close");
    await page.offer.waitForGone();
    await page.evaluate(() => document.body.append(document.createElement("p")), undefined);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await page.offer.isShown()).toBe(false);
  });

  test("for somebody without an entry it says so and shows nobody else's", async () => {
    await atMfaStep(personOf(world.aws, "444455556666", "alice"));
    await page.offer.waitFor();
    const text = await page.offer.text();
    expect(text).toContain("444455556666");
    expect(text).not.toContain("111122223333");
  });

  test("the entry of the account that signs in comes first", async () => {
    const other = personOf(world.aws, "444455556666", "alice");
    await addEntry(world.browser, other.keyUri);
    await atMfaStep(other);
    await page.offer.waitFor();
    expect(await page.offer.text()).toMatch(/^Fill the code 444455556666 · alice/);
    expect(await page.offer.text()).not.toContain("111122223333");
  });

  test("the popup fills the field of the tab in front", async () => {
    await atMfaStep();
    await page.offer.waitFor();
    const popup = await world.browser.openPopup(page);
    await popup.waitFor(".prompt-entry");
    await popup.click(".prompt-entry [data-primary]");
    await codeInField();
  });

  test("the offer still fills after the browser killed the background", async () => {
    await atMfaStep();
    await page.offer.waitFor();
    await world.browser.stopBackground();
    await page.offer.clickWhenArmed();
    await codeInField();
  });

  test("when locked it offers to unlock, and goes on where it was", async () => {
    await lock(world.browser);
    await atMfaStep();
    await page.offer.waitFor();
    expect(await page.offer.text()).toContain("Unlock Doorcode");
    expect(await page.offer.text()).not.toMatch(/111122223333|alice/);
    await unlock(world.browser, PASSPHRASE);
    await page.bringToFront();
    // By its alias, when a choice in an earlier story has linked the two.
    await page.offer.waitForText(/^Fill the code (111122223333|example-corp) · alice/);
    await page.offer.clickWhenArmed();
    await codeInField();
  });
});
