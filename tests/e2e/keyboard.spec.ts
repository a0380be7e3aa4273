/** The pages worked by keyboard alone. */

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openGallery, serveGallery, showScene } from "../views/gallery.mjs";

const PASSPHRASE = "correct horse battery staple";
const URI =
  "otpauth://totp/Amazon%20Web%20Services:alice-phone@123456789012?secret=MADEUPMADEUP&issuer=Amazon%20Web%20Services";

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await openGallery();
});
beforeEach(async () => {
  page = await browser.newPage();
  await serveGallery(page);
});
afterAll(() => browser.close());

const shows = (text: string) => page.getByText(text).first().waitFor();

/** What the focused element is called. */
const focused = () =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLInputElement | null;
    return (
      element?.getAttribute("aria-label") ??
      element?.labels?.[0]?.textContent ??
      element?.textContent ??
      ""
    );
  });

/** Presses Tab until what has this name has the focus. */
async function tabTo(name: string | RegExp): Promise<void> {
  const fits = (text: string) => (typeof name === "string" ? text === name : name.test(text));
  const passed: string[] = [];
  while (passed.length < 60) {
    await page.keyboard.press("Tab");
    passed.push(await focused());
    if (fits(passed.at(-1) ?? "")) return;
  }
  throw new Error(`Tab does not reach ${name}, only ${passed.join(" | ")}`);
}

async function pressOn(name: string | RegExp): Promise<void> {
  await tabTo(name);
  await page.keyboard.press("Enter");
}

test("the first run", async () => {
  await showScene(page, { name: "", page: "welcome", state: "absent" });
  await page.keyboard.type(PASSPHRASE);
  await tabTo("Repeat the passphrase");
  await page.keyboard.type(PASSPHRASE);
  await page.keyboard.press("Enter");
  await shows("Write down the recovery code");
  const groups = await page.locator(".recovery-groups code").allTextContents();
  await pressOn("I have written it down");
  await shows("Check what you wrote down");
  await page.keyboard.type(groups[1] ?? "");
  await page.keyboard.press("Tab");
  await page.keyboard.type(groups[2] ?? "");
  await page.keyboard.press("Enter");
  await shows("The vault is ready");
  await tabTo("Secret key or otpauth:// address");
  await page.keyboard.insertText(URI);
  await shows("1234-5678-9012");
  await page.keyboard.press("Enter");
  await shows("Doorcode is ready");
});

test("an entry added, renamed, deleted and restored; the vault locked and unlocked", async () => {
  await showScene(page, { name: "", page: "popup", state: "one" });
  await shows("example-production");
  await pressOn("Add an entry");
  await page.keyboard.insertText(URI);
  await shows("1234-5678-9012");
  await page.keyboard.press("Enter");
  // Another entry of the same account knows its alias.
  await shows("Added: example-production");
  await expect.poll(focused).toContain("example-production, alice-phone");

  await pressOn(/^Edit example-production, alice-phone/);
  await tabTo("Account alias");
  await page.keyboard.type("example-corp");
  await page.keyboard.press("Enter");
  await shows("Saved: example-corp");

  await pressOn(/^Edit example-corp/);
  await pressOn("Delete the entry");
  await expect.poll(focused).toBe("Undo");
  await page.keyboard.press("Enter");
  await shows("Restored: example-corp");

  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowUp");
  await expect.poll(focused).toBe("Search the entries");
  await pressOn("Lock now");
  await shows("The vault is locked");
  await page.keyboard.type(PASSPHRASE);
  await page.keyboard.press("Enter");
  await shows("example-corp");
});

test("entries moved, pinned, coloured, and each change taken back", async () => {
  const order = () =>
    page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>("[data-entry]")].map((one) => one.dataset.entry),
    );
  await showScene(page, { name: "", page: "popup", state: "grouped" });
  await shows("example-staging");
  const before = await order();
  // The first entry is the only one of its account.
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Alt+ArrowDown");
  await shows("Moved");
  await expect.poll(order).toEqual([before[0], before[2], before[1], ...before.slice(3)]);
  await expect.poll(focused).toContain("alice");
  await page.keyboard.press("Control+z");
  await expect.poll(order).toEqual(before);

  await page.keyboard.press("Alt+ArrowDown");
  await expect.poll(order).not.toEqual(before);
  await pressOn("Order by name");
  await expect.poll(order).toEqual(before);
  await pressOn("Undo");
  await expect.poll(order).not.toEqual(before);
  await pressOn("Order by name");
  await expect.poll(order).toEqual(before);

  await page.keyboard.press("End");
  await page.keyboard.press("Alt+p");
  await shows("Pinned to the top");
  await expect.poll(async () => (await order())[0]).toBe(before.at(-1));
  await pressOn("Undo");
  await expect.poll(order).toEqual(before);

  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Home");
  await page.keyboard.press("Alt+e");
  await shows("Edit the entry");
  await tabTo("Security");
  for (let steps = 0; steps < 5; steps += 1) await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await shows("Saved");
  await expect.poll(() => page.locator(".section-heading .colour-1").count()).toBe(2);
});

test("a hidden code shown and hidden, the shortcuts, the QR code", async () => {
  await showScene(page, { name: "", page: "popup", state: "hidden" });
  await shows("example-production");
  await page.keyboard.press("ArrowDown");
  const code = page.locator(".entry .code").first();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => code.textContent()).toMatch(/^\d{3} \d{3}$/);
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => code.textContent()).toBe("••• •••");

  await page.keyboard.press("?");
  await shows("From entry to entry");
  await expect.poll(focused).toBe("Back");
  await page.keyboard.press("Enter");

  await pressOn(/^Edit example-production, alice/);
  await pressOn("Show its QR code");
  await expect.poll(focused).toBe("Passphrase");
  await page.keyboard.type(PASSPHRASE);
  await page.keyboard.press("Enter");
  await page.getByRole("img", { name: "QR code of" }).waitFor();
  await pressOn("Back");
  await shows("Edit the entry");
});

test("the first run ends with the icon in the toolbar, now or later", async () => {
  await showScene(page, { name: "", page: "welcome", state: "unpinned" });
  await shows("Pin the icon to the toolbar");
  await pressOn("Later");
  await shows("Doorcode is ready");
});

test("the settings", async () => {
  await showScene(page, { name: "", page: "options", state: "kinds" });
  await shows("Lock after");
  await tabTo("Lock after");
  await page.keyboard.press("ArrowDown");
  await shows("Saved");
  await tabTo("Same as the system");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe("dark");
  await tabTo("Current passphrase");
  await page.keyboard.type(PASSPHRASE);
  await tabTo("New passphrase");
  await page.keyboard.type(`${PASSPHRASE}!`);
  await tabTo("Repeat the passphrase");
  await page.keyboard.type(`${PASSPHRASE}!`);
  await page.keyboard.press("Enter");
  await shows("The passphrase is changed");
});
