/** Takes a page through the steps that come before the one a test is about. */

/**
 * Opens a simulated page and does what its registry entry says a user does.
 * @param {import('./page.mjs').Page} page
 * @param {Pick<import('../../../www/aws/pages.mjs').SimulatedPage, 'url' | 'steps' | 'field'>} simulated
 */
export async function walk(page, { url, steps = [], field }) {
  await page.goto(url);
  for (const step of steps) {
    if ("fill" in step) {
      await page.fill(step.fill, step.text);
    } else if ("press" in step) {
      await page.press(step.press);
    } else if ("waitFor" in step) {
      await page.waitFor(step.waitFor);
    } else {
      await page.click(step.click);
    }
  }
  if (field !== undefined) {
    await page.waitFor(field);
  }
}
