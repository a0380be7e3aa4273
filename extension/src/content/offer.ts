/**
 * The offer: a closed shadow root in the top layer, beside the field. It draws what the background
 * made and passes presses on; it knows no words and no entries.
 */

import type { OfferButton, OfferView } from "../protocol";
import { guardOffer } from "./offer-guard";

export type OfferEvents = {
  pressed(action: string): void;
  /**
   * It should go: the user closed it, its time is over, the page interferes and does not stop, or
   * the extension that it belongs to is gone.
   */
  ended(why: "dismissed" | "passed" | "tampered" | "orphaned"): void;
};

export type Offer = {
  readonly anchor: HTMLElement;
  show(view: OfferView): void;
  remove(): void;
};

/** Space between field and offer, in CSS pixels. */
const GAP = 6;
/** How long a passing offer stays for each of its texts, in milliseconds. */
const PASSING_MS = 4000;

/**
 * Shows an offer for an element of the document or of a frame in it: the keyboard goes from there into
 * the offer. It stands `beside` that or another element.
 */
export function openOffer(
  anchor: HTMLElement,
  first: OfferView,
  events: OfferEvents,
  beside = anchor,
): Offer {
  const gone = new AbortController();
  const { signal } = gone;
  const styles = new CSSStyleSheet();
  const content = make("div", "content");
  const close = make("button", "close", "×");
  const box = make("section", "box", content, close);
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "closed" });
  root.adoptedStyleSheets = [styles];
  root.append(box);
  content.ariaLive = "polite";

  const frame = anchor.ownerDocument.defaultView?.frameElement;
  const ownOutline = anchor.style.outline;
  /** When the button of each action was there first. */
  const drawnAt: Record<string, number> = {};
  let countdowns: (() => void)[] = [];
  let passing: ReturnType<typeof setTimeout> | undefined;

  const show = (view: OfferView) => {
    const focused = root.activeElement !== null;
    styles.replaceSync(view.styles);
    box.ariaLabel = view.name;
    close.ariaLabel = view.dismiss;
    countdowns = [];
    const texts = view.texts.map((text) => make("p", "text", text));
    content.replaceChildren(...texts, ...view.buttons.map(drawButton));
    anchor.style.outline = view.mark ? "3px solid #1f5fd0" : ownOutline;
    if (focused) focusButton(0);
    clearTimeout(passing);
    if (view.passing) passing = setTimeout(() => events.ended("passed"), PASSING_MS * texts.length);
    if (host.isConnected) place();
  };

  const drawButton = ({ action, label, whose, left }: OfferButton) => {
    const button = make("button", "", make("span", "label", label));
    if (whose !== undefined) button.append(make("bdi", "whose", whose));
    if (left !== undefined) {
      const element = make("span", "left");
      const shownAt = performance.now();
      const gone = left.periodSeconds - left.remainingSeconds;
      const count = () => {
        const passed = gone + Math.floor((performance.now() - shownAt) / 1000);
        const seconds = left.periodSeconds - (passed % left.periodSeconds);
        element.textContent = left.text.replace("#", `${seconds}`);
      };
      count();
      countdowns.push(count);
      button.append(element);
    }
    // A second click of a double one must not say yes to what the first one brought.
    const since = drawnAt[action] ?? performance.now();
    drawnAt[action] = since;
    button.addEventListener("click", (event) => {
      if (guard.allows(event, button, since)) events.pressed(action);
    });
    return button;
  };

  /** Focuses a button by number, or by steps from the one that has the focus; above is the field. */
  const focusButton = (index: number, fromFocused = false) => {
    const buttons = [...content.querySelectorAll("button")];
    const start = fromFocused ? buttons.indexOf(root.activeElement as HTMLButtonElement) : 0;
    (start + index < 0 ? anchor : (buttons[start + index] ?? buttons.at(-1)))?.focus();
  };

  /** Beside the field, else above it, else below, where forms have their buttons. */
  const place = () => {
    const field = beside.getBoundingClientRect();
    const outer = frame?.getBoundingClientRect() ?? { left: 0, top: 0 };
    const { width, height } = host.getBoundingClientRect();
    const room = innerWidth - width;
    let left = outer.left + field.right + GAP;
    let top = outer.top + field.top;
    if (left > room) {
      left = Math.min(outer.left + field.left, room);
      top -= GAP + height;
    }
    if (top < 0) top = outer.top + field.bottom + GAP;
    // The first rule is `:host`, whose important declarations win over anything the page says.
    const { style } = styles.cssRules[0] as CSSStyleRule;
    style.setProperty("left", `${Math.round(Math.max(0, left))}px`, "important");
    style.setProperty("top", `${Math.round(top)}px`, "important");
  };

  const onKey = (event: KeyboardEvent) => {
    if (!event.isTrusted) return;
    // What is typed in the offer is not the page's business.
    event.stopPropagation();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      focusButton(step, true);
    } else if (event.key === "Tab" && event.target === close && !event.shiftKey) {
      // From the field the browser goes on to what the page has next.
      anchor.focus();
    } else if (event.key === "Escape") {
      anchor.focus();
      events.ended("dismissed");
    }
  };

  const enter = (event: KeyboardEvent) => {
    const enters = event.key === "ArrowDown" || (event.key === "Tab" && !event.shiftKey);
    if (!enters || !event.isTrusted) return;
    event.preventDefault();
    focusButton(0);
  };

  box.addEventListener("keydown", onKey, { signal });
  anchor.addEventListener("keydown", enter, { signal });
  close.addEventListener("click", ({ isTrusted }) => isTrusted && events.ended("dismissed"));
  addEventListener("scroll", place, { capture: true, passive: true, signal });
  addEventListener("resize", place, { signal });

  show(first);
  // Outside an open modal dialog everything is inert, in the top layer too.
  ((frame ?? anchor).closest("dialog:modal") ?? document.documentElement).append(host);
  host.popover = "manual";
  host.showPopover();
  place();
  const guard = guardOffer(host, () => events.ended("tampered"), signal);
  const timer = setInterval(() => {
    // After an update of the extension this script lives on without it.
    if (chrome.runtime?.id === undefined) events.ended("orphaned");
    place();
    guard.check();
    for (const count of countdowns) count();
  }, 100);

  const remove = () => {
    try {
      anchor.style.outline = ownOutline;
    } catch {
      // Firefox ends every reference into a frame that has gone on to another page.
    }
    clearInterval(timer);
    clearTimeout(passing);
    gone.abort();
    host.remove();
  };
  return { anchor, show, remove };
}

function make(tag: string, className: string, ...children: (Node | string)[]): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...children);
  return element;
}
