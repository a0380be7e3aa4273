/** Turns what is known of a prompt into what the offer beside its field shows. */

import type { FillResult, FillWait, OfferButton, OfferView } from "../protocol";
import { offerStyles } from "./offer-styles";

/** An entry as the page may see it: who it is for, and how long its code lives. */
export type OfferedEntry = {
  entryId: string;
  /** The AWS account as people know it: alias or id. */
  account: string;
  user: string;
  /** Until its code ends; of one that was used, until the next that was not. */
  remainingSeconds: number;
  periodSeconds: number;
  used: boolean;
};

/** A message of `_locales` with its values. */
export type Words = (key: string, ...values: string[]) => string;

export class OfferViews {
  readonly #words: Words;

  constructor(words: Words) {
    this.#words = words;
  }

  noVault(): OfferView {
    return this.#view({ buttons: [this.#openPopup("offerSetUp")] });
  }

  locked(): OfferView {
    return this.#view({ buttons: [this.#openPopup("offerUnlock")] });
  }

  noEntry(account: string | undefined): OfferView {
    const text =
      account === undefined ? this.#words("offerNoEntry") : this.#words("offerNoEntryFor", account);
    return this.#view({ texts: [text], buttons: [this.#openPopup("offerAdd")] });
  }

  chooser(): OfferView {
    return this.#view({ texts: [this.#words("offerChooser")] });
  }

  /** `verb`: `fill` at once, or `confirm` first where the field only looks like the one. */
  ready(entries: OfferedEntry[], verb: "fill" | "confirm"): OfferView {
    const buttons = entries.map((entry) => ({
      action: `${verb}:${entry.entryId}`,
      label: this.#words(entry.used ? "offerUsed" : "offerFill"),
      whose: [entry.account, entry.user].filter((part) => part !== "").join(" · "),
      left: {
        text: this.#words(entry.used ? "offerNextIn" : "secondsLeft", "#"),
        remainingSeconds: entry.remainingSeconds,
        periodSeconds: entry.periodSeconds,
      },
    }));
    return this.#view({ buttons });
  }

  confirm(entryId: string, inPage: boolean): OfferView {
    const fill = { action: `fill:${entryId}`, label: this.#words("offerFillHere") };
    return this.#view({
      texts: [this.#words("offerIsThisTheField")],
      buttons: inPage ? [fill] : [],
      mark: true,
    });
  }

  /** A fill waits for the next code; the one that was used may be filled `anyway`. */
  waiting(entryId: string, { seconds, used }: FillWait, override: boolean): OfferView {
    const key = used ? "offerWaitsUsed" : "fillWaits";
    const anyway = { action: `anyway:${entryId}`, label: this.#words("fillUsed") };
    return this.#view({
      texts: [this.#words(key, String(seconds))],
      buttons: used && override ? [anyway] : [],
    });
  }

  /** After a fill. Where there was no field, there is nothing to say it beside. */
  result({ outcome }: FillResult): OfferView | null {
    if (outcome === "noField") return null;
    const key = outcome === "filled" ? "offerFilled" : "offerRefused";
    return this.#view({ texts: [this.#words(key)], passing: true });
  }

  #openPopup(key: string): OfferButton {
    return { action: "popup", label: this.#words(key) };
  }

  #view(view: Partial<OfferView>): OfferView {
    return makeView(this.#words, view);
  }
}

/** A view with what all of them have. */
export function makeView(words: Words, view: Partial<OfferView>): OfferView {
  return {
    name: words("offerName"),
    dismiss: words("offerDismiss"),
    styles: offerStyles,
    texts: [],
    buttons: [],
    mark: false,
    passing: false,
    ...view,
  };
}
