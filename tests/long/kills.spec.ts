/** The browser killed a hundred times while the vault is changed: what was acknowledged is there. */

import { mkdtempSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createVault, unlock } from "../e2e/support/journeys.mjs";
import { type Browser, launch } from "../e2e/support/launch.mjs";
import { builtExtension } from "../e2e/support/world.mjs";

const KILLS = 100;

/** Chromium's lock of a profile names the process: `host-pid`. */
const pidOf = (dir: string) => Number(readlinkSync(join(dir, "SingletonLock")).split("-").at(-1));

const base32 = (number: number) =>
  number.toString(2).padStart(16, "0").replaceAll("0", "A").replaceAll("1", "B");

test(`${KILLS} kills of Chromium lose no acknowledged change`, {
  timeout: 60 * 60_000,
}, async () => {
  const dir = mkdtempSync(join(tmpdir(), "doorcode-kills-"));
  const start = (): Promise<Browser> =>
    launch("chromium", { extensionDir: builtExtension("chromium"), awsPort: 9, profileDir: dir });
  let browser = await start();
  const { page } = await createVault(browser);
  await page.close();
  const acknowledged = new Set<string>();
  let number = 0;
  try {
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const work = await browser.openExtensionPage("popup.html");
      await work.waitFor(".popup");
      const ends = Date.now() + 300 + ((kill * 7919) % 1200);
      let alive = true;
      const kills = new Promise((resolve) => setTimeout(resolve, ends - Date.now())).then(() => {
        alive = false;
        process.kill(pidOf(dir), "SIGKILL");
      });
      // Adds without a pause until the browser is gone; each counts once it was answered.
      while (alive) {
        number += 1;
        const uri = `otpauth://totp/x:entry-${number}?secret=${base32(number)}`;
        const reply = await work
          .evaluate(
            (wanted) =>
              chrome.runtime.sendMessage({
                channel: "page",
                name: "addEntry",
                request: { kind: "keyUri", uri: wanted },
              }),
            uri,
          )
          .catch(() => undefined);
        if (reply?.ok) acknowledged.add(`entry-${number}`);
      }
      await kills;
      await browser.ended;
      browser = await start();
      await unlock(browser);
      const reader = await browser.openExtensionPage("popup.html");
      await reader.waitFor(".popup");
      const listed = await reader.evaluate(
        () => chrome.runtime.sendMessage({ channel: "page", name: "listEntries", request: {} }),
        undefined,
      );
      await reader.close();
      const names = new Set(
        listed.value.entries.map(({ accountName }: { accountName: string }) => accountName),
      );
      const lost = [...acknowledged].filter((one) => !names.has(one));
      expect(lost, `after ${kill} kills, of ${acknowledged.size}`).toEqual([]);
      console.log(`kill ${kill}: ${acknowledged.size} acknowledged, ${names.size} there`);
    }
    expect(acknowledged.size).toBeGreaterThan(KILLS);
  } finally {
    await browser.close();
    rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
});
