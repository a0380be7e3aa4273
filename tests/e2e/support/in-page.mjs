/**
 * Functions that run inside a page. Each is sent as text, so it uses nothing from outside itself.
 *
 * Selectors are CSS; ` >>> ` steps into an open shadow root or a frame of the same origin.
 */

/**
 * @typedef {{ x: number, y: number, width: number, height: number }} Rect
 * @typedef {object} Found
 * @property {boolean} visible
 * @property {Rect} rect in the top frame's viewport
 * @property {string} text
 * @property {string | null} value of a form field
 * @property {boolean} disabled
 */

/**
 * @param {{ selector: string, scroll: boolean }} options
 * @returns {Found | null}
 */
export function find({ selector, scroll }) {
  /** @type {Document | ShadowRoot} */
  let scope = document;
  let offsetX = 0;
  let offsetY = 0;
  /** @type {Element | null} */
  let element = null;
  for (const part of selector.split(" >>> ")) {
    if (element) {
      const inner = /** @type {Document | null} */ (
        "contentDocument" in element ? element.contentDocument : null
      );
      if (inner) {
        const frame = element.getBoundingClientRect();
        offsetX += frame.x + element.clientLeft;
        offsetY += frame.y + element.clientTop;
      }
      /** @type {Document | ShadowRoot | null} */
      const next = inner ?? element.shadowRoot;
      if (!next) {
        return null;
      }
      scope = next;
    }
    element = scope.querySelector(part);
    if (!element) {
      return null;
    }
  }
  if (!element) {
    return null;
  }
  if (scroll) {
    element.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
  }
  // A link that wraps has a rectangle for each line; the middle of them all may lie beside it.
  const rect = element.getClientRects()[0] ?? element.getBoundingClientRect();
  return {
    visible:
      element.checkVisibility({ visibilityProperty: true }) && rect.width > 0 && rect.height > 0,
    rect: { x: rect.x + offsetX, y: rect.y + offsetY, width: rect.width, height: rect.height },
    text: /** @type {HTMLElement} */ (element).innerText ?? element.textContent ?? "",
    value: "value" in element ? String(element.value) : null,
    disabled: element.matches(":disabled"),
  };
}

/** What a person would see, for the message of a wait that gave up. */
export function describePage() {
  const fields = [...document.querySelectorAll("input")].map(
    (input) => input.id || input.name || input.type,
  );
  const text = (document.body?.innerText ?? "").replace(/\s+/g, " ").slice(0, 300);
  return `${location.href} "${document.title}", fields [${fields.join(", ")}], text: ${text}`;
}

/**
 * Selects what a field holds, so that typing replaces it.
 */
export function selectFocusedText() {
  let active = document.activeElement;
  for (;;) {
    const inner =
      active && "contentDocument" in active
        ? /** @type {HTMLIFrameElement} */ (active).contentDocument?.activeElement
        : active?.shadowRoot?.activeElement;
    if (!inner) {
      break;
    }
    active = inner;
  }
  if (!active || !("select" in active) || typeof active.select !== "function") {
    return false;
  }
  active.select();
  return true;
}

/**
 * Runs on a shadow root, handed over as the first argument.
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {Found | null} the rectangle in the top frame's viewport
 */
export function findInside(root, selector) {
  const element = root.querySelector(selector);
  if (!element) {
    return null;
  }
  const rect = element.getBoundingClientRect();
  let { x, y } = rect;
  let frame = element.ownerDocument.defaultView?.frameElement;
  while (frame) {
    const outer = frame.getBoundingClientRect();
    x += outer.x + frame.clientLeft;
    y += outer.y + frame.clientTop;
    frame = frame.ownerDocument.defaultView?.frameElement;
  }
  return {
    visible:
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      rect.width > 0 &&
      rect.height > 0,
    rect: { x, y, width: rect.width, height: rect.height },
    text: /** @type {HTMLElement} */ (element).innerText ?? element.textContent ?? "",
    value: "value" in element ? String(element.value) : null,
    disabled: element.matches(":disabled"),
  };
}

/**
 * The accessible name of a control, by the rules that a button meets: `aria-labelledby`, `aria-label`, then its text.
 * @param {ParentNode} root
 * @param {string} selector
 */
export function accessibleNameInside(root, selector) {
  const element = root.querySelector(selector);
  const labels = (element?.getAttribute("aria-labelledby") ?? "")
    .split(/\s+/)
    .filter((id) => id !== "")
    .map((id) => root.querySelector(`[id="${id}"]`)?.textContent ?? "");
  const name =
    labels.join(" ") || element?.getAttribute("aria-label") || element?.textContent || "";
  return name.replace(/\s+/g, " ").trim();
}
