/** What a page says about the codes that were entered: that they were refused, or taken. */

import { MFA } from "../structural-match";
import { textsWith } from "./texts";

const ERROR = "[role=alert], [aria-invalid=true]";
/** Live regions, and the flash messages of Cloudscape. */
const STATUS = '[role=status], [data-analytics-flashbar="success"], [class*="flash-type-success"]';
/** The ARN of an MFA device, as the IAM API writes it. */
const SERIAL_NUMBER = /^arn:aws[a-z-]*:iam::\d{12}:mfa\/[\w+=,.@/-]{1,226}$/;
/** A user has eight devices at most, and a page may list those of a few. */
const MOST_SERIAL_NUMBERS = 32;

/** Counts how often the page refused what was entered: an error that comes, or that comes anew. */
export class Refusals {
  count = 0;
  readonly #changed: () => void;
  readonly #known = new WeakSet<Element>();
  readonly #observer: MutationObserver;

  /** `changed` is called when the count has grown by itself. */
  constructor(changed: () => void, signal: AbortSignal) {
    this.#changed = changed;
    this.#observer = new MutationObserver((records) => {
      if (records.some(({ target }) => saysSomething(elementOf(target)))) {
        this.count += 1;
        this.#changed();
      }
    });
    signal.addEventListener("abort", () => this.#observer.disconnect());
  }

  /** Looks for errors that were not there before. */
  look(): void {
    for (const element of document.querySelectorAll(ERROR)) {
      if (this.#known.has(element) || !saysSomething(element)) continue;
      this.#known.add(element);
      this.count += 1;
      this.#observer.observe(element, { subtree: true, childList: true, characterData: true });
    }
  }
}

/** Notices messages about MFA that are no errors and were not there while the form was. */
export class Successes {
  readonly #before = new WeakSet<Element>();

  /** While the form stands there: what the page says now is about something else. */
  ignoreShown(): void {
    for (const element of shownStatus()) this.#before.add(element);
  }

  /** The message, once the form has gone. */
  find(): HTMLElement | undefined {
    return shownStatus().find((element) => !this.#before.has(element));
  }
}

function shownStatus(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(STATUS)].filter(
    (element) =>
      MFA.test(element.textContent ?? "") && element.checkVisibility() && !element.closest(ERROR),
  );
}

export function serialNumbersShown(): string[] {
  const words = textsWith(document.body, ":mfa/").flatMap((text) => text.split(/\s+/));
  const found = words.filter((word) => SERIAL_NUMBER.test(word));
  return [...new Set(found)].slice(0, MOST_SERIAL_NUMBERS);
}

function saysSomething(element: Element | null): boolean {
  const says = element?.matches("input") || (element?.textContent ?? "").trim() !== "";
  return says && (element?.checkVisibility() ?? false);
}

function elementOf(node: Node): Element | null {
  return node instanceof Element ? node : node.parentElement;
}
