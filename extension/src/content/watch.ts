/** Notices when the page may have changed, without costing it anything while nothing is asked. */

import type { Root } from "./open-roots";

/** The least time between two looks at a page that keeps changing, in milliseconds. */
const REST_MS = 100;

const WATCHED: MutationObserverInit = {
  subtree: true,
  childList: true,
  attributes: true,
  attributeFilter: ["id", "name", "class", "style", "hidden", "inert", "open", "disabled", "type"],
};

/**
 * Calls `look` at once and whenever the page may have changed: right after the first change, then
 * at most every 100 ms. `look` answers with what is to be watched from then on.
 */
export function watch(look: () => Root[], signal: AbortSignal): void {
  let lastLook = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const lookNow = () => {
    lastLook = performance.now();
    for (const root of look()) observer.observe(root, WATCHED);
  };
  const changed = () => {
    // Until the next look, what the page does costs nothing.
    observer.disconnect();
    clearTimeout(timer);
    const wait = lastLook + REST_MS - performance.now();
    if (wait > 0) timer = setTimeout(lookNow, wait);
    else lookNow();
  };
  const observer = new MutationObserver(changed);
  // What was typed is read at once: the step may be gone in a moment. `load` is that of a frame.
  for (const event of ["change", "load", "toggle"]) {
    document.addEventListener(event, lookNow, { capture: true, signal });
  }
  signal.addEventListener("abort", () => {
    observer.disconnect();
    clearTimeout(timer);
  });
  lookNow();
}
