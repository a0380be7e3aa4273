import { findInside } from "./in-page.mjs";
import { waitUntil } from "./wait.mjs";

/** What in the offer takes a click or the focus. */
const CONTROL = 'button, [role="button"], a[href]';

/**
 * The offer beside a field. It lives in a closed shadow root, out of the page's reach: the browser's own tools find it.
 * No simulated page has a closed shadow root, so any that shows a control is Doorcode's.
 *
 * @typedef {import('./page.mjs').PagePrimitives} PagePrimitives
 * @typedef {import('./page.mjs').ShadowRootHandle} ShadowRootHandle
 * @typedef {{ timeoutMs?: number }} Timeout
 */
export class Offer {
  #page;
  #primitives;

  /**
   * @param {{ describe(): Promise<string>, mouse: { click(x: number, y: number): Promise<void> } }} page
   * @param {PagePrimitives} primitives
   */
  constructor(page, primitives) {
    this.#page = page;
    this.#primitives = primitives;
  }

  async isShown() {
    return (await this.#shown(CONTROL)) !== undefined;
  }

  /** @param {Timeout} [options] */
  async waitFor(options = {}) {
    await this.#wait(CONTROL, options);
  }

  /** @param {Timeout} [options] */
  async waitForGone(options = {}) {
    await waitUntil(async () => !(await this.isShown()), {
      what: "the offer to go away",
      seen: () => this.text(),
      ...options,
    });
  }

  /** All its text, as shown. */
  async text() {
    const { root } = await this.#wait(CONTROL);
    return root.evaluate(
      (shadowRoot) =>
        [...shadowRoot.children]
          .filter((child) => child.checkVisibility())
          .map((child) => /** @type {HTMLElement} */ (child).innerText ?? "")
          .join(" ")
          .replace(/\s+/g, " ")
          .trim(),
      undefined,
    );
  }

  /**
   * Waits until it says something.
   * @param {RegExp} expected
   * @param {Timeout} [options]
   */
  async waitForText(expected, options = {}) {
    await waitUntil(async () => (await this.isShown()) && expected.test(await this.text()), {
      what: `the offer to say ${expected}`,
      seen: () => this.text(),
      ...options,
    });
  }

  /**
   * The accessible name of a control.
   * @param {string} [selector] inside the offer
   */
  async name(selector = CONTROL) {
    const { root } = await this.#wait(selector);
    return root.accessibleName(selector);
  }

  /** @param {string} [selector] inside the offer */
  async rect(selector = CONTROL) {
    return (await this.#wait(selector)).found.rect;
  }

  /**
   * A real mouse click.
   * @param {string} [selector] inside the offer
   */
  async click(selector = CONTROL) {
    const { x, y, width, height } = await this.rect(selector);
    await this.#page.mouse.click(x + width / 2, y + height / 2);
  }

  /**
   * A real mouse click, again and again until the offer takes it: it takes none before it stood still and in sight for
   * a moment, so that nobody's click is stolen by an offer that has only just appeared.
   * @param {string} [selector] inside the offer
   */
  clickWhenArmed(selector = CONTROL) {
    return this.#untilTaken(() => this.click(selector));
  }

  /**
   * The same for a key, on the control that has the focus.
   * @param {string} key
   */
  pressWhenArmed(key) {
    return this.#untilTaken(async () => {
      if (await this.hasFocus()) await this.#primitives.press(key);
    });
  }

  /** @param {() => Promise<void>} gesture */
  async #untilTaken(gesture) {
    const before = await this.text();
    await waitUntil(
      async () => {
        await gesture();
        return !(await this.isShown()) || !sameButSeconds(await this.text(), before);
      },
      { what: "the offer to take a click or key", seen: () => this.#page.describe() },
    );
  }

  /**
   * Presses Tab until the focus is inside, as somebody without a mouse would.
   * @param {{ key?: string, limit?: number }} [options]
   */
  async focusByKeyboard({ key = "Tab", limit = 30 } = {}) {
    for (let presses = 0; presses <= limit; presses += 1) {
      if (await this.hasFocus()) {
        return;
      }
      await this.#primitives.press(key);
    }
    throw new Error(
      `${limit} presses of ${key} did not reach the offer: ${await this.#page.describe()}`,
    );
  }

  async hasFocus() {
    const { root } = await this.#wait(CONTROL);
    return root.evaluate((shadowRoot) => shadowRoot.activeElement !== null, undefined);
  }

  /**
   * Runs a function on the offer's shadow root, for what the methods above do not say.
   * @template Arg, Result
   * @param {(root: ShadowRoot, arg: Arg) => Result} fn
   * @param {Arg} arg
   */
  async evaluate(fn, arg) {
    const { root } = await this.#wait(CONTROL);
    return root.evaluate(fn, arg);
  }

  /** @param {string} selector */
  async #shown(selector) {
    for (const root of await this.#primitives.closedShadowRoots()) {
      const found = await root.evaluate(findInside, selector);
      if (found?.visible) {
        return { root, found };
      }
    }
    return undefined;
  }

  /**
   * @param {string} selector
   * @param {Timeout} [options]
   */
  #wait(selector, options = {}) {
    return waitUntil(() => this.#shown(selector), {
      what: `the offer (${selector}) to be shown`,
      seen: () => this.#page.describe(),
      ...options,
    });
  }
}

/** @param {string} left @param {string} right */
function sameButSeconds(left, right) {
  return left.replace(/\d+ s/g, "") === right.replace(/\d+ s/g, "");
}
