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

export class OfferGuard {
  readonly #host: HTMLElement;
  readonly #gaveUp: () => void;
  readonly #stop = new AbortController();
  #still: { left: number; top: number; since: number } | undefined;
  /** What Chromium says the user sees; `undefined` where the browser does not say. */
  #seen: boolean | undefined;
  #armed = false;
  #tampering: number[] = [];

  /** `gaveUp` is called when the page interferes again and again: the offer must go. */
  constructor(host: HTMLElement, gaveUp: () => void) {
    this.#host = host;
    this.#gaveUp = gaveUp;
    this.#observeSight();
    this.#observeTopLayer();
    this.#observeTampering();
    this.#update();
    const timer = setInterval(() => this.#update(), 100);
    this.#stop.signal.addEventListener("abort", () => clearInterval(timer));
  }

  stop(): void {
    this.#stop.abort();
  }

  /** Whether this event on this control is a wish of the user. */
  allows(event: Event, control: HTMLElement): boolean {
    this.#update();
    // A script of the page can make events, but not trusted ones.
    return event.isTrusted && this.#armed && isLargeEnough(control) && this.#isOnTop(control);
  }

  #update(): void {
    const { left, top } = this.#host.getBoundingClientRect();
    const now = performance.now();
    const before = this.#still;
    const moved =
      before === undefined || Math.hypot(before.left - left, before.top - top) > STILL_PX;
    // A page that moves the field moves the offer with it, under a mouse that is about to click.
    if (moved) this.#still = { left, top, since: now };
    const stillFor = moved ? 0 : now - before.since;
    this.#armed = stillFor >= ARM_MS && this.#seen !== false && this.#looksPlain();
  }

  /** Chromium: nothing over the offer, no effect on it, not even by what lets clicks through. */
  #observeSight(): void {
    if (!("isVisible" in IntersectionObserverEntry.prototype)) return;
    this.#seen = false;
    const options = { threshold: 1, trackVisibility: true, delay: 100 };
    const observer = new IntersectionObserver((entries) => {
      const last = entries.at(-1) as
        | (IntersectionObserverEntry & { isVisible?: boolean })
        | undefined;
      const seen = last?.isVisible === true;
      if (!seen) this.#still = undefined;
      this.#seen = seen;
    }, options);
    observer.observe(this.#host);
    this.#stop.signal.addEventListener("abort", () => observer.disconnect());
  }

  /** Whatever enters the top layer later lies above the offer: the offer goes on top again. */
  #observeTopLayer(): void {
    const { signal } = this.#stop;
    const raise = (event: Event) => {
      if (event.target === this.#host || !event.isTrusted) return;
      if ((event as ToggleEvent).newState === "open") this.#reassert();
    };
    document.addEventListener("toggle", raise, { capture: true, signal });
    document.addEventListener("fullscreenchange", () => this.#reassert(), { signal });
  }

  /** The host is the extension's: nobody else sets its attributes or takes it away. */
  #observeTampering(): void {
    const observer = new MutationObserver((records) => {
      const touched = records.some(({ type }) => type === "attributes");
      if (touched || !this.#host.isConnected) this.#reassert();
    });
    observer.observe(this.#host, { attributes: true });
    observer.observe(document.documentElement, { childList: true });
    this.#stop.signal.addEventListener("abort", () => observer.disconnect());
  }

  /** Puts the offer back on top, disarmed; gives up when the page does not stop. */
  #reassert(): void {
    const now = performance.now();
    this.#tampering = this.#tampering.filter((at) => now - at < TAMPER_WINDOW_MS);
    this.#tampering.push(now);
    this.#still = undefined;
    this.#armed = false;
    if (this.#tampering.length > MAX_TAMPERING) {
      this.stop();
      this.#gaveUp();
      return;
    }
    if (!this.#host.isConnected) document.documentElement.append(this.#host);
    if (this.#host.matches(":popover-open")) this.#host.hidePopover();
    if (this.#host.popover === "manual") this.#host.showPopover();
  }

  /** No effect that would make the offer hard to see. Its own rules win over the page's. */
  #looksPlain(): boolean {
    const { opacity, visibility, filter, clipPath } = getComputedStyle(this.#host);
    return `${opacity} ${visibility} ${filter} ${clipPath}` === "1 visible none none";
  }

  /** A click on the control meets the offer and not something above it, wherever it lands. */
  #isOnTop(control: HTMLElement): boolean {
    const { left, top, width, height } = control.getBoundingClientRect();
    const across = [0.1, 0.5, 0.9];
    return across.every((x) =>
      across.every(
        (y) => document.elementFromPoint(left + width * x, top + height * y) === this.#host,
      ),
    );
  }
}

/** A page can shrink everything with `zoom` until the offer is a speck under the mouse. */
function isLargeEnough(control: HTMLElement): boolean {
  const { width, height } = control.getBoundingClientRect();
  return width >= LEAST_PX.width && height >= LEAST_PX.height;
}
