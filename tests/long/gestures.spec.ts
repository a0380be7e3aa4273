/** Every gesture that fills, and what may follow a fill: the page's own button, a clean clipboard. */

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { PAGES } from "../../www/aws/pages.mjs";
import { findUser } from "../../www/server/accounts.mjs";
import { addEntry, forgetUsedCodes, signInToMfaStep } from "../e2e/support/journeys.mjs";
import type { Page } from "../e2e/support/page.mjs";
import { walk } from "../e2e/support/walk.mjs";
import { builtExtension, startWorld } from "../e2e/support/world.mjs";

const FIELD = "#mfaCode";
const FILL_CODE = "fill-code";

/** One simulated page for each other rule, and one more of Identity Center's application. */
const OTHER_GENERATIONS = ["iam-2014", "root-2017", "identity-center", "builder-id"];

/**
 * The extension as it is once the user has given the optional permissions. Chromium asks the user in
 * a window of its own, which no test can answer; Firefox can be told to take the click for a yes.
 */
function withPermissions(name: "chromium" | "firefox"): string {
  if (name === "firefox") return builtExtension(name);
  const folder = mkdtempSync(join(tmpdir(), "doorcode-permissions-"));
  cpSync(builtExtension(name), folder, { recursive: true });
  const path = join(folder, "manifest.json");
  const manifest = JSON.parse(readFileSync(path, "utf8"));
  manifest.permissions.push(...manifest.optional_permissions);
  writeFileSync(path, JSON.stringify(manifest));
  return folder;
}

