/** Every simulated page in a real browser: what Doorcode finds, offers and fills there. */

import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { pageRules } from "../../extension/src/content/pages";
import {
  evidence as iam2014,
  iamSignIn2014,
} from "../../extension/src/content/pages/iam-sign-in-2014";
import {
  evidence as center,
  identityCenter,
} from "../../extension/src/content/pages/identity-center";
import {
  evidence as root2017,
  rootSignIn2017,
} from "../../extension/src/content/pages/root-sign-in-2017";
import { signIn2024, evidence as since2024 } from "../../extension/src/content/pages/sign-in-2024";
import { PAGES, type SimulatedPage } from "../../www/aws/pages.mjs";
import { findUser } from "../../www/server/accounts.mjs";
import { addEntry, forgetUsedCodes, lock } from "../e2e/support/journeys.mjs";
import type { Page } from "../e2e/support/page.mjs";
import { waitUntil } from "../e2e/support/wait.mjs";
import { walk } from "../e2e/support/walk.mjs";
import { startWorld } from "../e2e/support/world.mjs";
import { bundleForPage, withScript } from "../lab/bundle.mjs";
import type { finding } from "../lab/in-page";

declare const lab: { finding: typeof finding };

const rules = [
  { rule: signIn2024, evidence: since2024 },
  { rule: iamSignIn2014, evidence: iam2014 },
  { rule: rootSignIn2017, evidence: root2017 },
  { rule: identityCenter, evidence: center },
];
/** For Firefox: one page for each rule, and what is hard about documents. */
const inFirefox = new Set([
  ...rules.map(({ evidence }) => evidence.pages[0]),
  ...["restless", "native-dialog", "shadow-root", "frame", "frame-sandboxed", "frame-foreign"],
  ...["builder-id", "structural-in-ja", "structural-password", "email-challenge", "not-usable"],
]);

/** No text box of the page holds six digits, wherever it is. */
const nothingFilled = () => {
  const roots: ParentNode[] = [document];
  for (const element of document.querySelectorAll("*")) {
    const inner = element.shadowRoot ?? (element as HTMLIFrameElement).contentDocument;
    if (inner) roots.push(inner);
  }
  return roots.every((root) =>
    [...root.querySelectorAll("input")].every(({ value }) => !/^\d{6}$/.test(value)),
  );
};

