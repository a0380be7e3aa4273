/** The element that carries the offer: a closed shadow root in the top layer, beside the field. */

import { word } from "../words";
import { OfferGuard } from "./offer-guard";
import { offerStyles } from "./offer-styles";

export type OfferHostEvents = {
  dismissed(): void;
  /** The page interferes with the offer and does not stop. */
  gaveUp(): void;
  /** About once a second while the offer is shown. */
  ticked(): void;
};

/** Space between field and offer, in CSS pixels. */
const GAP = 6;

export class OfferHost {
  readonly anchor: HTMLElement;
  readonly #events: OfferHostEvents;
  readonly #element = document.createElement("div");
  readonly #box = document.createElement("section");
  readonly #content = document.createElement("div");
  readonly #root: ShadowRoot;
  readonly #styles = new CSSStyleSheet();
  readonly #guard: OfferGuard;
  readonly #gone = new AbortController();
  #frame = 0;

  constructor(anchor: HTMLElement, events: OfferHostEvents) {
    this.anchor = anchor;
    this.#events = events;
    this.#root = this.#element.attachShadow({ mode: "closed" });
    this.#build();
    document.documentElement.append(this.#element);
    this.#element.popover = "manual";
    // With the field as its source, Tab goes from the field into the offer.
    this.#element.showPopover({ source: anchor });
    this.#place();
    this.#guard = new OfferGuard(this.#element, {
      gaveUp: () => this.#events.gaveUp(),
      armedChanged: (armed) => this.#box.classList.toggle("armed", armed),
    });
    this.#listen();
  }

  /** Whether an event on a control of the offer is a wish of the user. */
  allows(event: Event, control: HTMLElement): boolean {
    return this.#guard.allows(event, control);
  }

  replaceContent(nodes: Node[]): void {
    const focused = this.#root.activeElement !== null;
    this.#content.replaceChildren(...nodes);
    if (focused) this.#firstButton()?.focus();
    this.#place();
  }

  setText(selector: string, text: string): void {
    const found = this.#root.querySelector(selector);
    if (found !== null && found.textContent !== text) found.textContent = text;
  }

  remove(): void {
    this.#gone.abort();
    this.#guard.stop();
    cancelAnimationFrame(this.#frame);
    this.#element.remove();
  }

  #build(): void {
    this.#styles.replaceSync(offerStyles);
    this.#root.adoptedStyleSheets = [this.#styles];
    const box = this.#box;
    box.className = "box";
    box.setAttribute("aria-label", word("offerName"));
    this.#content.className = "content";
    this.#content.setAttribute("aria-live", "polite");
    const close = document.createElement("button");
    close.type = "button";
    close.className = "close";
    close.textContent = "×";
    close.setAttribute("aria-label", word("offerDismiss"));
    close.addEventListener("click", (event) => {
      if (event.isTrusted) this.#events.dismissed();
    });
    box.append(this.#content, close);
    this.#root.append(box);
  }

  #listen(): void {
    const { signal } = this.#gone;
    const replace = () => {
      cancelAnimationFrame(this.#frame);
      this.#frame = requestAnimationFrame(() => this.#place());
    };
    addEventListener("scroll", replace, { capture: true, passive: true, signal });
    addEventListener("resize", replace, { signal });
    this.anchor.addEventListener(
      "keydown",
      (event) => {
        if (event.key !== "ArrowDown" || !event.isTrusted) return;
        event.preventDefault();
        this.#firstButton()?.focus();
      },
      { signal },
    );
    this.#root.addEventListener("keydown", (event) => this.#onKey(event as KeyboardEvent), {
      signal,
    });
    const timer = setInterval(() => {
      this.#events.ticked();
      this.#place();
    }, 1000);
    signal.addEventListener("abort", () => clearInterval(timer));
  }

  #onKey(event: KeyboardEvent): void {
    if (!event.isTrusted) return;
    // What is typed in the offer is not the page's business.
    event.stopPropagation();
    if (event.key === "Escape") {
      this.anchor.focus();
      this.#events.dismissed();
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.#moveFocus(event.key === "ArrowDown" ? 1 : -1);
    }
  }

  #moveFocus(by: 1 | -1): void {
    const buttons: Element[] = [...this.#content.querySelectorAll("button")];
    const focused = this.#root.activeElement;
    const at = (focused === null ? 0 : buttons.indexOf(focused)) + by;
    if (at < 0) this.anchor.focus();
    else (buttons[Math.min(at, buttons.length - 1)] as HTMLElement | undefined)?.focus();
  }

  #firstButton(): HTMLButtonElement | null {
    return this.#content.querySelector("button");
  }

  /** Under the field, or above it where there is no room below. */
  #place(): void {
    const anchor = this.anchor.getBoundingClientRect();
    const own = this.#element.getBoundingClientRect();
    const below = anchor.bottom + GAP;
    const above = anchor.top - GAP - own.height;
    const top = below + own.height > innerHeight && above >= 0 ? above : below;
    const left = Math.max(0, Math.min(anchor.left, innerWidth - own.width));
    // The first rule is `:host`, whose important declarations win over anything the page says.
    const rule = this.#styles.cssRules[0];
    if (!(rule instanceof CSSStyleRule)) return;
    rule.style.setProperty("left", `${Math.round(left)}px`, "important");
    rule.style.setProperty("top", `${Math.round(top)}px`, "important");
  }
}
