/** Notices when the page may have changed, without costing it anything while nothing is asked. */

import { openRoots, type Root } from "./open-roots";

/** After a look, a page that keeps changing is let alone for so long, in milliseconds. */
const REST_MS = 100;
/** Each rest in a row is twice as long as the one before, up to this. A new input ends it. */
const LONGEST_REST_MS = 800;

const WATCHED: MutationObserverInit = {
  subtree: true,
  childList: true,
  attributes: true,
  attributeFilter: ["id", "name", "class", "style", "hidden", "inert", "open", "disabled", "type"],
};

/** Calls `look` at once, and whenever the page may have changed: at the first change without delay. */
export function watch(look: (roots: Root[]) => void, signal: AbortSignal): void {
  // Live: to ask it for what it holds costs far less than a look.
  const inputs = document.getElementsByTagName("input");
  let seen: Element[] = [];
  let lastLook = 0;
  let rest = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const lookNow = () => {
    clearTimeout(timer);
    lastLook = performance.now();
    seen = [...inputs];
    const roots = openRoots();
    look(roots);
    for (const root of roots) observer.observe(root, WATCHED);
  };
  const lookInTime = () => {
    const left = lastLook + rest - performance.now();
    if (left > 0 && inputs.length === seen.length && seen.every((one, at) => one === inputs[at])) {
      timer = setTimeout(lookInTime, Math.min(left, REST_MS));
    } else {
      rest = Math.min(Math.max(rest * 2, REST_MS), LONGEST_REST_MS);
      lookNow();
    }
  };
  const observer = new MutationObserver(() => {
    // Until the next look, what the page does costs nothing.
    observer.disconnect();
    const left = lastLook + REST_MS - performance.now();
    if (left > 0) {
      timer = setTimeout(lookInTime, left);
    } else {
      rest = 0;
      lookInTime();
    }
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
