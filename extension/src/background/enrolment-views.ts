/** What the offer says while a device is enrolled or resynchronised. */

import type { EnrolmentForm, EntryView, OfferButton, OfferView } from "../protocol";
import type { ScanProblem } from "./enrolment-scan";
import { makeView, type Words } from "./offer-views";
import { accountOf, userOf } from "./offers";

type Form = Exclude<EnrolmentForm, "none">;

export class EnrolmentViews {
  readonly #words: Words;

  constructor(words: Words) {
    this.#words = words;
  }

  noVault(): OfferView {
    return this.#view([], { action: "popup", label: this.#words("offerSetUp") });
  }

  locked(): OfferView {
    return this.#view([], { action: "popup", label: this.#words("enrolUnlock") });
  }

  /** The page hides its QR code until it is asked for. */
  hint(): OfferView {
    return this.#view(["enrolHint"]);
  }

  scan(form: Form): OfferView {
    return this.#view([], this.#scanButton(form));
  }

  problem(problem: ScanProblem, form: Form): OfferView {
    const again = problem === "enrolNoCode" || problem === "enrolNotSaved";
    return this.#view([problem], ...(again ? [this.#scanButton(form)] : []));
  }

  /** The devices that a resynchronisation may be about. */
  resync(entries: EntryView[]): OfferView {
    const buttons = entries.map((entry) => ({
      action: `fill:${entry.entryId}`,
      label: this.#words("enrolResync"),
      whose: [accountOf(entry), userOf(entry)].filter((part) => part !== "").join(" · "),
    }));
    return this.#view([], ...buttons);
  }

  waiting(seconds: number): OfferView {
    const text = this.#words("fillWaits", String(Math.max(1, Math.ceil(seconds))));
    return { ...this.#view([]), texts: [text] };
  }

  filled(form: Form): OfferView {
    const key = {
      pair: "enrolFilledPair",
      single: "enrolFilledSingle",
      resync: "enrolFilledResync",
    };
    return this.#view([key[form]]);
  }

  notKept(): OfferView {
    return this.#view(["offerRefused"]);
  }

  expired(): OfferView {
    return this.#view(["enrolExpired"], { action: "again", label: this.#words("enrolFresh") });
  }

  /** AWS refused codes: one more pair is offered, and after that the words that help. */
  refused(form: Form, failures: number): OfferView {
    if (failures > 1) return this.#view([form === "resync" ? "enrolResyncHelp" : "enrolHelp"]);
    const label = this.#words(form === "single" ? "enrolAgainSingle" : "enrolAgain");
    return this.#view(["enrolRefused"], { action: "again", label });
  }

  /** The boxes have gone, and the page does not say whether that was a success. */
  ask(): OfferView {
    return this.#view(
      ["enrolAsk"],
      { action: "done", label: this.#words("enrolYes") },
      { action: "discard", label: this.#words("enrolDiscard") },
    );
  }

  /** `only`: Doorcode knows no other device of this user. */
  done(only: boolean): OfferView {
    return { ...this.#view(only ? ["enrolDone", "onlyWayIn"] : ["enrolDone"]), passing: true };
  }

  discarded(): OfferView {
    return { ...this.#view(["enrolDiscarded"]), passing: true };
  }

  #scanButton(form: Form): OfferButton {
    const label = this.#words(form === "single" ? "enrolScanSingle" : "enrolScanPair");
    return { action: "scan", label };
  }

  #view(keys: string[], ...buttons: OfferButton[]): OfferView {
    return makeView(this.#words, { texts: keys.map((key) => this.#words(key)), buttons });
  }
}
