/** Firefox with the extension loaded, driven by WebDriver BiDi; what BiDi lacks is asked of the browser's own window. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { callFunction, connectBidi } from "./bidi.mjs";
import { startBrowserProcess } from "./browser-process.mjs";
import { chromeScope } from "./firefox-chrome.mjs";
import { chooseFromFirefoxMenu, pressFirefoxShortcut } from "./firefox-gestures.mjs";
import { firefoxPage } from "./firefox-page.mjs";
import { openFirefoxPopup, widgetOf } from "./firefox-popup.mjs";
import { Page } from "./page.mjs";
import { takeProfile } from "./profile.mjs";
import { waitUntil } from "./wait.mjs";

/**
 * @typedef {import('./launch.mjs').BrowserOptions} BrowserOptions
 * @typedef {import('./launch.mjs').Browser} Browser
 * @typedef {import('./bidi.mjs').Bidi} Bidi
 * @typedef {{ send: Bidi['send'], context: string }} Tab
 */

/** The extension's internal id, fixed so that its pages have a known address. */
const EXTENSION_UUID = "d00ec0de-0000-4000-8000-000000000001";

/**
 * @param {number} awsPort
 * @param {string} geckoId
 */
function preferences(awsPort, geckoId) {
  return {
    // Every host name and every HTTPS connection leads to the simulated AWS.
    "network.dns.forceResolve": "127.0.0.1",
    "network.socket.forcePort": `443=${awsPort}`,
    "extensions.webextensions.uuids": JSON.stringify({ [geckoId]: EXTENSION_UUID }),
    // A temporary extension is removed when Firefox ends; its storage must outlive a restart all the same.
    "extensions.webextensions.keepStorageOnUninstall": true,
    "extensions.webextensions.keepUuidOnUninstall": true,
    // Optional permissions are granted on a real click, without a prompt that no test could answer.
    "extensions.webextOptionalPermissionPrompts": false,
    "browser.shell.checkDefaultBrowser": false,
    "browser.aboutwelcome.enabled": false,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": false,
    "ui.prefersReducedMotion": 1,
  };
}

/**
 * @param {BrowserOptions & { executablePath: string }} options
 * @returns {Promise<Browser>}
 */
export async function launchFirefox(options) {
  const { extensionDir, awsPort, executablePath, headless = true } = options;
  const manifest = JSON.parse(await readFile(join(extensionDir, "manifest.json"), "utf8"));
  const geckoId = manifest.browser_specific_settings?.gecko?.id;
  if (typeof geckoId !== "string") {
    throw new TypeError(
      `${extensionDir}/manifest.json has no gecko id: is it the build for Firefox?`,
    );
  }
  const profile = await takeProfile("firefox", options.profileDir);
  const userJs = Object.entries(preferences(awsPort, geckoId))
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
    .join("");
  try {
    await writeFile(join(profile.dir, "user.js"), userJs);
    const browserProcess = await startBrowserProcess(
      executablePath,
      [
        ...(headless ? ["--headless"] : []),
        "--remote-debugging-port=0",
        "--remote-allow-system-access",
        "--no-remote",
        "--profile",
        profile.dir,
      ],
      /WebDriver BiDi listening on (ws:\/\/\S+)/,
    );
    try {
      const bidi = await connectBidi(`${browserProcess.address}/session`);
      await bidi.send("session.new", {
        capabilities: { alwaysMatch: { acceptInsecureCerts: true } },
      });
      await bidi.send("webExtension.install", {
        extensionData: { type: "path", path: extensionDir },
      });
      const { contexts } = await bidi.send("browsingContext.getTree", { maxDepth: 0 });
      const firstTab = contexts[0]?.context;
      return assemble({ options, manifest, geckoId, profile, browserProcess, bidi, firstTab });
    } catch (error) {
      await browserProcess.close(() => Promise.reject(new Error("not started")));
      throw error;
    }
  } catch (error) {
    await profile.remove();
    throw error;
  }
}

/**
 * @param {object} parts
 * @param {BrowserOptions & { executablePath: string }} parts.options
 * @param {any} parts.manifest
 * @param {string} parts.geckoId
 * @param {{ dir: string, remove: () => Promise<void> }} parts.profile
 * @param {Awaited<ReturnType<typeof startBrowserProcess>>} parts.browserProcess
 * @param {Bidi} parts.bidi
 * @param {string | undefined} parts.firstTab
 * @returns {Browser}
 */
