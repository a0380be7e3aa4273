/** Every place where AWS enrols or resynchronises a device: what Doorcode offers, saves and fills. */

import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { PAGES, type SimulatedPage } from "../../www/aws/pages.mjs";
import { findUser } from "../../www/server/accounts.mjs";
import { codesFilled, pressOffer, storedEntries } from "../e2e/support/enrolment.mjs";
import { forgetUsedCodes } from "../e2e/support/journeys.mjs";
import type { Page } from "../e2e/support/page.mjs";
import { walk } from "../e2e/support/walk.mjs";
import { startWorld } from "../e2e/support/world.mjs";

/** For Firefox: every place, and every way to draw a QR code; not every language. */
const inFirefox = (id: string) => !/^enrol-in-(?!ja|zh-CN)/.test(id);

describe.each(["chromium", "firefox"] as const)("in %s", (name) => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  let page: Page;

  const pages = (expected: SimulatedPage["expected"]) =>
    PAGES.filter((candidate) => candidate.expected === expected)
      .filter(({ id }) => name === "chromium" || inFirefox(id))
      .map((candidate) => [candidate.id, candidate] as const);

  beforeAll(async () => {
    world = await startWorld(name);
  });
  afterAll(() => world?.close());
  afterEach(async () => {
    await page?.close();
    await forgetUsedCodes(world.browser);
    world.aws.forgetSpentCodes();
  });

  const arriveAt = async (simulated: SimulatedPage) => {
    page = await world.browser.newPage();
    await walk(page, simulated);
  };

  // First: these pages name no account, and each device that is added is one more to choose from.
  describe("a device that is there: one gesture fills two codes, and AWS takes them", () => {
    test.each(pages("resync"))("%s", async (_id, simulated) => {
      await arriveAt(simulated);
      await page.offer.waitForText(/^Fill two codes .*alice/);
      await pressOffer(page);
      await codesFilled(page, simulated);
      await page.click(simulated.submit ?? "");
      await page.waitFor("#result");
      expect(await page.text("#result")).toBe("The device is synchronized.");
    });
  });

  describe("a new device: one gesture saves it and fills, and AWS takes the codes", () => {
    test.each(pages("enrolment"))("%s", async (_id, simulated) => {
      const { enrols, submit = "", secondField } = simulated;
      if (enrols === undefined) throw new Error("nobody enrols there");
      // AWS allows a user eight devices.
      findUser(world.aws, enrols).devices.length = 0;
      const before = world.aws.enrolments.length;
      await arriveAt(simulated);
      await page.offer.waitForText(
        secondField ? /^Scan and fill both codes/ : /^Scan and fill the code/,
      );
      const known = (await storedEntries(world.browser)).map(({ entryId }) => entryId);
      await page.bringToFront();
      await pressOffer(page);
      await codesFilled(page, simulated);
      const added = async () =>
        (await storedEntries(world.browser)).filter(({ entryId }) => !known.includes(entryId));
      expect(await added()).toMatchObject([{ pending: true }]);
      await page.bringToFront();
      await page.click(submit);
      await expect.poll(() => world.aws.enrolments.length).toBe(before + 1);
      await page.offer.waitForText(/AWS has added the device|Has AWS added the device/);
      if (/^Has AWS/.test(await page.offer.text())) await pressOffer(page);
      expect(await added()).toMatchObject([{ pending: false }]);
    });
  });

  describe("what the entry learns", () => {
    /** Enrols, and hands over the entry once AWS has taken the codes. */
    const learnt = async (simulated: SimulatedPage) => {
      if (simulated.enrols) findUser(world.aws, simulated.enrols).devices.length = 0;
      const known = (await storedEntries(world.browser)).map(({ entryId }) => entryId);
      await arriveAt(simulated);
      await pressOffer(page);
      await codesFilled(page, simulated);
      await page.click(simulated.submit ?? "");
      await page.offer.waitForText(/AWS has added the device|Has AWS added the device/);
      // A page may list the device a moment after its message.
      await new Promise((resolve) => setTimeout(resolve, 1500));
      const entries = await storedEntries(world.browser);
      return entries.find(({ entryId }) => !known.includes(entryId));
    };

    test("the root user, from the ARN on the credentials page", async () => {
      const wizard = pageById("enrol-root");
      const entry = await learnt({
        ...wizard,
        url: wizard.url.replace("/mfa", ""),
        steps: [{ waitFor: "dd" }, { click: "main button" }, ...named(wizard.steps, "learnt-root")],
      });
      expect(entry).toMatchObject({
        identityKind: "root",
        partition: "aws",
        accountId: "444455556666",
        mfaSerialNumber: "arn:aws:iam::444455556666:mfa/learnt-root",
      });
    });

    test("another user than the one who is signed in", async () => {
      const wizard = pageById("enrol-other-user");
      const entry = await learnt({ ...wizard, steps: named(wizard.steps, "learnt-other") });
      expect(entry).toMatchObject({
        identityKind: "iamUser",
        userName: "carol",
        accountAlias: "example-corp",
        accountId: "111122223333",
        deviceName: "learnt-other",
      });
    });

    test("the partition of GovCloud, from the host", async () => {
      const wizard = pageById("enrol-us-gov");
      const entry = await learnt({ ...wizard, steps: named(wizard.steps, "learnt-gov") });
      expect(entry?.mfaSerialNumber).toBe("arn:aws-us-gov:iam::777788889999:mfa/learnt-gov");
    });

    test("the directory of an Identity Center, from the address", async () => {
      const entry = await learnt(pageById("enrol-identity-center"));
      expect(entry).toMatchObject({
        identityKind: "identityCenterUser",
        userName: "carol",
        directoryId: "d-1234567890",
      });
    });
  });

  describe("a step that is no enrolment: no offer", () => {
    const steps = PAGES.filter(({ id }) =>
      [
        "security-credentials",
        "enrol-hardware",
        "iam-dashboard",
        "sms-code",
        "phone-verification",
      ].includes(id),
    ).map((candidate) => [candidate.id, candidate] as const);
    test.each(steps)("%s", async (_id, simulated) => {
      const { field: _field, ...way } = simulated;
      await arriveAt(way as SimulatedPage);
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(await page.offer.isShown()).toBe(false);
    });
  });
});

function pageById(id: string): SimulatedPage {
  const page = PAGES.find((candidate) => candidate.id === id);
  if (page === undefined) throw new Error(`no page ${id}`);
  return page;
}

/** The same steps with another name for the device: AWS takes each once. */
function named(steps: SimulatedPage["steps"], name: string) {
  return (steps ?? []).map((step) => ("fill" in step ? { ...step, text: name } : step));
}
