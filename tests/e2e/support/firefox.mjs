/**
 * @param {import('./launch.mjs').BrowserOptions & { executablePath: string }} options
 * @returns {Promise<import('./launch.mjs').Browser>}
 */
export async function launchFirefox(options) {
  throw new Error(`not yet: ${options.executablePath}`);
}
