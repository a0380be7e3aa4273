/** What stories of enrolment ask again and again. */

/**
 * What the vault holds and nobody deleted.
 * @param {import('./launch.mjs').Browser} browser
 * @returns {Promise<import('../../../extension/src/protocol.js').EntryView[]>}
 */
export function storedEntries(browser) {
  return browser.evaluateInExtension(async () => {
    const reply = await chrome.runtime.sendMessage({
      channel: "page",
      name: "listEntries",
      request: {},
    });
    if (!reply.ok) throw new Error(`no entries: ${reply.error.kind}`);
    const { entries } = reply.value;
    return entries.filter((/** @type {{ deletedAt?: number }} */ { deletedAt }) => !deletedAt);
  }, undefined);
}

/**
 * Waits until each box of a simulated page holds six digits.
 * @param {import('./page.mjs').Page} page
 * @param {Pick<import('../../../www/aws/pages.mjs').SimulatedPage, 'field' | 'secondField'>} simulated
 * @param {{ timeoutMs?: number }} [options]
 * @returns {Promise<string[]>} the codes
 */
export async function codesFilled(page, { field, secondField }, options = {}) {
  const selectors = [field, secondField].filter((selector) => selector !== undefined);
  await page.waitUntil(
    "six digits in each box",
    (boxes) =>
      boxes.every((selector) => {
        const box = /** @type {HTMLInputElement | null} */ (document.querySelector(selector));
        return /^\d{6}$/.test(box?.value ?? "");
      }),
    selectors,
    { timeoutMs: 15_000, ...options },
  );
  return Promise.all(selectors.map(async (selector) => (await page.value(selector)) ?? ""));
}

/**
 * Sets AWS's clock, and lets Doorcode read it anew on the next page.
 * @param {{ aws: { setClockOffset: (seconds: number) => void }, browser: import('./launch.mjs').Browser }} world
 * @param {number} seconds
 */
export async function awsIsAhead({ aws, browser }, seconds) {
  aws.setClockOffset(seconds);
  await browser.evaluateInExtension(() => chrome.storage.session.remove(["clock"]), undefined);
  // A background that runs answers from memory: the next one reads what is stored.
  await browser.stopBackground();
}

/** How long an offer stands still before it takes a click, and a little more. */
const ARMED_MS = 700;

/**
 * One real click on a button of the offer, once it takes one. A second click could meet what comes after.
 * @param {import('./page.mjs').Page} page
 * @param {number} [place] which button, from 1
 */
export async function pressOffer(page, place = 1) {
  const button = `.content button:nth-of-type(${place})`;
  await page.offer.rect(button);
  await new Promise((resolve) => setTimeout(resolve, ARMED_MS));
  await page.offer.click(button);
}
