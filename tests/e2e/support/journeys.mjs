/** What users do again and again, by the real pages: set Doorcode up, add an entry, sign in to AWS. */

/**
 * @typedef {import('./launch.mjs').Browser} Browser
 * @typedef {import('./page.mjs').Page} Page
 */

/** A made-up passphrase that the strength rule accepts. */
export const PASSPHRASE = "harbour violet ladder cinnamon";

/**
 * First run, as a user does it: passphrase twice, the recovery code written down and asked back.
 * @param {Browser} browser
 * @returns {Promise<{ page: Page, recoveryCode: string }>} the page stays open at the first entry
 */
export async function createVault(browser) {
  const page = await browser.openExtensionPage("welcome.html");
  await page.waitFor('input[autocomplete="new-password"]');
  await page.fill(".field input", PASSPHRASE);
  await page.fill(".field ~ .field input", PASSPHRASE);
  await page.click("button[type=submit]");
  await page.waitFor(".recovery-groups code", { timeoutMs: 30_000 });
  const groups = await page.evaluate(
    () =>
      [...document.querySelectorAll(".recovery-groups code")].map((code) => code.textContent ?? ""),
    undefined,
  );
  await page.click(".button-row:last-of-type .button-primary");
  await page.waitFor(".field-pair");
  const asked = await page.evaluate(
    () =>
      [...document.querySelectorAll(".field-pair label")].map((label) =>
        Number(/\d+/.exec(label.textContent ?? "")?.[0]),
      ),
    undefined,
  );
  for (const [at, number] of asked.entries()) {
    await page.fill(`.field-pair .field:nth-child(${at + 1}) input`, groups[number - 1] ?? "");
  }
  await page.click("button[type=submit]");
  await page.waitFor(".field-pair", { state: "hidden", timeoutMs: 30_000 });
  await page.waitFor("input.monospace");
  return { page, recoveryCode: groups.join("") };
}

/**
 * Adds an entry on the page that asks for the first one.
 * @param {Page} page
 * @param {string} keyUri
 */
export async function addFirstEntry(page, keyUri) {
  await page.fill("input.monospace", keyUri);
  await page.waitFor(".preview");
  await page.click("button[type=submit]");
  await page.waitFor(".numbered, .big-mark-good");
  const asksToPin = () => document.querySelector(".numbered") !== null;
  if (await page.evaluate(asksToPin, undefined)) await page.click(".button-row .button");
  await page.waitFor(".big-mark-good");
}

/**
 * Signs in as an IAM user as far as the step that asks for the code.
 * @param {Page} page
 * @param {{ account: string, userName: string, password: string }} who
 */
export async function signInToMfaStep(page, { account, userName, password }) {
  const query = new URLSearchParams({
    client_id: "arn:aws:signin:::console/canvas",
    response_type: "code",
    iam_user: "true",
    account,
  });
  await page.goto(`https://us-east-1.signin.aws.amazon.com/oauth?${query}`);
  await page.fill("#username", userName);
  await page.fill("#password", password);
  await page.click("#signin_button");
  await page.waitFor("#mfaCode");
}

/**
 * Lets every code be filled again at once, for stories that fill more than once in a step.
 * @param {Browser} browser
 */
export async function forgetUsedCodes(browser) {
  await forgetInSession(browser, "used:");
}

/**
 * Takes away what the background keeps in memory under keys that begin so. What it has begun may still write, and it
 * answers from its own copy: so it is stopped before and after, and woken in the end.
 * @param {Browser} browser
 * @param {string} prefix
 */
export async function forgetInSession(browser, prefix) {
  await browser.stopBackground();
  await browser.evaluateInExtension(async (begin) => {
    const kept = Object.keys(await chrome.storage.session.get(null));
    await chrome.storage.session.remove(kept.filter((key) => key.startsWith(begin)));
  }, prefix);
  await browser.stopBackground();
  await browser.evaluateInExtension(
    () => chrome.runtime.sendMessage({ channel: "page", name: "readSettings", request: {} }),
    undefined,
  );
}

/**
 * Unlocks in the popup, opened as a tab, and closes it again.
 * @param {Browser} browser
 * @param {string} [passphrase]
 */
export async function unlock(browser, passphrase = PASSPHRASE) {
  const popup = await browser.openExtensionPage("popup.html");
  await popup.fill("input[type=password]", passphrase);
  await popup.click("button[type=submit]");
  await popup.waitFor(".list-screen", { timeoutMs: 30_000 });
  await popup.close();
}

/**
 * Locks in the popup, opened as a tab, and closes it again.
 * @param {Browser} browser
 */
export async function lock(browser) {
  const popup = await browser.openExtensionPage("popup.html");
  await popup.waitFor(".list-screen");
  await popup.click('button[aria-label="Lock now"]');
  await popup.waitFor("input[type=password]");
  await popup.close();
}

/**
 * Adds an entry in the popup, opened as a tab.
 * @param {Browser} browser
 * @param {string} keyUri
 */
export async function addEntry(browser, keyUri) {
  const popup = await browser.openExtensionPage("popup.html");
  await popup.waitFor(".list-screen");
  const reply = await popup.evaluate(
    (uri) =>
      chrome.runtime.sendMessage({
        channel: "page",
        name: "addEntry",
        request: { kind: "keyUri", uri },
      }),
    keyUri,
  );
  await popup.close();
  if (!reply.ok) throw new Error(`the entry was not added: ${reply.error.kind}`);
}

/**
 * What the toolbar button says, for each tab.
 * @param {import('./launch.mjs').Browser} browser
 */
export function badges(browser) {
  return browser.evaluateInExtension(async () => {
    const tabs = await chrome.tabs.query({});
    return Promise.all(tabs.map(({ id }) => chrome.action.getBadgeText({ tabId: Number(id) })));
  }, undefined);
}