function assemble({ options, manifest, geckoId, profile, browserProcess, bidi, firstTab }) {
  const extensionOrigin = `moz-extension://${EXTENSION_UUID}`;
  const chrome = chromeScope(bidi);
  let unusedTab = firstTab;

  /** @param {boolean} background */
  const newTab = async (background) =>
    (await bidi.send("browsingContext.create", { type: "tab", background })).context;
  /** @param {string} context @param {string} path */
  const showExtensionPage = async (context, path) => {
    const url = `${extensionOrigin}/${path}`;
    // Waiting for the load of an extension page never ends: it changes the process under way.
    await bidi.send("browsingContext.navigate", { context, url, wait: "none" });
    await waitUntil(
      () =>
        callFunction(
          bidi,
          context,
          (wanted) => location.href === wanted && document.readyState === "complete",
          url,
        ),
      { what: `${url} to load` },
    );
  };
  /** @type {Browser['newPage']} */
  const newPage = async (url) => {
    const page = new Page(firefoxPage(bidi, unusedTab ?? (await newTab(false))));
    unusedTab = undefined;
    // The first tab may lie behind others by now, and a hidden page gets no frames.
    await page.bringToFront();
    if (url !== undefined) {
      await page.goto(url);
    }
    return page;
  };
  const close = () =>
    browserProcess.close(() => bidi.send("browser.close")).finally(() => bidi.close());
  /** @param {string} context */
  const closeTab = (context) => bidi.send("browsingContext.close", { context });

  return {
    name: "firefox",
    extensionOrigin,
    ended: browserProcess.ended,
    newPage,
    async openExtensionPage(path) {
      const context = await newTab(false);
      await showExtensionPage(context, path);
      return new Page(firefoxPage(bidi, context));
    },
    async openPopup(over) {
      await over.bringToFront();
      return openFirefoxPopup(chrome, geckoId);
    },
    async pressShortcut(command) {
      const { suggested_key: key } = manifest.commands[command];
      await pressFirefoxShortcut(chrome, widgetOf(geckoId), key.linux ?? key.default);
    },
    chooseFromContextMenu: (page, selector, label) =>
      chooseFromFirefoxMenu(chrome, page, selector, label),
    evaluateInExtension: (fn, arg) =>
      newTab(true).then((context) =>
        showExtensionPage(context, "manifest.json")
          .then(() => callFunction(bidi, context, fn, arg))
          .finally(() => closeTab(context)),
      ),
    backgroundIsRunning: () =>
      chrome.evaluate(
        (id) =>
          /** @type {any} */ (globalThis).WebExtensionPolicy.getByID(id).extension
            .backgroundState === "running",
        geckoId,
      ),
    async stopBackground() {
      await chrome.evaluate(async (id) => {
        await /** @type {any} */ (globalThis).WebExtensionPolicy.getByID(
          id,
        ).extension.terminateBackground({
          ignoreDevToolsAttached: true,
          disableResetIdleForTest: true,
        });
      }, geckoId);
    },
    async setHostAccess(granted) {
      const origins = [
        ...(manifest.host_permissions ?? []),
        ...(manifest.content_scripts ?? []).flatMap((/** @type {any} */ script) => script.matches),
      ];
      await chrome.evaluate(
        async (change) => {
          const { ExtensionPermissions } = /** @type {any} */ (
            globalThis
          ).ChromeUtils.importESModule("resource://gre/modules/ExtensionPermissions.sys.mjs");
          const { extension } = /** @type {any} */ (globalThis).WebExtensionPolicy.getByID(
            change.id,
          );
          const permissions = { permissions: [], origins: change.origins };
          await (change.granted
            ? ExtensionPermissions.add(change.id, permissions, extension)
            : ExtensionPermissions.remove(change.id, permissions, extension));
        },
        { id: geckoId, granted, origins },
      );
    },
    async restart() {
      await close();
      const next = await launchFirefox({ ...options, profileDir: profile.dir });
      return { ...next, close: () => next.close().finally(() => profile.remove()) };
    },
    close: () => close().finally(() => profile.remove()),
  };
}
