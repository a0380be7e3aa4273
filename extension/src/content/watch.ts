/** Notices when the page may have changed, without costing it anything while nothing is asked. */

import { openRoots, type Root } from "./open-roots";

/** After a look, a page that keeps changing is let alone for so long, in milliseconds. */
const REST_MS = 100;
/** Each rest in a row is four times as long as the one before, up to this. */
const LONGEST_REST_MS = 800;
/** So often, in milliseconds, a rest glances at the inputs: a new one ends it. */
const GLANCE_MS = 400;

const WATCHED: MutationObserverInit = {
  subtree: true,
  childList: true,
  attributeFilter: ["id", "name", "class", "style", "hidden", "inert", "open", "disabled", "type"],
};

type Look = (roots: Root[]) => void;

/** The extension's scripts of one document share a world, and there one watch. */
const world = globalThis as { looks?: Look[] };

/** Calls `look` at once, and whenever the page may have changed: at the first change without delay. */
export function watch(look: Look, signal: AbortSignal): void {
  if (world.looks?.push(look)) {
    look(openRoots());
    return;
  }
  const looks = [look];
  world.looks = looks;
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
    for (const one of looks) one(roots);
    for (const root of roots) observer.observe(root, WATCHED);
  };
  const lookInTime = () => {
    const left = lastLook + rest - performance.now();
    if (left > 0 && [...inputs].every((one) => seen.includes(one))) {
      timer = setTimeout(lookInTime, Math.min(left, GLANCE_MS));
    } else {
      rest = Math.min(rest * 4 || REST_MS, LONGEST_REST_MS);
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
