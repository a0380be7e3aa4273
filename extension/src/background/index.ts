/**
 * The service worker (Chromium) or event page (Firefox). Registers every listener at once, because
 * the browser wakes it for an event and looks for the listener before anything is loaded.
 */

import { matchPatterns } from "../aws-hosts";
import { loadCore } from "../core";
import { type Envelope, maxMessageLength, parseEnvelope, type Reply } from "../messaging";
import { Background } from "./background";
import { chromePorts } from "./chrome-ports";
import { contentSenderOf, enrolmentSenderOf, isOwnPage } from "./gate";
import type { Alarm } from "./ports";
import { isWellFormed } from "./request-shapes";
import { readSettings } from "./settings";

const ports = chromePorts();
// What the popup waits for, while the module loads.
Promise.all([ports.session.get([]), ports.keys.read()]).catch(() => undefined);
const ready = loadCore(chrome.runtime.getURL("core.wasm")).then(
  (core) => new Background(ports, core),
);

chrome.runtime.onMessage.addListener((message, sender, reply) => {
  const answer = answerTo(message, sender);
  if (answer === undefined) return false;
  answer.then(reply, () => reply({ ok: false, error: { kind: "unexpected" } }));
  return true;
});

/** The gate: who asks decides what may be asked, before the request is looked at. */
function answerTo(
  message: unknown,
  sender: chrome.runtime.MessageSender,
): Promise<Reply> | undefined {
  const envelope = parseEnvelope(message);
  if (envelope === undefined) return refuse("malformedRequest");
  const { channel } = envelope;
  const answer = answerIn(channel, sender);
  if (answer === undefined) {
    // Messages to a content script come by here too; they are not for the background.
    return channel === "tab" || channel === "enrolmentTab" ? undefined : refuse("notAllowed");
  }
  if (JSON.stringify(envelope.request).length > maxMessageLength(channel))
    return refuse("tooLarge");
  if (!isWellFormed(envelope)) return refuse("malformedRequest");
  return ready.then((background) => answer(background, envelope));
}

type Answer = (background: Background, envelope: Envelope) => Promise<Reply>;

/** Who answers in a channel, when the sender may ask there. */
function answerIn(channel: string, sender: chrome.runtime.MessageSender): Answer | undefined {
  switch (channel) {
    case "page":
      if (!isOwnPage(sender)) return undefined;
      return (background, envelope) => background.answerPage(envelope);
    case "content": {
      const from = contentSenderOf(sender);
      return from && ((background, envelope) => background.answerContent(envelope, from));
    }
    case "enrolment": {
      const from = enrolmentSenderOf(sender);
      return from && ((background, envelope) => background.answerEnrolment(envelope, from));
    }
    default:
      return undefined;
  }
}

async function refuse(kind: string): Promise<Reply> {
  return { ok: false, error: { kind } };
}

chrome.alarms.onAlarm.addListener(async ({ name }) => {
  const background = await ready;
  if (name === ("auto-lock" satisfies Alarm)) await background.session.lockIfDue();
  if (name === ("clear-clipboard" satisfies Alarm)) await background.copied.clear();
});

const FILL_CODE = "fill-code";
const SCAN_IMAGE = "scan-image";

chrome.commands.onCommand.addListener(async (command, tab) => {
  if (command !== FILL_CODE) return;
  const { enrolments, gestures } = await ready;
  const tabId = tab?.id ?? (await ports.tabs.active());
  // Where a device is enrolled, the same gesture scans: it lets the extension see the tab.
  if (tabId !== undefined && (await enrolments.gestures.scanTab(tabId))) return;
  await gestures.fillTab(tabId);
});

chrome.contextMenus.onClicked.addListener(async ({ menuItemId }, tab) => {
  if (menuItemId === FILL_CODE) await (await ready).gestures.fillTab(tab?.id);
  if (menuItemId !== SCAN_IMAGE) return;
  const { enrolments } = await ready;
  if (tab?.id === undefined || !(await enrolments.gestures.scanTab(tab.id)))
    await enrolments.gestures.openToScan();
});

// "locked" is the lock of the system, which Chromium tells and Firefox does not.
chrome.idle.onStateChanged.addListener(async (state) => {
  const { idleLockMinutes } = await readSettings(ports.local);
  if (state === "locked" || (state === "idle" && idleLockMinutes > 0)) {
    await (await ready).session.lock();
  }
});

chrome.tabs.onRemoved.addListener(async (tabId) => {
  const { enrolments, tabs } = await ready;
  await Promise.all([tabs.forget(tabId), enrolments.memory.forget(tabId)]);
});

chrome.runtime.onInstalled.addListener(async ({ reason }) => {
  await chrome.contextMenus.removeAll();
  chrome.contextMenus.create({
    id: FILL_CODE,
    title: ports.words("fillCodeGesture"),
    contexts: ["editable"],
    documentUrlPatterns: [...matchPatterns],
  });
  chrome.contextMenus.create({
    id: SCAN_IMAGE,
    title: ports.words("scanImageGesture"),
    contexts: ["image"],
  });
  if (reason === "install") {
    await chrome.tabs.create({ url: chrome.runtime.getURL("welcome.html") });
  }
});

void readSettings(ports.local).then(({ idleLockMinutes }) => ports.idleAfter(idleLockMinutes * 60));
