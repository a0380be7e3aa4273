/**
 * Decides whether a click on the offer is what the user meant: the offer must have been in plain
 * sight, in one place, for a moment, and nothing may lie over it or shrink it.
 *
 * Pages can cover, fade, move or shrink what an extension shows, and so steal a click. What each
 * check is against is said beside it. Chromium tells what the user really sees
 * (IntersectionObserver v2); Firefox does not, and what remains open there is in SECURITY.md.
 */

/** How long the offer must stand still and in sight before a click counts, in milliseconds. */
const ARM_MS = 400;
/** How far it may move without being armed anew, in CSS pixels: rounding, not moving. */
const STILL_PX = 3;
/** The least size of a control that a person can aim at, in CSS pixels. */
const LEAST_PX = { width: 60, height: 20 };
/** How often a page may interfere within `TAMPER_WINDOW_MS` before the offer gives up. */
const MAX_TAMPERING = 5;
const TAMPER_WINDOW_MS = 5000;

export type OfferGuard = {
  /** Looks whether the offer is still in sight and in its place; to be called ten times a second. */
  check(): void;
  /** Whether this event on this control, which is there since a while, is a wish of the user. */
  allows(event: Event, control: HTMLElement, since: number): boolean;
};

/**
 * Guards an offer that is shown. `gaveUp` is called when the page interferes again and again: the
 * offer must go. The guard ends with `signal`.
 */
export function guardOffer(host: HTMLElement, gaveUp: () => void, signal: AbortSignal): OfferGuard {
  const parent = host.parentElement as HTMLElement;
  let place = { left: 0, top: 0 };
  let fitSince = performance.now();
  let seen = false;
  let tampering: number[] = [];

  const check = () => {
    const { left, top } = host.getBoundingClientRect();
    // A page that moves the field moves the offer with it, under a mouse that is about to click.
    const moved = Math.hypot(place.left - left, place.top - top) > STILL_PX;
    if (!moved && seen && looksPlain(host)) return;
    place = { left, top };
    fitSince = performance.now();
  };

  // Nothing over the offer, no effect on it, not even by what lets clicks through. A browser that
  // does not tell what the user sees leaves it to the other checks.
  const sight = new IntersectionObserver(
    (entries) => {
      seen = (entries.at(-1) as { isVisible?: boolean } | undefined)?.isVisible !== false;
      check();
    },
    { threshold: 1, trackVisibility: true, delay: 100 } as IntersectionObserverInit,
  );
  sight.observe(host);

  /** Puts the offer back on top, disarmed; gives up when the page does not stop. */
  const reassert = () => {
    fitSince = performance.now();
    tampering = [...tampering.filter((at) => fitSince - at < TAMPER_WINDOW_MS), fitSince];
    if (tampering.length > MAX_TAMPERING) return gaveUp();
    if (host.parentElement !== parent) parent.append(host);
    if (host.matches(":popover-open")) host.hidePopover();
    host.popover = "manual";
    host.showPopover();
    touched.takeRecords();
  };

  // The host is the extension's: nobody else sets its attributes, moves it or takes it away.
  const touched = new MutationObserver((records) => {
    if (records.some(({ target }) => target === host) || host.parentElement !== parent) reassert();
  });
  touched.observe(host, { attributes: true });
  touched.observe(parent, { childList: true });

  // Whatever enters the top layer later lies above the offer: the offer goes on top again.
  const raise = (event: Event) => {
    const { newState } = event as ToggleEvent;
    if (newState !== "closed" && event.isTrusted && event.target !== host) reassert();
  };
  document.addEventListener("toggle", raise, { capture: true, signal });
  // `toggle` comes a moment late; a click in that moment must not count.
  const coming = (event: Event) => {
    if (event.target !== host) fitSince = performance.now();
  };
  document.addEventListener("beforetoggle", coming, { capture: true, signal });
  document.addEventListener("fullscreenchange", raise, { signal });
  signal.addEventListener("abort", () => {
    sight.disconnect();
    touched.disconnect();
  });

  return {
    check,
    allows(event, control, since) {
      check();
      return (
        // A script of the page can make events, but not trusted ones.
        event.isTrusted &&
        performance.now() - Math.max(fitSince, since) >= ARM_MS &&
        isWithinReach(host, control)
      );
    },
  };
}

/**
 * No effect that would make the offer hard to see (its own rules win over the page's), and no view
 * transition: that is drawn above the top layer. `:is` forgives a browser that does not know it.
 */
function looksPlain(host: HTMLElement): boolean {
  const { opacity, visibility, filter, clipPath } = getComputedStyle(host);
  return (
    `${opacity} ${visibility} ${filter} ${clipPath}` === "1 visible none none" &&
    !document.documentElement.matches(":is(:active-view-transition)")
  );
}

/**
 * A click on the control meets the offer and not something above it, wherever it lands; and a
 * person can aim at it, which a page can prevent by `zoom`.
 */
function isWithinReach(host: HTMLElement, control: HTMLElement): boolean {
  const { left, top, width, height } = control.getBoundingClientRect();
  const parts = [0.1, 0.5, 0.9];
  const isHost = (x: number, y: number) =>
    document.elementFromPoint(left + width * x, top + height * y) === host;
  return (
    width >= LEAST_PX.width &&
    height >= LEAST_PX.height &&
    parts.every((x) => parts.every((y) => isHost(x, y)))
  );
}
