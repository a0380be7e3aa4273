/** The first story: from first run to a code that AWS accepts, in both browsers. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSimulatedAws } from "../../www/serve.mjs";
import { addFirstEntry, createVault, PASSPHRASE, signInToMfaStep } from "./support/journeys.mjs";
import { launch } from "./support/launch.mjs";

const root = new URL("../..", import.meta.url).pathname;

describe.each(["chromium", "firefox"] as const)("in %s", (name) => {
  let aws: Awaited<ReturnType<typeof startSimulatedAws>>;
  let browser: Awaited<ReturnType<typeof launch>>;
  const alice = () => {
    const account = aws.accounts[0];
    const user = account?.users[0];
    const device = user?.devices[0];
    if (!account || !user || !device) throw new Error("the simulated AWS has no alice");
    return {
      account: account.alias ?? account.accountId,
      user,
      device,
      accountId: account.accountId,
    };
  };
  const uri = () =>
    `otpauth://totp/Amazon%20Web%20Services:alice@${alice().accountId}?secret=${alice().device.secret}&issuer=Amazon%20Web%20Services`;

  beforeAll(async () => {
    aws = await startSimulatedAws();
    browser = await launch(name, { extensionDir: `${root}dist/${name}`, awsPort: aws.port });
  });
  afterAll(async () => {
    await browser?.close();
    await aws?.close();
  });

  test("one click on the offer fills a code with which AWS lets the user in", async () => {
    const { page: welcome } = await createVault(browser);
    await addFirstEntry(welcome, uri());
    const page = await browser.newPage();
    const { account, user } = alice();
    await signInToMfaStep(page, { account, userName: user.userName, password: user.password });
    await page.offer.waitFor();
    console.log(await page.offer.text());
    expect(await page.value("#mfaCode")).toBe("");
    await new Promise((r) => setTimeout(r, 800));
    await page.offer.click();
    await page.waitUntil(
      "a code in the field",
      () => /^\d{6}$/.test((document.querySelector("#mfaCode") as HTMLInputElement).value),
      undefined,
    );
    expect(aws.signIns).toHaveLength(0);
    const { writeFileSync } = await import("node:fs");
    writeFileSync(`/tmp/s/offer-${name}.png`, await page.screenshot());
    await page.click('[data-testid="mfa-submit-button"]');
    await page.waitUntil("the console", () => location.hostname.includes("console"), undefined);
    expect(aws.signIns).toHaveLength(1);
    expect(PASSPHRASE).toBeTruthy();
  });
});
