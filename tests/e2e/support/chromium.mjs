/** Chromium with the extension loaded, driven by Playwright. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { chromiumPage } from "./chromium-page.mjs";
import { openChromiumPopup } from "./chromium-popup.mjs";
import { Page } from "./page.mjs";
import { takeProfile } from "./profile.mjs";
import { waitUntil } from "./wait.mjs";

/**
 * @typedef {import('./launch.mjs').BrowserOptions} BrowserOptions
 * @typedef {import('./launch.mjs').Browser} Browser
 * @typedef {{ targetId: string, type: string, url: string }} TargetInfo
 */

const LAUNCH_TIMEOUT_MS = 30_000;

/**
 * @param {BrowserOptions & { executablePath: string }} options
 * @returns {Promise<Browser>}
 */
export async function launchChromium(options) {
  const { extensionDir, awsPort, executablePath, headless = true, otherExtensions = [] } = options;
  const extensions = [extensionDir, ...otherExtensions].join(",");
  const manifest = JSON.parse(await readFile(join(extensionDir, "manifest.json"), "utf8"));
  const profile = await takeProfile("chromium", options.profileDir);
  let context;
  try {
    context = await chromium.launchPersistentContext(profile.dir, {
      executablePath,
      headless,
      chromiumSandbox: process.getuid?.() !== 0,
      ignoreHTTPSErrors: true,
      viewport: headless ? { width: 1280, height: 800 } : null,
      timeout: LAUNCH_TIMEOUT_MS,
      // Playwright's own switch would turn the extension off.
      ignoreDefaultArgs: ["--disable-extensions"],
      args: [
        `--disable-extensions-except=${extensions}`,
        `--load-extension=${extensions}`,
        `--host-resolver-rules=MAP *:443 127.0.0.1:${awsPort}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost`,
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // Without a window Chromium takes a screen of 800 by 600, which the popup does not fit on.
        "--screen-info={1920x1080}",
        ...(options.args ?? []),
      ],
    });
    const browser = context.browser();
    if (!browser) {
      throw new Error("Playwright gave no browser for the persistent context");
    }
    const cdp = await browser.newBrowserCDPSession();
    const id = await extensionId(() => targets(cdp));
    return assemble({ options, manifest, profile, context, cdp, id });
  } catch (error) {
    await context?.close();
    await profile.remove();
    throw error;
  }
}

/**
 * The extension's id, read back from its service worker.
 * @param {() => Promise<TargetInfo[]>} allTargets
 */
function extensionId(allTargets) {
  return waitUntil(
    async () => {
      const worker = (await allTargets()).find(
        ({ type, url }) => type === "service_worker" && url.startsWith("chrome-extension://"),
      );
      return worker && new URL(worker.url).host;
    },
    {
      what: "the extension's service worker to start",
      seen: async () => (await allTargets()).map(({ type, url }) => `${type} ${url}`).join(", "),
      timeoutMs: LAUNCH_TIMEOUT_MS,
    },
  );
}

/**
 * @param {import('playwright-core').CDPSession} cdp
 * @returns {Promise<TargetInfo[]>}
 */
async function targets(cdp) {
  return (await cdp.send("Target.getTargets", { filter: [{}] })).targetInfos;
}

/**
 * @param {object} parts
 * @param {BrowserOptions & { executablePath: string }} parts.options
 * @param {any} parts.manifest
 * @param {{ dir: string, remove: () => Promise<void> }} parts.profile
 * @param {import('playwright-core').BrowserContext} parts.context
 * @param {import('playwright-core').CDPSession} parts.cdp
 * @param {string} parts.id
 * @returns {Browser}
 */