describe.each(["chromium", "firefox"] as const)("in %s", (name) => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  let page: Page;
  let script: string;

  const pages = (expected: SimulatedPage["expected"]) =>
    PAGES.filter((candidate) => candidate.expected === expected)
      .filter(({ id }) => name === "chromium" || inFirefox.has(id))
      .map((candidate) => [candidate.id, candidate] as const);

  beforeAll(async () => {
    script = await bundleForPage("in-page.ts");
    world = await startWorld(name);
    for (const keyUri of keyUris()) await addEntry(world.browser, keyUri).catch(isDuplicate);
  });
  afterAll(() => world?.close());
  afterEach(async () => {
    await page?.close();
    world.aws.forgetSpentCodes();
    await forgetUsedCodes(world.browser);
  });

  /** Everybody who signs in on a page, under the name that AWS puts into the QR code. */
  const keyUris = () =>
    PAGES.flatMap(({ signsIn }) => {
      if (signsIn === undefined) return [];
      const { scope, userName } = signsIn;
      const [device] = findUser(world.aws, signsIn).devices;
      const who = userName.includes("@") ? "root-account-mfa-device" : userName;
      const [issuer, label] = scope.startsWith("d-")
        ? ["AWS%20SSO", encodeURIComponent(userName)]
        : ["Amazon%20Web%20Services", `${who}@${scope}`];
      return [`otpauth://totp/${issuer}:${label}?secret=${device?.secret}&issuer=${issuer}`];
    });
  const isDuplicate = (error: Error) => expect(error.message).toContain("duplicateEntry");

  const arriveAt = async (simulated: Pick<SimulatedPage, "url" | "steps" | "field">) => {
    page = await world.browser.newPage();
    await walk(page, simulated);
  };
  const filled = (field: string) =>
    waitUntil(async () => /^\d{6}$/.test((await page.value(field)) ?? ""), {
      what: `six digits in ${field}`,
      seen: async () =>
        `offer "${await page.offer.text().catch(String)}" on ${await page.describe()}`,
    });
  /** Where the page replaces its nodes, the offer that was clicked may be gone a moment later. */
  const clickUntilFilled = (field: string) =>
    waitUntil(
      async () => {
        if (/^\d{6}$/.test((await page.value(field)) ?? "")) return true;
        if (await page.offer.isShown()) await page.offer.click();
        return false;
      },
      { what: `six digits in ${field}`, seen: () => page.describe(), timeoutMs: 20_000 },
    );
  const staysEmpty = async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await page.evaluate(nothingFilled, undefined)).toBe(true);
  };

  describe("a known page: one gesture fills, and its rule found the field", () => {
    test.each(pages("known"))("%s", async (id, simulated) => {
      await arriveAt(simulated);
      await page.offer.waitForText(/^Fill the code/);
      const found = await page.evaluate(
        withScript(script, () => lab.finding()),
        undefined,
      );
      expect(found.kind).toBe("known");
      const by = rules.find(({ rule }) => rule === pageRules[found.rule]);
      expect(by?.evidence.pages).toContain(id);
      await clickUntilFilled(simulated.field ?? "");
    });
  });

  describe("a page known by its structure only: the field is marked and the user confirms", () => {
    test.each(pages("structural"))("%s", async (_id, simulated) => {
      await arriveAt(simulated);
      await page.offer.waitForText(/^Fill the code/);
      await page.offer.clickWhenArmed();
      await page.offer.waitForText(/Is the marked field the one/);
      expect(await page.evaluate(nothingFilled, undefined), "before it is confirmed").toBe(true);
      const outline = await page.evaluate(
        (field) => getComputedStyle(document.querySelector(field) as Element).outlineStyle,
        simulated.field ?? "",
      );
      expect(outline).toBe("solid");
      await page.offer.clickWhenArmed();
      await filled(simulated.field ?? "");
    });
  });

  describe("a page that asks for nothing of Doorcode: no offer, nothing filled", () => {
    const chooser = "iam-2024-at-chooser";
    const silent = pages("none").filter(([id]) => id !== chooser);
    test.each(silent)("%s", async (_id, simulated) => {
      // Some of their fields are not there at all.
      const { field: _field, ...way } = simulated;
      await arriveAt(way);
      await staysEmpty();
      expect(await page.offer.isShown()).toBe(false);
    });
  });

  test("where a kind of device must be chosen first, it points the way and chooses nothing", async () => {
    await arriveAt(pageById("iam-2024-at-chooser"));
    await page.offer.waitForText(/Choose the authenticator app/);
    expect(await page.evaluate(() => document.querySelector(":checked"), undefined)).toBeNull();
    await page.click("input[type=radio][value=SWHW]");
    await page.click('[data-testid="mfa-continue-button"]');
    await page.waitFor("#mfaCode");
    await page.offer.waitForText(/^Fill the code/);
    await page.offer.clickWhenArmed();
    await filled("#mfaCode");
  });

  test("on an MFA page on which it finds no field, the popup says that the page has changed", async () => {
    await arriveAt(pageById("six-boxes"));
    await staysEmpty();
    const popup = await world.browser.openPopup(page);
    await popup.waitFor(".prompt-remark");
    expect(await popup.text(".prompt-remark")).toMatch(/changed this page/);
  });

  test("the offer follows a field that the page replaces", async () => {
    await arriveAt(pageById("plain"));
    await page.offer.waitFor();
    for (let generation = 0; generation < 3; generation += 1) {
      await page.evaluate(() => {
        const field = document.querySelector("#mfaCode");
        field?.replaceWith(field.cloneNode());
      }, undefined);
    }
    await clickUntilFilled("#mfaCode");
  });

  test("the offer goes when the step goes, without a navigation", async () => {
    await arriveAt(pageById("plain"));
    await page.offer.waitFor();
    await page.evaluate(() => document.querySelector("main")?.remove(), undefined);
    await page.offer.waitForGone();
  });

  test("it follows into a frame of the page's own origin that comes and goes", async () => {
    await arriveAt(pageById("frame"));
    await page.offer.waitFor();
    await page.evaluate(() => {
      const frame = document.querySelector("iframe") as HTMLIFrameElement;
      frame.src = "/signin?simulate=passkey";
    }, undefined);
    await page.offer.waitForGone();
    await page.evaluate(() => {
      const frame = document.querySelector("iframe") as HTMLIFrameElement;
      frame.src = "/signin?simulate=plain";
    }, undefined);
    await page.offer.waitFor();
    const [field, offer] = [await page.rect("#step >>> #mfaCode"), await page.offer.rect()];
    expect(Math.abs(offer.y - field.y), "beside the field as the user sees it").toBeLessThan(120);
    await page.offer.clickWhenArmed();
    await filled("#step >>> #mfaCode");
  });

  test("with the offer in the page turned off, only the popup fills", async () => {
    const setOfferInPage = (offerInPage: boolean) =>
      world.browser.evaluateInExtension(async (wanted) => {
        const ask = (message: string, request: object) =>
          chrome.runtime.sendMessage({ channel: "page", name: message, request });
        const settings = (await ask("readSettings", {})).value;
        await ask("saveSettings", { settings: { ...settings, offerInPage: wanted } });
      }, offerInPage);
    await setOfferInPage(false);
    try {
      await arriveAt(pageById("iam-2024"));
      await staysEmpty();
      expect(await page.offer.isShown()).toBe(false);
      const popup = await world.browser.openPopup(page);
      await popup.click(".prompt-entry [data-primary]");
      await filled("#mfaCode");
    } finally {
      await setOfferInPage(true);
    }
  });

  test("while locked a page learns of no account", async () => {
    await lock(world.browser);
    await arriveAt(pageById("iam-2024"));
    await page.offer.waitForText(/Unlock/);
    expect(await page.offer.text()).not.toMatch(/alice|example-corp|\d{12}/);
  });
});

function pageById(id: string): SimulatedPage {
  const page = PAGES.find((candidate) => candidate.id === id);
  if (page === undefined) throw new Error(`no page ${id}`);
  return page;
}
