/** Notices when the page may have changed, without costing it anything while nothing is asked. */

/** The least time between two looks at a page that keeps changing, in milliseconds. */
const REST_MS = 100;

/**
 * Calls `look` at once and whenever the page may have changed: right after the first change, then
 * at most every 100 ms.
 */
export function watch(document: Document, look: () => void, signal: AbortSignal): void {
  let lastLook = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const lookNow = () => {
    timer = undefined;
    lastLook = performance.now();
    look();
  };
  const changed = () => {
    if (timer !== undefined) return;
    const wait = lastLook + REST_MS - performance.now();
    if (wait <= 0) lookNow();
    else timer = setTimeout(lookNow, wait);
  };
  const observer = new MutationObserver(changed);
  observer.observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["id", "name", "class", "style", "hidden", "disabled", "readonly", "type"],
  });
  for (const event of ["change", "pageshow", "popstate", "hashchange"]) {
    document.defaultView?.addEventListener(event, changed, { capture: true, signal });
  }
  signal.addEventListener("abort", () => {
    observer.disconnect();
    clearTimeout(timer);
  });
  lookNow();
}
