/** Pages that try to have a code filled without the user's will: none gets one. */

import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { PAGES } from "../../www/aws/pages.mjs";
import { badges, forgetUsedCodes } from "../e2e/support/journeys.mjs";
import type { Page } from "../e2e/support/page.mjs";
import { walk } from "../e2e/support/walk.mjs";
import { startWorld } from "../e2e/support/world.mjs";

const attacks = PAGES.filter(({ expected }) => expected === "attack");
const plain = "https://us-east-1.signin.aws.amazon.com/signin?simulate=plain";

describe.each(["chromium", "firefox"] as const)("in %s", (name) => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  let page: Page;

  beforeAll(async () => {
    world = await startWorld(name);
  });
  afterAll(() => world?.close());
  afterEach(async () => {
    await page?.close();
    await forgetUsedCodes(world.browser);
  });

  const stolen = () =>
    page.evaluate(
      () =>
        document.documentElement.dataset.stolen === "yes" ||
        [...document.querySelectorAll("input")].some(({ value }) => /^\d{6}$/.test(value)),
      undefined,
    );

  test("the table has an attack of every family", () => {
    expect(attacks.map(({ id }) => id).join(" ")).toMatch(
      /transparent.*covered.*moving.*zoomed.*synthetic/,
    );
  });

  test.each(attacks)("$id: $imitates", async (attack) => {
    page = await world.browser.newPage();
    await walk(page, attack.id === "attack-sudden" ? attack : { url: attack.url });
    if (attack.id !== "attack-sudden") {
      const { steps = [], ...rest } = attack;
      await page.offer.waitFor();
      for (const step of steps) {
        if ("press" in step) await page.press(step.press);
        else if ("waitFor" in step) await page.waitFor(step.waitFor);
        else if ("click" in step) await page.click(step.click);
      }
      expect(rest.field).toBe("#mfaCode");
    }
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await stolen()).toBe(false);
  });

  test("a second click so soon does not confirm what the first one has asked", async () => {
    const asks = "https://us-east-1.signin.aws.amazon.com/signin?simulate=structural-wrap";
    page = await world.browser.newPage(asks);
    const clickTwice = async () => {
      await page.offer.clickWhenArmed();
      const asked = performance.now();
      await page.offer.waitForText(/Is the marked field the one/);
      await page.offer.click();
      return performance.now() - asked;
    };
    // On a slow machine the second click may come too late to be a hasty one.
    for (let tries = 0; (await clickTwice()) > 350; tries += 1) {
      expect(tries).toBeLessThan(10);
      await page.goto(asks);
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await stolen()).toBe(false);
    await page.offer.clickWhenArmed();
    await expect.poll(stolen).toBe(true);
  });

  test("it gives up loudly when a page does not stop interfering, and stays away", async () => {
    page = await world.browser.newPage(plain);
    await page.offer.waitFor();
    expect(await badges(world.browser)).not.toContain("!");
    await page.bringToFront();
    await page.evaluate(async () => {
      const host = document.documentElement.lastElementChild;
      for (let count = 0; count < 10; count += 1) {
        host?.setAttribute("style", `opacity: 0.${count}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }, undefined);
    await page.offer.waitForGone();
    await page.evaluate(() => document.body.append("more"), undefined);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await page.offer.isShown()).toBe(false);
    expect(await badges(world.browser)).toContain("!");
    const popup = await world.browser.openPopup(page);
    await popup.click(".prompt-entry [data-primary]");
    await page.waitUntil(
      "the popup to fill all the same",
      () => /^\d{6}$/.test((document.querySelector("#mfaCode") as HTMLInputElement).value),
      undefined,
    );
  });

  test("taken out of the page once, it comes back and still fills", async () => {
    page = await world.browser.newPage(plain);
    await page.offer.waitFor();
    await page.evaluate(() => document.documentElement.lastElementChild?.remove(), undefined);
    await page.offer.waitFor();
    await page.offer.clickWhenArmed();
    await page.waitUntil(
      "six digits",
      () => /^\d{6}$/.test((document.querySelector("#mfaCode") as HTMLInputElement).value),
      undefined,
    );
  });
});
