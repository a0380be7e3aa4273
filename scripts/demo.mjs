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

/** @typedef {import('../tests/e2e/support/page.mjs').Page} Page */

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
 * The IAM user carol of the simulated AWS, who has no MFA device yet.
 * @param {SimulatedAws} aws
 */
export function carol(aws) {
  const account = aws.accounts[0];
  const user = account?.users.find(({ userName }) => userName === "carol");
  if (!account || !user) throw new StepError("The simulated AWS has no user carol.");
  const { userName, password } = user;
  return { account: account.alias ?? account.accountId, userName, password };
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
  await page.goto(signInAddress(who.account));
  say(`
Doorcode is in the browser that has just opened, at a simulated AWS on this machine. Try this:

  1. Sign in as ${who.userName} with the password ${who.password}
  2. At "MFA code", press the offer beside the field, or press the down arrow and Enter
  3. Choose Submit: the simulated AWS judges the code and lets you in

Then enrol a device of your own:

  4. Sign in as ${carol(aws).userName}, with the same password: she has no MFA device yet
  5. In the console choose "Security credentials", then "Assign MFA device"; give it a name, choose
     "Authenticator app", Next, and "Show QR code"
  6. Press the offer beside the QR code: the key is saved, and both boxes are filled
  7. Choose "Add MFA". Sign in as ${carol(aws).userName} again: now AWS asks for the code, and Doorcode has it

The toolbar button (behind the puzzle piece) has all codes. The passphrase of the demo vault is
  ${PASSPHRASE}

Close the browser to end.`);
  await browser.ended;
}

/**
 * The same walk by itself, one line for each thing seen. Throws unless AWS let the users in.
 * @param {Browser} browser
 * @param {SimulatedAws} aws
 */
export async function walkThrough(browser, aws) {
  const { page: welcome, recoveryCode } = await createVault(browser);
  say(
    `First run: a vault was made; its recovery code of ${recoveryCode.length} characters was asked back.`,
  );
  const who = alice(aws);
  await addFirstEntry(welcome, who.keyUri);
  say("An entry was added from the key URI that AWS shows.");
  const page = await browser.newPage();
  await signInWithCode(page, aws, who);
  await enrol(page, aws);
  await signInWithCode(page, aws, carol(aws));
}

/**
 * @param {Page} page
 * @param {SimulatedAws} aws
 * @param {{ account: string, userName: string, password: string }} who
 */
async function signInWithCode(page, aws, who) {
  const before = aws.signIns.length;
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
    // A code that enrolled the device is spent: the next one comes within a step of 30 s.
    { timeoutMs: 65_000 },
  );
  say(
    `One click filled the field; AWS has seen ${aws.signIns.length - before} codes of it so far.`,
  );
  await page.click('[data-testid="mfa-submit-button"]');
  await page.waitUntil("the console", () => location.host.includes(".console."), undefined);
  if (aws.signIns.length !== before + 1) throw new StepError("The simulated AWS let nobody in.");
  say(`The simulated AWS accepted the code and let ${who.userName} in.`);
}

/**
 * Carol signs in by her password alone, and adds an MFA device.
 * @param {Page} page
 * @param {SimulatedAws} aws
 */
async function enrol(page, aws) {
  const { account, userName, password } = carol(aws);
  await page.goto(signInAddress(account));
  await page.fill("#username", userName);
  await page.fill("#password", password);
  await page.click("#signin_button");
  await page.click("#security-credentials");
  await page.click("main button");
  await page.fill(".device-name", "carol-laptop");
  await page.click("input[value=virtual]");
  await page.click(".next");
  await page.click(".show-qr");
  say(`AWS shows ${userName} the QR code of a new device.`);
  await page.offer.waitForText(/^Scan/);
  say(`The offer beside it says: ${await page.offer.text()}`);
  await page.offer.clickWhenArmed();
  await page.waitUntil(
    "two codes",
    () =>
      [...document.querySelectorAll("li .field input")].every((box) =>
        /^\d{6}$/.test(/** @type {HTMLInputElement} */ (box).value),
      ),
    undefined,
  );
  say("One click saved its key and filled both boxes.");
  await page.click(".add-mfa");
  await page.waitFor(".success");
  const [enrolled] = aws.enrolments;
  if (aws.enrolments.length !== 1 || enrolled === undefined) {
    throw new StepError("The simulated AWS added no device.");
  }
  say(`The simulated AWS accepted both codes and added ${enrolled.serialNumber}.`);
}

/** @param {string} account */
function signInAddress(account) {
  return `https://us-east-1.signin.aws.amazon.com/oauth?response_type=code&iam_user=true&account=${account}`;
}
