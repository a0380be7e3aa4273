/**
 * Lets go of what is dragged in a tab. Firefox's tools end a drag without a drop (`_maybeEndDragSession` in its
 * EventUtils.js), so the drop is made here as the browser would make it.
 */
import { besideDocument } from "./firefox-beside.mjs";
import { chromeScope } from "./firefox-chrome.mjs";

/** The tab in front. */
const TAB = 'browser[primary="true"]';

/**
 * @param {import('./bidi.mjs').Bidi} bidi
 * @param {{ x: number, y: number }} at
 */
export async function dropDragged(bidi, at) {
  await besideDocument(chromeScope(bidi), TAB, drop, at);
}

/**
 * Runs beside the document.
 * @param {any} window
 * @param {{ x: number, y: number }} at
 */
function drop(window, { x, y }) {
  const { windowUtils } = window;
  const session = windowUtils.dragSession;
  if (!session) {
    return;
  }
  // None: the page did not take what hung over it.
  if (session.dragAction !== 0) {
    const { dataTransfer } = session;
    const place = { clientX: x, clientY: y, view: window, dataTransfer };
    const options = { bubbles: true, cancelable: true, composed: true, ...place };
    const target = window.document.elementFromPoint(x, y);
    const event = new window.DragEvent("drop", options);
    windowUtils.dispatchDOMEventViaPresShellForTesting(target, event);
  }
  session.endDragSession(true, 0);
}
