/** What stories of enrolment ask again and again. */

/**
 * What the vault holds, as the popup lists it.
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
    return reply.value.entries;
  }, undefined);
}
