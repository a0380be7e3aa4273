/** One way to start a real browser with the extension in it, whichever browser it is. */
import { findBrowser } from "../../../scripts/browser.mjs";
import { launchChromium } from "./chromium.mjs";
import { launchFirefox } from "./firefox.mjs";

/**
 * @typedef {import('./page.mjs').Page} Page
 * @typedef {'chromium' | 'firefox'} BrowserName
 *
 * @typedef {object} BrowserOptions
 * @property {string} extensionDir the unpacked extension, an absolute path
 * @property {number} awsPort where the simulated AWS listens; every host name leads there
 * @property {boolean} [headless]
 * @property {string[]} [otherExtensions] folders of more extensions, without service workers; Chromium only
 * @property {string[]} [args] more switches; Chromium only
 * @property {string} [profileDir] kept afterwards; without it a fresh one that is removed
 *
 * @typedef {object} Browser
 * @property {BrowserName} name
 * @property {string} extensionOrigin
 * @property {Promise<void>} ended settles when the browser has ended, also when its user closed it
 * @property {(url?: string) => Promise<Page>} newPage the first call takes the tab the browser started with
 * @property {(path: string) => Promise<Page>} openExtensionPage as a tab
 * @property {(over: Page, quietMs?: number) => Promise<Page & { clickedAt?: number }>} openPopup by the toolbar button,
 *   over a tab; Chromium only: after the click the browser is left alone for so many milliseconds
 * @property {(page: Page) => Promise<import('playwright-core').CDPSession>} [openDevTools] Chromium only
 * @property {(command: string) => Promise<void>} pressShortcut of a command in the manifest, over the tab in front. Chromium
 *   takes no shortcuts of extensions from its tools: there the event that follows one is made
 * @property {(page: Page, selector: string, label: string) => Promise<void>} [chooseFromContextMenu] after a click with
 *   the right button on an element; only in Firefox, for Chromium's menu is out of its tools' reach
 * @property {(item: string) => Promise<void>} [makeMenuEvent] the event that follows the choice of a menu item, by its id;
 *   only in Chromium
 * @property {<Arg, Result>(fn: (arg: Arg) => Result, arg: Arg) => Promise<Awaited<Result>>} evaluateInExtension
 *   with the extension's own rights, for what a test asserts (its storage, its permissions)
 * @property {(fn: () => unknown) => Promise<void>} [evaluateInBackground] in the service worker, until it ends; Chromium only
 * @property {() => Promise<boolean>} backgroundIsRunning
 * @property {() => Promise<void>} stopBackground as the browser does when it is idle; the next event starts it again
 * @property {(granted: boolean) => Promise<void>} setHostAccess gives or takes the permission for AWS's hosts
 * @property {() => Promise<void>} [pinToToolbar] an icon that is not pinned first slides into the toolbar; Chromium only
 * @property {() => Promise<Browser>} restart with the same profile; this one is closed
 * @property {() => Promise<void>} close
 */

/**
 * @param {BrowserName} name
 * @param {BrowserOptions} options
 * @returns {Promise<Browser>}
 */
export async function launch(name, options) {
  const executablePath = await findBrowser(name);
  return name === "chromium"
    ? launchChromium({ ...options, executablePath })
    : launchFirefox({ ...options, executablePath });
}
