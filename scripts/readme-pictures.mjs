/** `node scripts/readme-pictures.mjs`: the pictures of the README, from the real extension at the simulated AWS. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addEntry, signInToMfaStep } from "../tests/e2e/support/journeys.mjs";
import { startWorld } from "../tests/e2e/support/world.mjs";
import { build } from "./build.mjs";
import { root, runScript, step } from "./steps.mjs";

/** Made-up entries; no secret is in any picture, and these codes open nothing. */
const ENTRIES = [
  ["root-account-mfa-device@example-corp", "MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U"],
  ["bob@example-staging", "ONXW2ZJANZXXIIDBEBZWKY3SMV2A2CQK"],
  ["carol-phone@210987654321", "KRUGS4ZANFZSA3LBMRSSA5LQEBTG64RA"],
];

await runScript(async () => {
  await build();
  const folder = join(root, "docs");
  mkdirSync(folder, { recursive: true });
  const world = await startWorld("chromium");
  try {
    for (const [label, secret] of ENTRIES) {
      const issuer = "Amazon%20Web%20Services";
      await addEntry(
        world.browser,
        `otpauth://totp/${issuer}:${label}?secret=${secret}&issuer=${issuer}`,
      );
    }
    await step("The offer", async () => {
      const page = await world.browser.newPage();
      await page.setViewport({ width: 1000, height: 470 });
      await signInToMfaStep(page, { ...world.alice, account: world.alice.accountId });
      await page.offer.waitFor();
      writeFileSync(join(folder, "offer.png"), await page.screenshot());
      await page.close();
    });
    await step("The popup", async () => {
      const popup = await world.browser.openExtensionPage("popup.html");
      await popup.setViewport({ width: 400, height: 480 });
      await popup.waitFor(".entry .code");
      await popup.waitUntil("most of a step left", () => (Date.now() / 1000) % 30 < 14, undefined, {
        timeoutMs: 30_000,
      });
      writeFileSync(join(folder, "popup.png"), await popup.screenshot());
    });
  } finally {
    await world.close();
  }
});
