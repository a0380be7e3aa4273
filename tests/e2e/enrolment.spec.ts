/** Enrolling: the built extension in a real browser, at the wizard of the simulated AWS. */

import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { PAGES, type SimulatedPage } from "../../www/aws/pages.mjs";
import { codesFilled, pressOffer, storedEntries } from "./support/enrolment.mjs";
import { badges } from "./support/journeys.mjs";
import type { Page } from "./support/page.mjs";
import { walk } from "./support/walk.mjs";
import { startWorld } from "./support/world.mjs";

describe.each(["chromium", "firefox"] as const)("in %s", (name) => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  let page: Page;
  let devices = 0;

  beforeAll(async () => {
    world = await startWorld(name);
  });
  afterAll(() => world?.close());
  afterEach(() => page?.close());

  const arriveAt = async (id: string) => {
    const simulated = pageById(id);
    page = await world.browser.newPage();
    // AWS takes the name of a device once, and a story may be tried again.
    devices += 1;
    const steps = (simulated.steps ?? []).map((step) =>
      "fill" in step ? { ...step, text: `phone-${devices}` } : step,
    );
    await walk(page, { ...simulated, steps });
    return simulated;
  };
  test("one click saves the key of the QR code and fills two codes that AWS takes", async () => {
    const simulated = await arriveAt("enrol-own-user");
    await page.offer.waitForText(/^Scan and fill both codes/);
    await expect.poll(() => badges(world.browser)).toContain("MFA");
    await pressOffer(page);
    const [first, second] = await codesFilled(page, simulated);
    expect(first).not.toBe(second);
    const [entry] = (await storedEntries(world.browser)).filter(({ pending }) => pending);
    expect(entry, "before AWS has taken the codes").toMatchObject({
      accountAlias: "example-corp",
      userName: "carol",
      deviceName: `phone-${devices}`,
      partition: "aws",
    });
    expect(world.aws.enrolments, "nothing is submitted by Doorcode").toHaveLength(0);
    await page.click(simulated.submit ?? "");
    await page.waitFor(".success");
    expect(world.aws.enrolments).toHaveLength(1);
    await page.offer.waitForText(/AWS has added the device/);
    await expect.poll(() => badges(world.browser)).not.toContain("MFA");
    const stored = async () =>
      (await storedEntries(world.browser)).find(({ entryId }) => entryId === entry?.entryId);
    expect((await stored())?.pending).toBe(false);
    // The page lists the device a moment after its message.
    await expect
      .poll(async () => (await stored())?.mfaSerialNumber)
      .toBe(`arn:aws:iam::111122223333:mfa/phone-${devices}`);
  });

  test("where there is one box, one code; the user says that AWS has added the device", async () => {
    const simulated = await arriveAt("enrol-identity-center");
    await page.offer.waitForText(/^Scan and fill the code/);
    await pressOffer(page);
    await codesFilled(page, simulated);
    await page.click(simulated.submit ?? "");
    await page.offer.waitForText(/^Has AWS added the device\?/);
    await pressOffer(page);
    await page.offer.waitForText(/AWS has added the device/);
    const entries = await storedEntries(world.browser);
    expect(entries.find(({ directoryId }) => directoryId === "d-1234567890")).toMatchObject({
      pending: false,
      userName: "carol",
    });
  });

  test("a device that is there is resynchronised with two codes", async () => {
    const simulated = await arriveAt("resync-dialog");
    await page.offer.waitForText(/^Fill two codes .*alice/);
    await expect.poll(() => badges(world.browser)).toContain("MFA");
    await pressOffer(page);
    await codesFilled(page, simulated);
    await page.click(simulated.submit ?? "");
    await page.waitFor("#result");
    expect(await page.text("#result")).toBe("The device is synchronized.");
  });
});

function pageById(id: string): SimulatedPage {
  const page = PAGES.find((candidate) => candidate.id === id);
  if (page === undefined) throw new Error(`no page ${id}`);
  return page;
}
