/** Addresses that look like AWS's sign-in, in a real browser: no offer, and no code runs there. */

import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { hostRules } from "../../extension/src/aws-hosts";
import { extensionWorlds } from "../e2e/support/content-world.mjs";
import type { Page } from "../e2e/support/page.mjs";
import { startWorld } from "../e2e/support/world.mjs";

/** The families of the table whose addresses a browser can be sent to, and how many of each. */
const PER_FAMILY = 3;

const table = readFileSync(new URL("../hosts/look-alikes.txt", import.meta.url), "utf8");
const sample = table.split(/^# /m).flatMap((family) =>
  family
    .split("\n")
    .filter((line) => {
      if (!URL.canParse(line)) return false;
      const { protocol, port, hostname } = new URL(line);
      return protocol === "https:" && port === "" && /[a-z]\./.test(hostname);
    })
    .slice(0, PER_FAMILY),
);
/** A host of each rule, to know that the check can fail. */
const real = hostRules.map(({ name }) => `https://${name}/signin?simulate=plain`);

describe.each(["chromium", "firefox"] as const)("in %s", (name) => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  let page: Page;

  beforeAll(async () => {
    world = await startWorld(name);
  });
  afterAll(() => world?.close());
  afterEach(() => page?.close());

  /** The documents that told of themselves. */
  const told = async () => {
    const session = await world.browser.evaluateInExtension(
      () => chrome.storage.session.get(null),
      undefined,
    );
    return Object.keys(session).filter((key) => key.startsWith("tab:"));
  };
  const worlds = async () => {
    const devTools = await world.browser.openDevTools?.(page);
    return devTools === undefined ? [] : extensionWorlds(devTools);
  };

  test("the sample has addresses of many families", () => {
    expect(sample.length).toBeGreaterThanOrEqual(25);
  });

  test.each(sample)("%s", async (url) => {
    const before = await told();
    page = await world.browser.newPage(url);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await page.offer.isShown()).toBe(false);
    // Chromium's match patterns overlook a final dot: there the script starts, and ends at once.
    if (!new URL(url).hostname.endsWith(".")) expect(await worlds()).toEqual([]);
    expect((await told()).filter((key) => !before.includes(key))).toEqual([]);
  });

  test.each(real)("AWS itself: %s", async (url) => {
    page = await world.browser.newPage(url);
    if (new URL(url).hostname !== "signin.aws") await page.offer.waitFor();
    if (name === "chromium") expect(await worlds()).toHaveLength(1);
  });
});
