/** The primitives of a page, over WebDriver BiDi. */
import { callFunction, callWith } from "./bidi.mjs";
import { dropDragged } from "./firefox-drag.mjs";
import { accessibleNameInside } from "./in-page.mjs";

/**
 * @typedef {import('./bidi.mjs').Bidi} Bidi
 * @typedef {import('./page.mjs').PagePrimitives} PagePrimitives
 * @typedef {import('./page.mjs').ShadowRootHandle} ShadowRootHandle
 * @typedef {{ type: string, sharedId?: string, value?: { mode?: string, shadowRoot?: RemoteNode | null,
 *   children?: RemoteNode[] } }} RemoteNode
 */

/** Key values of the WebDriver specification, section "Keyboard actions". @type {Record<string, string>} */
const KEYS = {
  Backspace: "\uE003",
  Tab: "\uE004",
  Enter: "\uE007",
  Shift: "\uE008",
  Control: "\uE009",
  Alt: "\uE00A",
  Escape: "\uE00C",
  Space: " ",
  End: "\uE010",
  Home: "\uE011",
  ArrowLeft: "\uE012",
  ArrowUp: "\uE013",
  ArrowRight: "\uE014",
  ArrowDown: "\uE015",
  Delete: "\uE017",
  Meta: "\uE03D",
};

/** The button numbers of the UI Events specification. */
const BUTTONS = { left: 0, right: 2 };

/**
 * @param {Bidi} bidi
 * @param {string} context
 * @returns {PagePrimitives}
 */
export function firefoxPage(bidi, context) {
  let at = { x: 0, y: 0 };
  /** @param {Record<string, unknown>[]} actions */
  const pointer = (actions) =>
    bidi.send("input.performActions", {
      context,
      actions: [{ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions }],
    });
  /** @param {Record<string, unknown>[]} actions */
  const keyboard = (actions) =>
    bidi.send("input.performActions", {
      context,
      actions: [{ type: "key", id: "keyboard", actions }],
    });
  return {
    navigate: async (url) => {
      await bidi.send("browsingContext.navigate", { context, url, wait: "complete" });
    },
    evaluate: (fn, arg) => callFunction(bidi, context, fn, arg),
    async moveMouse(x, y) {
      at = { x: Math.round(x), y: Math.round(y) };
      await pointer([{ type: "pointerMove", ...at }]);
    },
    mouseDown: (button) => pointer([{ type: "pointerDown", button: BUTTONS[button] }]),
    mouseUp: (button) => pointer([{ type: "pointerUp", button: BUTTONS[button] }]),
    dropMouse: () => dropDragged(bidi, at),
    clickMouse: (x, y, button) =>
      pointer([
        { type: "pointerMove", x: Math.round(x), y: Math.round(y) },
        { type: "pointerDown", button: BUTTONS[button] },
        { type: "pointerUp", button: BUTTONS[button] },
      ]),
    press: (combination) => keyboard(keyActions(combination)),
    type: (text) =>
      keyboard(
        [...text].flatMap((value) => [
          { type: "keyDown", value },
          { type: "keyUp", value },
        ]),
      ),
    screenshot: async () => {
      const { data } = await bidi.send("browsingContext.captureScreenshot", { context });
      return Buffer.from(data, "base64");
    },
    closedShadowRoots: () => closedShadowRoots(bidi, context),
    bringToFront: () => bidi.send("browsingContext.activate", { context }),
    setViewport: (viewport) => bidi.send("browsingContext.setViewport", { context, viewport }),
    close: () => bidi.send("browsingContext.close", { context }),
  };
}

/**
 * Every closed shadow root of the document and its frames. Reading the tree as a node with shadow trees is how BiDi
 * gives a reference to what the page itself cannot reach.
 * @param {Bidi} bidi
 * @param {string} context
 * @returns {Promise<ShadowRootHandle[]>}
 */
async function closedShadowRoots(bidi, context) {
  const { contexts } = await bidi.send("browsingContext.getTree", { root: context });
  const frames = flatten(contexts);
  const found = await Promise.all(
    frames.map(async (frame) => {
      const { result } = await bidi.send("script.evaluate", {
        target: { context: frame },
        expression: "document",
        awaitPromise: false,
        serializationOptions: { maxDomDepth: null, includeShadowTree: "all" },
      });
      return collectClosed(result).map((sharedId) => shadowRootHandle(bidi, frame, sharedId));
    }),
  );
  return found.flat();
}

/**
 * @param {{ context: string, children: any[] | null }[]} contexts
 * @returns {string[]}
 */
function flatten(contexts) {
  return contexts.flatMap(({ context, children }) => [context, ...flatten(children ?? [])]);
}

/**
 * @param {RemoteNode | null | undefined} node
 * @returns {string[]}
 */
function collectClosed(node) {
  const value = node?.value;
  if (!value) {
    return [];
  }
  const own = value.mode === "closed" && node.sharedId !== undefined ? [node.sharedId] : [];
  return [
    ...own,
    ...collectClosed(value.shadowRoot),
    ...(value.children ?? []).flatMap(collectClosed),
  ];
}

/**
 * @param {Bidi} bidi
 * @param {string} context
 * @param {string} sharedId
 * @returns {ShadowRootHandle}
 */
function shadowRootHandle(bidi, context, sharedId) {
  /** @type {ShadowRootHandle['evaluate']} */
  const evaluate = (fn, arg) =>
    callWith(
      bidi,
      context,
      `async (root, json) => JSON.stringify(await (${fn})(root, JSON.parse(json).arg))`,
      [{ sharedId }, { type: "string", value: JSON.stringify({ arg }) }],
    );
  // BiDi does not tell a node's accessible name: the rules that matter for a button are applied by hand.
  return { evaluate, accessibleName: (selector) => evaluate(accessibleNameInside, selector) };
}

/**
 * `Control+a` presses Control, then a, and lets go in reverse.
 * @param {string} combination
 */
function keyActions(combination) {
  const values = combination.split("+").map((key) => KEYS[key] ?? key);
  return [
    ...values.map((value) => ({ type: "keyDown", value })),
    ...values.reverse().map((value) => ({ type: "keyUp", value })),
  ];
}