describe.each(["chromium", "firefox"] as const)("in %s", (name) => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  let page: Page | undefined;
  let folder: string;

  beforeAll(async () => {
    folder = withPermissions(name);
    world = await startWorld(name, { extensionDir: folder });
  });
  afterAll(async () => {
    await world?.close();
    if (folder !== builtExtension(name)) rmSync(folder, { recursive: true });
  });
  afterEach(async () => {
    await page?.close();
    page = undefined;
  });

  const open = async (who: Parameters<typeof signInToMfaStep>[1]) => {
    await forgetUsedCodes(world.browser);
    world.aws.forgetSpentCodes();
    page = await world.browser.newPage();
    await signInToMfaStep(page, who);
    await page.offer.waitFor();
    await page.bringToFront();
    return page;
  };
  /** With the account id, which the entry has too: the match is certain. */
  const atMfaStep = () => open({ ...world.alice, account: world.alice.accountId });
  const codeIn = (tab: Page) =>
    tab.waitUntil(
      "six digits in the field",
      () => /^\d{6}$/.test((document.querySelector("#mfaCode") as HTMLInputElement).value),
      undefined,
    );
  /** A click on the offer once it takes one: it must have stood still for a moment. */
  const clickOffer = async (tab: Page) => {
    await new Promise((resolve) => setTimeout(resolve, 700));
    await tab.offer.click();
  };
  /** Ticks a box of the settings, or unticks it. */
  const change = async (label: string) => {
    const options = await world.browser.openExtensionPage("options.html");
    await options.waitFor("label.check");
    await options.evaluate((text) => {
      const boxes = [...document.querySelectorAll("label.check")];
      const wanted = boxes.find((box) => box.textContent?.startsWith(text));
      wanted?.querySelector("input")?.setAttribute("data-wanted", "");
    }, label);
    await options.click("input[data-wanted]");
    const saved = () =>
      [...document.querySelectorAll('[role="status"]')].some((found) =>
        found.textContent?.startsWith("Saved"),
      );
    await options.waitUntil("the change to be saved", saved, undefined);
    await options.close();
  };

  test("the keyboard shortcut fills the one certain match, and submits nothing", async () => {
    const tab = await atMfaStep();
    await world.browser.pressShortcut(FILL_CODE);
    await codeIn(tab);
    await tab.offer.waitForText(/^Filled/);
    expect(world.aws.signIns).toHaveLength(0);
  });

  test("the menu of the field fills it", async () => {
    const tab = await atMfaStep();
    await world.browser.chooseFromContextMenu?.(tab, FIELD, "Fill the AWS MFA code");
    await world.browser.makeMenuEvent?.(FILL_CODE);
    await codeIn(tab);
  });

  test("where the match is not certain, the shortcut fills nothing", async () => {
    // By its alias the account could be another than that of the entry.
    const tab = await open(world.alice);
    await world.browser.pressShortcut(FILL_CODE);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await tab.value(FIELD)).toBe("");
  });

  describe("with the page's own button pressed after a fill", () => {
    beforeAll(() => change("Press the page's own button"));
    afterAll(() => change("Press the page's own button"));

    test("one click signs in", async () => {
      const tab = await atMfaStep();
      await clickOffer(tab);
      await tab.waitUntil("the console", () => location.host.includes(".console."), undefined);
      expect(world.aws.signIns).toHaveLength(1);
    });

    test.each(OTHER_GENERATIONS)("one click signs in on %s", async (id) => {
      const simulated = PAGES.find((candidate) => candidate.id === id);
      if (simulated?.signsIn === undefined) throw new Error(`nobody signs in on ${id}`);
      const [device] = findUser(world.aws, simulated.signsIn).devices;
      const { scope, userName } = simulated.signsIn;
      const issuer = scope.startsWith("d-") ? "AWS%20SSO" : "Amazon%20Web%20Services";
      const label = scope.startsWith("d-") ? encodeURIComponent(userName) : `${userName}@${scope}`;
      const who =
        userName.includes("@") && issuer !== "AWS%20SSO"
          ? `root-account-mfa-device@${scope}`
          : label;
      const keyUri = `otpauth://totp/${issuer}:${who}?secret=${device?.secret}&issuer=${issuer}`;
      // The entry of alice is there already.
      await addEntry(world.browser, keyUri).catch(() => undefined);
      await forgetUsedCodes(world.browser);
      world.aws.forgetSpentCodes();
      const before = world.aws.signIns.length;
      page = await world.browser.newPage();
      await walk(page, simulated);
      await page.offer.waitForText(/^Fill the code/);
      await clickOffer(page);
      await expect.poll(() => world.aws.signIns.length, { timeout: 10_000 }).toBe(before + 1);
    });

    test("the button is not pressed beside an error", async () => {
      const tab = await atMfaStep();
      const before = world.aws.signIns.length;
      await tab.fill(FIELD, "000000");
      await tab.click('[data-testid="mfa-submit-button"]');
      await tab.waitFor("[role=alert]");
      await world.browser.pressShortcut(FILL_CODE);
      await codeIn(tab);
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(world.aws.signIns).toHaveLength(before);
      expect(await tab.isVisible(FIELD)).toBe(true);
    });

    test("the button is pressed once in a document, however often it is filled", async () => {
      const tab = await atMfaStep();
      await tab.evaluate(() => {
        const presses: unknown[] = [];
        Object.assign(globalThis, { presses });
        const count = (event: Event) => {
          event.preventDefault();
          event.stopImmediatePropagation();
          presses.push(event.target);
        };
        addEventListener("click", count, true);
      }, undefined);
      for (const _time of [1, 2]) {
        await tab.evaluate(() => {
          const field = document.querySelector("#mfaCode") as HTMLInputElement;
          field.value = "";
        }, undefined);
        await world.browser.pressShortcut(FILL_CODE);
        await codeIn(tab);
        await forgetUsedCodes(world.browser);
        await tab.bringToFront();
      }
      await new Promise((resolve) => setTimeout(resolve, 300));
      const presses = await tab.evaluate(
        () => (globalThis as unknown as { presses: unknown[] }).presses.length,
        undefined,
      );
      expect(presses).toBe(1);
    });
  });

  describe("the clipboard", () => {
    /** By pasting: that needs no permission. */
    const clipboard = async () => {
      const reader = await world.browser.openExtensionPage("popup.html");
      await reader.waitFor(".search input");
      await reader.click(".search input");
      await reader.press("Control+v");
      await new Promise((resolve) => setTimeout(resolve, 200));
      const text = await reader.value(".search input");
      await reader.close();
      return text;
    };
    const copyInPopup = async () => {
      const popup = await world.browser.openExtensionPage("popup.html");
      await popup.waitFor(".entries [data-primary], .entries button");
      await popup.click(".entries button");
      await popup.waitUntil(
        "a copied code",
        () => /Copied/.test(document.body.innerText),
        undefined,
      );
      await popup.close();
    };
    /** The alarm that the background asked for comes now. */
    const halfMinutePassed = () =>
      world.browser.evaluateInExtension(async () => {
        const alarm = await chrome.alarms.get("clear-clipboard");
        if (alarm === undefined) return false;
        await chrome.alarms.create("clear-clipboard", { when: Date.now() });
        return true;
      }, undefined);
    const untilAlarmGone = () =>
      expect
        .poll(
          () =>
            world.browser.evaluateInExtension(
              async () => Object.keys(await chrome.storage.session.get(["copied"])).length,
              undefined,
            ),
          { timeout: 10_000 },
        )
        .toBe(0);

    test("keeps a copied code unless the user wants it cleared", async () => {
      await copyInPopup();
      expect(await halfMinutePassed()).toBe(false);
      expect(await clipboard()).toMatch(/^\d{6}$/);
    });

    test("loses a copied code after a while, when the user wants that", async () => {
      await change("Clear copied codes");
      await copyInPopup();
      expect(await clipboard()).toMatch(/^\d{6}$/);
      expect(await halfMinutePassed()).toBe(true);
      await untilAlarmGone();
      await expect.poll(clipboard, { timeout: 10_000 }).toBe("");
    });

    test("keeps what was copied after the code, and is untouched by filling", async () => {
      await copyInPopup();
      const writer = await world.browser.openExtensionPage("options.html");
      await writer.bringToFront();
      await writer.evaluate(() => navigator.clipboard.writeText("something of mine"), undefined);
      await writer.close();
      expect(await halfMinutePassed()).toBe(true);
      await untilAlarmGone();
      const tab = await atMfaStep();
      await clickOffer(tab);
      await codeIn(tab);
      expect(await clipboard()).toBe("something of mine");
    });
  });
});
