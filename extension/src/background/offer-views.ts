/** Turns what is known of a prompt into what the offer beside its field shows. */

import type { OfferAnswer, OfferButton, OfferView } from "../protocol";
import { offerStyles } from "./offer-styles";

/** An entry as the page may see it: who it is for, and how long its code lives. */
export type OfferedEntry = {
  entryId: string;
  /** The AWS account as people know it: alias or id. */
  account: string;
  user: string;
  remainingSeconds: number;
  periodSeconds: number;
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
      label: this.#words("offerFill"),
      whose: [entry.account, entry.user].filter((part) => part !== "").join(" · "),
      left: {
        text: this.#words("secondsLeft", "#"),
        remainingSeconds: entry.remainingSeconds,
        periodSeconds: entry.periodSeconds,
      },
    }));
    return this.#view({ buttons });
  }

  confirm(entryId: string): OfferView {
    const fill = { action: `fill:${entryId}`, label: this.#words("offerFillHere") };
    return this.#view({ texts: [this.#words("offerIsThisTheField")], buttons: [fill], mark: true });
  }

  code(code: string): OfferAnswer {
    const say = (key: string) => this.#view({ texts: [this.#words(key)], passing: true });
    return { code, filled: say("offerFilled"), refused: say("offerRefused") };
  }

  #openPopup(key: string): OfferButton {
    return { action: "popup", label: this.#words(key) };
  }

  #view(view: Partial<OfferView>): OfferView {
    return {
      name: this.#words("offerName"),
      dismiss: this.#words("offerDismiss"),
      styles: offerStyles,
      texts: [],
      buttons: [],
      mark: false,
      passing: false,
      ...view,
    };
  }
}
