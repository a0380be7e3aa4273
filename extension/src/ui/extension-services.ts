/** The services of a page within the extension. */

import { clipboardPermissions, supportsPasskeys } from "../browser";
import type { KeyService } from "../key-service";
import { connect, RequestError } from "../messaging";
import type { PageProtocol } from "../protocol";
import { captureTab } from "../qr/capture";
import { workerReader } from "../qr/client";
import { workerFileService } from "../transfer/client";
import { extensionWords } from "../words/extension-words";
import { guardTries } from "./guard-tries";
import { runsOnMac } from "./key-names";
import { noteWords } from "./note-words";
import { browserPasskeys } from "./passkeys";
import { saveFile } from "./save-file";
import type { PageName, PageServices } from "./services";
import { toBackground } from "./to-background";

export function extensionServices(keys: KeyService, transport = toBackground): PageServices {
  const background = connect<PageProtocol>("page", transport);
  const words = extensionWords();
  return {
    background,
    keys: guardTries(keys, background),
    files: workerFileService(chrome.runtime.getURL("transfer-worker.js"), () => noteWords(words)),
    words,
    clock: Date.now,
    randomBelow,
    copyText: (text) =>
      navigator.clipboard.writeText(text).catch(() => {
        throw new RequestError({ kind: "copyRefused" });
      }),
    captureTab: () =>
      captureTab().catch(() => {
        throw new RequestError({ kind: "captureRefused" });
      }),
    readPicture: workerReader(chrome.runtime.getURL("qr-worker.js")),
    allowClipboard: (allow) =>
      allow
        ? chrome.permissions.request(clipboardPermissions())
        : chrome.permissions.remove(clipboardPermissions()).then(() => false),
    openPage,
    openUrl: openTab,
    isPinned,
    closePopup: () => {
      if (isToolbarPopup()) window.close();
    },
    printPage: () => window.print(),
    passkeys: supportsPasskeys() ? browserPasskeys : undefined,
    saveFile,
    isMac: runsOnMac(),
    version: chrome.runtime.getManifest().version,
  };
}

/** `undefined` in browsers that do not tell. */
async function isPinned(): Promise<boolean | undefined> {
  try {
    return (await chrome.action.getUserSettings()).isOnToolbar;
  } catch {
    return undefined;
  }
}

/** Uniform: values of the last, incomplete range are drawn again. */
export function randomBelow(limit: number): number {
  const range = 2 ** 32;
  const bound = range - (range % limit);
  for (;;) {
    const [value = range] = crypto.getRandomValues(new Uint32Array(1));
    if (value < bound) return value % limit;
  }
}

function openPage(page: PageName, fragment?: string): void {
  const url = chrome.runtime.getURL(`${page}.html`);
  openTab(fragment === undefined ? url : `${url}#${fragment}`);
}

function openTab(url: string): void {
  void chrome.tabs.create({ url });
  // A popup closes by itself when the tab takes the focus, except in some window managers.
  if (isToolbarPopup()) window.close();
}

/** Whether this page is the popup of the toolbar; `popup.html` can also stand in a tab. */
export function isToolbarPopup(): boolean {
  return chrome.extension.getViews({ type: "popup" }).includes(window);
}
