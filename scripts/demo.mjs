/** What `npm start` does in the browser: a demo vault by the real pages, then the sign-in. */

import {
  addFirstEntry,
  createVault,
  PASSPHRASE,
  signInToMfaStep,
} from "../tests/e2e/support/journeys.mjs";
import { StepError, step } from "./steps.mjs";

/**
 * @typedef {import('../tests/e2e/support/launch.mjs').Browser} Browser
 * @typedef {Awaited<ReturnType<typeof import('../www/serve.mjs').startSimulatedAws>>} SimulatedAws
 */

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`);

/**
 * The IAM user alice of the simulated AWS, and the key URI that AWS would have shown her.
 * @param {SimulatedAws} aws
 */
export function alice(aws) {
  const account = aws.accounts[0];
  const user = account?.users.find(({ userName }) => userName === "alice");
  const device = user?.devices[0];
  if (!account || !user || !device) throw new StepError("The simulated AWS has no user alice.");
  const label = `Amazon%20Web%20Services:alice@${account.alias ?? account.accountId}`;
  return {
    account: account.alias ?? account.accountId,
    userName: user.userName,
    password: user.password,
    keyUri: `otpauth://totp/${label}?secret=${device.secret}&issuer=Amazon%20Web%20Services`,
  };
}

/**
 * Sets up a demo vault and leaves the user at the sign-in page, until the browser is closed.
 * @param {Browser} browser
 * @param {SimulatedAws} aws
 */
export async function demo(browser, aws) {
  const who = alice(aws);
  const { page } = await step("Making a demo vault", () => createVault(browser));
  await step("Adding the entry of alice", () => addFirstEntry(page, who.keyUri));
  await page.goto(
    `https://us-east-1.signin.aws.amazon.com/oauth?response_type=code&iam_user=true&account=${who.account}`,
  );
  say(`
Doorcode is in the browser that has just opened, at a simulated AWS on this machine. Try this:

  1. Sign in as ${who.userName} with the password ${who.password}
  2. At "MFA code", press the offer beside the field, or press the down arrow and Enter
  3. Choose Submit: the simulated AWS judges the code and lets you in

The toolbar button (behind the puzzle piece) has all codes. The passphrase of the demo vault is
  ${PASSPHRASE}

Close the browser to end.`);
  await browser.ended;
}

/**
 * The same walk by itself, one line for each thing seen. Throws unless AWS let the user in.
 * @param {Browser} browser
 * @param {SimulatedAws} aws
 */
export async function walkThroughSignIn(browser, aws) {
  const who = alice(aws);
  const { page: welcome, recoveryCode } = await createVault(browser);
  say(
    `First run: a vault was made; its recovery code of ${recoveryCode.length} characters was asked back.`,
  );
  await addFirstEntry(welcome, who.keyUri);
  say("An entry was added from the key URI that AWS shows.");
  const page = await browser.newPage();
  await signInToMfaStep(page, who);
  say(`AWS asks ${who.userName} of ${who.account} for the MFA code.`);
  await page.offer.waitFor();
  say(`The offer beside the field says: ${await page.offer.text()}`);
  await page.offer.clickWhenArmed();
  await page.waitUntil(
    "six digits in the field",
    () =>
      /^\d{6}$/.test(/** @type {HTMLInputElement} */ (document.querySelector("#mfaCode")).value),
    undefined,
  );
  say(`One click filled the field; AWS has seen ${aws.signIns.length} codes so far.`);
  await page.click('[data-testid="mfa-submit-button"]');
  await page.waitUntil("the console", () => location.host.includes(".console."), undefined);
  const [accepted] = aws.signIns;
  if (aws.signIns.length !== 1 || accepted === undefined) {
    throw new StepError("The simulated AWS let nobody in.");
  }
  say(`The simulated AWS accepted the code and let ${who.userName} in.`);
}