function assemble({ options, manifest, profile, context, cdp, id }) {
  const extensionOrigin = `chrome-extension://${id}`;
  /** @type {WeakMap<Page, import('playwright-core').Page>} */
  const playwrightPages = new WeakMap();
  /** @param {import('playwright-core').Page} page */
  const wrap = (page) => {
    const wrapped = new Page(chromiumPage(page));
    playwrightPages.set(wrapped, page);
    return wrapped;
  };
  const worker = async () =>
    (await targets(cdp)).find(
      ({ type, url }) => type === "service_worker" && url.startsWith(extensionOrigin),
    );

  let unusedTab = context.pages()[0];
  /** @param {string} url */
  const newTab = async (url) => {
    const page = wrap(await context.newPage());
    await page.goto(url);
    return page;
  };
  /** @type {Browser['newPage']} */
  const newPage = async (url) => {
    const page = wrap(unusedTab ?? (await context.newPage()));
    unusedTab = undefined;
    // The first tab may lie behind others by now.
    await page.bringToFront();
    if (url !== undefined) {
      await page.goto(url);
    }
    return page;
  };
  /** What a user sets on the browser's page of extensions. @param {Record<string, unknown>} settings */
  const configure = async (settings) => {
    const page = await newTab("chrome://extensions/");
    try {
      await page.evaluate(
        (update) =>
          /** @type {any} */ (globalThis).chrome.developerPrivate.updateExtensionConfiguration(
            update,
          ),
        { extensionId: id, ...settings },
      );
    } finally {
      await page.close();
    }
  };
  let ended = false;
  context.once("close", () => {
    ended = true;
  });
  const close = () => (ended ? Promise.resolve() : context.close());
  return {
    name: "chromium",
    extensionOrigin,
    ended: new Promise((resolve) => context.once("close", () => resolve())),
    newPage,
    openExtensionPage: (path) => newPage(`${extensionOrigin}/${path}`),
    openPopup: (page, quietMs) => {
      const over = playwrightPages.get(page);
      if (!over) {
        throw new TypeError("the popup opens over a page of this browser");
      }
      const popupPath = manifest.action?.default_popup ?? "";
      return openChromiumPopup({ cdp, over, id, popupPath, ...(quietMs && { quietMs }) });
    },
    // DevTools reaches neither the browser's own keys nor its menus: the event that follows them is made.
    pressShortcut: (command) => dispatchInWorker(context, extensionOrigin, { command }),
    makeMenuEvent: (item) => dispatchInWorker(context, extensionOrigin, { item }),
    openDevTools: (page) => {
      const over = playwrightPages.get(page);
      if (!over) {
        throw new TypeError("the tools open over a page of this browser");
      }
      return context.newCDPSession(over);
    },
    evaluateInExtension: (fn, arg) =>
      newTab(`${extensionOrigin}/manifest.json`).then((page) =>
        page.evaluate(fn, arg).finally(() => page.close()),
      ),
    evaluateInBackground: async (fn) => {
      await (await workerOf(context, extensionOrigin)).evaluate(fn);
    },
    backgroundIsRunning: async () => (await worker()) !== undefined,
    async stopBackground() {
      const running = await worker();
      if (running) {
        const { targetId } = running;
        await waitUntil(
          async () => {
            if ((await worker())?.targetId !== targetId) {
              return true;
            }
            // Again and again: one that is only just starting does not hear it.
            await cdp.send("Target.closeTarget", { targetId });
            return false;
          },
          { what: "the service worker to stop" },
        );
      }
    },
    setHostAccess: (granted) => configure({ hostAccess: granted ? "ON_ALL_SITES" : "ON_CLICK" }),
    pinToToolbar: () => configure({ pinnedToToolbar: true }),
    async restart() {
      await close();
      return launchChromium({ ...options, profileDir: profile.dir }).then((next) => ({
        ...next,
        close: () => next.close().finally(() => profile.remove()),
      }));
    },
    close: () => close().finally(() => profile.remove()),
  };
}

/**
 * Makes the event of a command or of a menu item over the tab in front. Fails when there is no such command or item.
 * @param {import('playwright-core').BrowserContext} context
 * @param {string} extensionOrigin
 * @param {{ command?: string, item?: string }} gesture
 */
async function dispatchInWorker(context, extensionOrigin, gesture) {
  const worker = await workerOf(context, extensionOrigin);
  await worker.evaluate(async ({ command, item }) => {
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    /** @param {unknown} event @param {unknown[]} args */
    const dispatch = (event, ...args) => /** @type {any} */ (event).dispatch(...args);
    if (command !== undefined) {
      const commands = await chrome.commands.getAll();
      if (!commands.some(({ name }) => name === command)) throw new Error(`no command ${command}`);
      dispatch(chrome.commands.onCommand, command, tab);
    }
    if (item !== undefined) {
      // Refused for an item that is not there.
      await chrome.contextMenus.update(item, { enabled: true });
      dispatch(chrome.contextMenus.onClicked, { menuItemId: item, editable: true }, tab);
    }
  }, gesture);
}

/**
 * @param {import('playwright-core').BrowserContext} context
 * @param {string} extensionOrigin
 */
async function workerOf(context, extensionOrigin) {
  // One that was stopped may still be listed before the one that runs.
  const worker = context
    .serviceWorkers()
    .findLast((found) => found.url().startsWith(extensionOrigin));
  if (worker === undefined) throw new Error("the service worker does not run");
  return worker;
}
