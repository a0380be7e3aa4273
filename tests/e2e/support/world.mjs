/** A browser with Doorcode set up, and the simulated AWS: what most stories begin with. */

import { fileURLToPath } from "node:url";
import { startSimulatedAws } from "../../../www/serve.mjs";
import { addFirstEntry, createVault } from "./journeys.mjs";
import { launch } from "./launch.mjs";

/**
 * @typedef {import('./launch.mjs').Browser} Browser
 * @typedef {import('../../../www/serve.mjs').SimulatedAws} SimulatedAws
 * @typedef {{ account: string, accountId: string, userName: string, password: string, keyUri: string }} SimulatedPerson
 * @typedef {{ aws: SimulatedAws, browser: Browser, alice: SimulatedPerson, recoveryCode: string,
 *   close: () => Promise<void> }} World
 */

/** @param {'chromium' | 'firefox'} name the extension built for it */
export const builtExtension = (name) =>
  fileURLToPath(new URL(`../../../dist/${name}`, import.meta.url));

/**
 * Somebody of the simulated AWS, with the key URI that AWS shows when the device is enrolled.
 * @param {SimulatedAws} aws
 * @param {string} accountId
 * @param {string} userName
 * @returns {SimulatedPerson}
 */
export function personOf(aws, accountId, userName) {
  const account = aws.accounts.find((candidate) => candidate.accountId === accountId);
  const user = account?.users.find((candidate) => candidate.userName === userName);
  const device = user?.devices[0];
  if (!account || !user || !device) throw new Error(`no ${userName} in ${accountId}`);
  const label = `Amazon%20Web%20Services:${userName}@${accountId}`;
  return {
    account: account.alias ?? accountId,
    accountId,
    userName,
    password: user.password,
    keyUri: `otpauth://totp/${label}?secret=${device.secret}&issuer=Amazon%20Web%20Services`,
  };
}

/**
 * First run done, the entry of alice added.
 * @param {'chromium' | 'firefox'} name
 * @param {Partial<import('./launch.mjs').BrowserOptions>} [options]
 * @returns {Promise<World>}
 */
export async function startWorld(name, options = {}) {
  const aws = await startSimulatedAws();
  try {
    const browser = await launch(name, {
      extensionDir: builtExtension(name),
      awsPort: aws.port,
      ...options,
    });
    try {
      const alice = personOf(aws, "111122223333", "alice");
      const { page, recoveryCode } = await createVault(browser);
      await addFirstEntry(page, alice.keyUri);
      await page.close();
      const close = () => browser.close().finally(() => aws.close());
      return { aws, browser, alice, recoveryCode, close };
    } catch (error) {
      await browser.close();
      throw error;
    }
  } catch (error) {
    await aws.close();
    throw error;
  }
}
