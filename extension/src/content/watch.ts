/** Notices when the page may have changed, without costing it anything while nothing is asked. */

import { openRoots, type Root } from "./open-roots";

/**
 * The least time between two looks at a page that keeps changing, in milliseconds. A field that
 * comes to a page that was quiet is seen at once.
 */
const REST_MS = 100;

const WATCHED: MutationObserverInit = {
  subtree: true,
  childList: true,
  attributes: true,
  attributeFilter: ["id", "name", "class", "style", "hidden", "inert", "open", "disabled", "type"],
};

/** Calls `look` at once, and whenever the page may have changed: at the first change without delay. */
export function watch(look: (roots: Root[]) => void, signal: AbortSignal): void {
  let lastLook = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const lookNow = () => {
    lastLook = performance.now();
    const roots = openRoots();
    look(roots);
    for (const root of roots) observer.observe(root, WATCHED);
  };
  const observer = new MutationObserver(() => {
    // Until the next look, what the page does costs nothing.
    observer.disconnect();
    const wait = lastLook + REST_MS - performance.now();
    if (wait > 0) timer = setTimeout(lookNow, wait);
    else lookNow();
  });
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
