/**
 * A page as the stories see it, the same over every browser: each browser brings primitives (run a function, move the
 * mouse, press a key), and everything a person does is made of these.
 */
import { describePage, find, selectFocusedText } from "./in-page.mjs";
import { Offer } from "./offer.mjs";
import { waitUntil } from "./wait.mjs";

/**
 * @typedef {import('./in-page.mjs').Rect} Rect
 * @typedef {import('./in-page.mjs').Found} Found
 * @typedef {'left' | 'right'} MouseButton
 * @typedef {object} ShadowRootHandle a closed shadow root, which the page itself cannot reach
 * @property {<Arg, Result>(fn: (root: ShadowRoot, arg: Arg) => Result, arg: Arg) => Promise<Awaited<Result>>} evaluate
 * @property {(selector: string) => Promise<string | undefined>} accessibleName as assistive technology is told
 *
 * @typedef {object} PagePrimitives
 * @property {(url: string) => Promise<void>} navigate until the document is loaded
 * @property {<Arg, Result>(fn: (arg: Arg) => Result, arg: Arg) => Promise<Awaited<Result>>} evaluate in the page's own
 *   world; `fn` is sent as text, argument and result as JSON
 * @property {(x: number, y: number) => Promise<void>} moveMouse
 * @property {(button: MouseButton) => Promise<void>} mouseDown
 * @property {(button: MouseButton) => Promise<void>} mouseUp
 * @property {() => Promise<void>} [dropMouse] what has to be done before the button is let go at the end of a drag
 * @property {(x: number, y: number, button: MouseButton) => Promise<void>} clickMouse moves there, presses and lets go, as
 *   close together as the browser's tools can
 * @property {(key: string) => Promise<void>} press a key, with modifiers before it: `Tab`, `Control+a`, `Shift+Tab`
 * @property {(text: string) => Promise<void>} type
 * @property {() => Promise<Buffer>} screenshot PNG
 * @property {() => Promise<ShadowRootHandle[]>} closedShadowRoots
 * @property {() => Promise<void>} bringToFront
 * @property {(size: { width: number, height: number }) => Promise<void>} setViewport
 * @property {() => Promise<void>} close
 */

export class Page {
  #primitives;

  /** @param {PagePrimitives} primitives */
  constructor(primitives) {
    this.#primitives = primitives;
    /** What Doorcode shows beside a field. */
    this.offer = new Offer(this, primitives);
    /** The same primitives, for a story that needs the raw mouse. */
    this.mouse = {
      /** @param {number} x @param {number} y */
      move: (x, y) => primitives.moveMouse(x, y),
      /** @param {MouseButton} [button] */
      down: (button = "left") => primitives.mouseDown(button),
      /** @param {MouseButton} [button] */
      up: (button = "left") => primitives.mouseUp(button),
      /** Lets go of what is dragged. */
      drop: async () => {
        await primitives.dropMouse?.();
        await primitives.mouseUp("left");
      },
      /** @param {number} x @param {number} y @param {MouseButton} [button] */
      click: (x, y, button = "left") => primitives.clickMouse(x, y, button),
    };
  }

  /** @param {string} url */
  goto(url) {
    return this.#primitives.navigate(url);
  }

  async reload() {
    await this.#primitives.navigate(await this.url());
  }

  url() {
    return this.evaluate(() => location.href, undefined);
  }

  /**
   * Runs a function in the page. It is sent as text: it sees its argument and the page, nothing else.
   * @template Arg, Result
   * @param {(arg: Arg) => Result} fn
   * @param {Arg} arg
   * @returns {Promise<Awaited<Result>>}
   */
  evaluate(fn, arg) {
    return this.#primitives.evaluate(fn, arg);
  }

  /**
   * Waits until `fn` answers something truthy in the page.
   * @template Arg, Result
   * @param {string} what is awaited, in words
   * @param {(arg: Arg) => Result} fn
   * @param {Arg} arg
   * @param {{ timeoutMs?: number }} [options]
   */
  waitUntil(what, fn, arg, options = {}) {
    return waitUntil(() => this.evaluate(fn, arg), {
      what,
      seen: () => this.describe(),
      ...options,
    });
  }

  /**
   * @param {string} selector
   * @param {{ state?: 'visible' | 'hidden', timeoutMs?: number }} [options]
   */
  async waitFor(selector, { state = "visible", ...options } = {}) {
    await waitUntil(
      async () => ((await this.#look(selector))?.visible ?? false) === (state === "visible"),
      {
        what: `${selector} to be ${state}`,
        seen: () => this.describe(),
        ...options,
      },
    );
  }

  /** @param {string} selector */
  async isVisible(selector) {
    return (await this.#look(selector))?.visible ?? false;
  }

  /** @param {string} selector */
  async text(selector) {
    return (await this.#visible(selector)).text.trim();
  }

  /** @param {string} selector */
  async value(selector) {
    return (await this.#visible(selector)).value;
  }

  /** @param {string} selector */
  async isDisabled(selector) {
    return (await this.#visible(selector)).disabled;
  }

  /** @param {string} selector */
  async rect(selector) {
    return (await this.#visible(selector)).rect;
  }

  /**
   * A real mouse click on the middle of an element, once it is visible, enabled and stands still.
   * @param {string} selector
   * @param {MouseButton} [button]
   */
  async click(selector, button = "left") {
    let before = "";
    const { rect } = await waitUntil(
      async () => {
        const found = await this.#look(selector, true);
        const place = JSON.stringify(found?.rect);
        const standsStill = place === before;
        before = place;
        return standsStill && found?.visible && !found.disabled && found;
      },
      { what: `${selector} to be visible and enabled`, seen: () => this.describe() },
    );
    await this.mouse.click(rect.x + rect.width / 2, rect.y + rect.height / 2, button);
  }

  /**
   * Replaces what a field holds, by clicking it and typing.
   * @param {string} selector
   * @param {string} text
   */
  async fill(selector, text) {
    await this.click(selector);
    if (!(await this.evaluate(selectFocusedText, undefined))) {
      throw new Error(`${selector} did not take the focus: ${await this.describe()}`);
    }
    if (text === "") {
      await this.press("Delete");
    } else {
      await this.type(text);
    }
  }

  /** @param {string} text into whatever has the focus */
  type(text) {
    return this.#primitives.type(text);
  }

  /** @param {string} key such as `Enter`, `Tab`, `Shift+Tab`, `Control+a` */
  press(key) {
    return this.#primitives.press(key);
  }

  screenshot() {
    return this.#primitives.screenshot();
  }

  bringToFront() {
    return this.#primitives.bringToFront();
  }

  /** @param {{ width: number, height: number }} size */
  setViewport(size) {
    return this.#primitives.setViewport(size);
  }

  close() {
    return this.#primitives.close();
  }

  /** What is there, in words, for a message. */
  describe() {
    return this.evaluate(describePage, undefined);
  }

  /**
   * @param {string} selector
   * @param {boolean} [scroll]
   * @returns {Promise<Found | null>}
   */
  #look(selector, scroll = false) {
    return this.evaluate(find, { selector, scroll });
  }

  /** @param {string} selector */
  #visible(selector) {
    return waitUntil(
      async () => {
        const found = await this.#look(selector);
        return found?.visible && found;
      },
      { what: `${selector} to be visible`, seen: () => this.describe() },
    );
  }
}
