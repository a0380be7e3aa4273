/**
 * The offer: a closed shadow root in the top layer, beside the field. It draws what the background
 * made and passes presses on; it knows no words and no entries.
 */

import type { OfferButton, OfferView } from "../protocol";
import { OfferGuard } from "./offer-guard";

export type OfferEvents = {
  pressed(action: string): void;
  dismissed(): void;
  /** The page interferes with the offer and does not stop. */
  gaveUp(): void;
};

/** Space between field and offer, in CSS pixels. */
const GAP = 6;
/** How long a passing offer stays, in milliseconds. */
const PASSING_MS = 4000;

export class Offer {
  readonly anchor: HTMLElement;
  readonly #events: OfferEvents;
  readonly #host = document.createElement("div");
  readonly #box = document.createElement("section");
  readonly #content = document.createElement("div");
  readonly #close = document.createElement("button");
  readonly #styles = new CSSStyleSheet();
  readonly #root = this.#host.attachShadow({ mode: "closed" });
  readonly #guard: OfferGuard;
  readonly #gone = new AbortController();
  #countdowns: { element: HTMLElement; left: NonNullable<OfferButton["left"]>; since: number }[] =
    [];
  #outline: string | undefined;

  constructor(anchor: HTMLElement, view: OfferView, events: OfferEvents) {
    this.anchor = anchor;
    this.#events = events;
    this.#build();
    this.show(view);
    document.documentElement.append(this.#host);
    this.#host.popover = "manual";
    this.#host.showPopover();
    this.#place();
    this.#guard = new OfferGuard(this.#host, events.gaveUp);
    this.#listen();
  }

  show(view: OfferView): void {
    const focused = this.#root.activeElement !== null;
    this.#styles.replaceSync(view.styles);
    this.#box.setAttribute("aria-label", view.name);
    this.#close.setAttribute("aria-label", view.dismiss);
    this.#countdowns = [];
    const texts = view.texts.map((text) => make("p", "text", text));
    this.#content.replaceChildren(...texts, ...view.buttons.map((button) => this.#button(button)));
    this.#markAnchor(view.mark);
    if (focused) this.#focusButton(0);
    if (view.passing) setTimeout(() => this.#content.isConnected && this.remove(), PASSING_MS);
    this.#place();
  }

  remove(): void {
    this.#markAnchor(false);
    this.#gone.abort();
    this.#guard.stop();
    this.#host.remove();
  }

  #build(): void {
    this.#root.adoptedStyleSheets = [this.#styles];
    this.#box.className = "box";
    this.#content.className = "content";
    this.#content.setAttribute("aria-live", "polite");
    this.#close.className = "close";
    this.#close.textContent = "×";
    this.#close.addEventListener("click", (event) => event.isTrusted && this.#events.dismissed());
    this.#box.append(this.#content, this.#close);
    this.#root.append(this.#box);
  }

  #button({ action, label, whose, left }: OfferButton): HTMLButtonElement {
    const button = document.createElement("button");
    button.append(make("span", "label", label));
    if (whose !== undefined) button.append(make("bdi", "whose", whose));
    if (left !== undefined) {
      const element = make("span", "left", left.text.replace("#", String(left.remainingSeconds)));
      button.append(element);
      this.#countdowns.push({ element, left, since: performance.now() });
    }
    button.addEventListener("click", (event) => {
      if (this.#guard.allows(event, button)) this.#events.pressed(action);
    });
    return button;
  }

  #listen(): void {
    const { signal } = this.#gone;
    const place = () => requestAnimationFrame(() => this.#place());
    addEventListener("scroll", place, { capture: true, passive: true, signal });
    addEventListener("resize", place, { signal });
    this.anchor.addEventListener(
      "keydown",
      (event) => {
        const enters = event.key === "ArrowDown" || (event.key === "Tab" && !event.shiftKey);
        if (!enters || !event.isTrusted) return;
        event.preventDefault();
        this.#focusButton(0);
      },
      { signal },
    );
    this.#box.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    const timer = setInterval(() => this.#tick(), 1000);
    signal.addEventListener("abort", () => clearInterval(timer));
  }

  #onKey(event: KeyboardEvent): void {
    if (!event.isTrusted) return;
    // What is typed in the offer is not the page's business.
    event.stopPropagation();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      this.#focusButton(this.#buttons().indexOf(this.#root.activeElement as HTMLElement) + step);
    } else if (event.key === "Tab" && event.target === this.#close && !event.shiftKey) {
      // From the field the browser goes on to what the page has next.
      this.anchor.focus();
    } else if (event.key === "Escape") {
      this.anchor.focus();
      this.#events.dismissed();
    }
  }

  /** Focuses a button by number; before the first comes the field. */
  #focusButton(index: number): void {
    const buttons = this.#buttons();
    (index < 0 ? this.anchor : buttons[Math.min(index, buttons.length - 1)])?.focus();
  }

  #buttons(): HTMLElement[] {
    return [...this.#content.querySelectorAll("button")];
  }

  /** Counts the seconds down without asking the background. */
  #tick(): void {
    this.#place();
    for (const { element, left, since } of this.#countdowns) {
      const passed = Math.floor((performance.now() - since) / 1000);
      const gone = left.periodSeconds - left.remainingSeconds + passed;
      const seconds = left.periodSeconds - (gone % left.periodSeconds);
      element.textContent = left.text.replace("#", String(seconds));
    }
  }

  #markAnchor(mark: boolean): void {
    const { style } = this.anchor;
    if (this.#outline !== undefined) style.outline = this.#outline;
    this.#outline = mark ? style.outline : undefined;
    if (mark) style.outline = "3px solid #1f5fd0";
  }

  /** Beside the field, else above it, else below, where forms have their buttons. */
  #place(): void {
    const anchor = this.anchor.getBoundingClientRect();
    const { width, height } = this.#host.getBoundingClientRect();
    const room = innerWidth - width;
    const [left, top] =
      anchor.right + GAP <= room
        ? [anchor.right + GAP, anchor.top]
        : [Math.min(anchor.left, room), anchor.top - GAP - height];
    const topInView = top >= 0 ? top : anchor.bottom + GAP;
    // The first rule is `:host`, whose important declarations win over anything the page says.
    const rule = this.#styles.cssRules[0] as CSSStyleRule | undefined;
    rule?.style.setProperty("left", `${Math.round(Math.max(0, left))}px`, "important");
    rule?.style.setProperty("top", `${Math.round(topInView)}px`, "important");
  }
}

function make(tag: string, className: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}
