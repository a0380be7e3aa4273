/** The offer beside the field: what it says and which wishes of the user it passes on. */

import type { Offer, OfferEntry } from "../protocol";
import { word } from "../words";
import { anchorOf, type Finding } from "./detect";
import { markField, unmarkField } from "./field-mark";
import { OfferHost } from "./offer-host";

export type OfferActions = {
  /** The user chose an entry. What comes back is shown. */
  choose(entryId: string): Promise<"filled" | "refused" | "failed">;
  /** The user wants to unlock, to set up or to add: that happens in the popup. */
  openPopup(): void;
  /** The page interferes with the offer: the user must be told elsewhere. */
  gaveUp(): void;
};

/** How long the word of a finished fill stays, in milliseconds. */
const DONE_MS = 4000;

export class OfferView {
  readonly #actions: OfferActions;
  #host: OfferHost | undefined;
  #shown: Offer = { state: "hidden" };
  #receivedAt = 0;
  #dismissed = new WeakSet<HTMLElement>();
  #unsure = false;

  constructor(actions: OfferActions) {
    this.#actions = actions;
  }

  /** Shows an offer beside what was found, in place of the one before. */
  show(finding: Finding, offer: Offer): void {
    const anchor = anchorOf(finding);
    if (anchor === undefined || offer.state === "hidden" || this.#dismissed.has(anchor)) {
      this.hide();
      return;
    }
    this.#shown = offer;
    this.#unsure = finding.kind === "structural";
    this.#receivedAt = performance.now();
    if (this.#host?.anchor !== anchor) {
      this.hide();
      this.#host = new OfferHost(anchor, {
        dismissed: () => {
          this.#dismissed.add(anchor);
          this.hide();
        },
        gaveUp: () => {
          this.#dismissed.add(anchor);
          this.hide();
          this.#actions.gaveUp();
        },
        ticked: () => this.#tick(),
      });
    }
    this.#shown = offer;
    this.#host?.replaceContent(this.#content(offer));
  }

  hide(): void {
    unmarkField();
    this.#host?.remove();
    this.#host = undefined;
    this.#shown = { state: "hidden" };
  }

  #content(offer: Offer): Node[] {
    switch (offer.state) {
      case "hidden":
        return [];
      case "noVault":
        return [this.#action(word("offerSetUp"), () => this.#actions.openPopup())];
      case "locked":
        return [this.#action(word("offerUnlock"), () => this.#actions.openPopup())];
      case "noEntry": {
        const text =
          offer.account === null ? word("offerNoEntry") : word("offerNoEntryFor", offer.account);
        return [
          element("p", "text", text),
          this.#action(word("offerAdd"), () => this.#actions.openPopup()),
        ];
      }
      case "chooser":
        return [element("p", "text", word("offerChooser"))];
      case "ready":
        return offer.entries.map((entry) => this.#entryButton(entry));
    }
  }

  #entryButton(entry: OfferEntry): HTMLElement {
    const whose = [entry.account, entry.user].filter((part) => part !== "").join(" · ");
    const button = this.#action(word("offerFill"), () => {
      if (this.#unsure) this.#askWhether(entry);
      else void this.#choose(entry);
    });
    button.append(element("bdi", "whose", whose));
    const left = element("span", "left", word("secondsLeft", String(entry.remainingSeconds)));
    left.dataset.entry = entry.entryId;
    button.append(left);
    return button;
  }

  /** The field only looks like the one: it is marked, and the user confirms. */
  #askWhether(entry: OfferEntry): void {
    const host = this.#host;
    if (host === undefined) return;
    markField(host.anchor);
    host.replaceContent([
      element("p", "text", word("offerIsThisTheField")),
      this.#action(word("offerFillHere"), () => {
        unmarkField();
        void this.#choose(entry);
      }),
    ]);
  }

  async #choose(entry: OfferEntry): Promise<void> {
    const outcome = await this.#actions.choose(entry.entryId);
    const host = this.#host;
    const text =
      outcome === "filled"
        ? word("offerFilled")
        : outcome === "refused"
          ? word("offerRefused")
          : word("offerFailed");
    host?.replaceContent([element("p", "text", text)]);
    if (outcome !== "filled") return;
    setTimeout(() => {
      if (this.#host === host) this.hide();
    }, DONE_MS);
  }

  #action(label: string, act: () => void): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.append(element("span", "label", label));
    button.addEventListener("click", (event) => {
      if (this.#host?.allows(event, button)) act();
    });
    return button;
  }

  /** Counts the seconds down without asking the background. */
  #tick(): void {
    if (this.#shown.state !== "ready") return;
    const passed = Math.floor((performance.now() - this.#receivedAt) / 1000);
    for (const entry of this.#shown.entries) {
      const gone = entry.periodSeconds - entry.remainingSeconds + passed;
      const left = entry.periodSeconds - (gone % entry.periodSeconds);
      this.#host?.setText(`[data-entry="${entry.entryId}"]`, word("secondsLeft", String(left)));
    }
  }
}

function element(tag: string, className: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}
