/**
 * What the attack pages share. The page shows a real MFA step; once Doorcode's offer is there, the attack is made, and
 * then something to click appears where the offer is. If a code lands in the field, `data-stolen` on the root says so; `data-attack` says whether
 * the offer was hidden.
 *
 * The attacker is patient: what is to be clicked comes late enough that any delay against hasty clicks has passed.
 */
import { signInStep } from "./plain-step.js";

const PATIENCE_MS = 1000;
const NO_OFFER_MS = 3000;
const ELSEWHERE = new DOMRect(20, 20, 160, 48);

/** The page's own elements in the top layer or beside the body. @type {WeakSet<Element>} */
const own = new WeakSet();

/**
 * @param {object} attack
 * @param {(host: HTMLElement) => void} attack.onOffer makes the attack on the element that carries the offer
 * @param {(host: HTMLElement) => boolean} [attack.worked] whether the user can no longer see the offer; if not, the
 *   attacker gives up and shows the bait elsewhere, for a click on an offer in plain sight is no theft
 * @param {(bait: HTMLElement, offer: DOMRect) => void} [attack.onBait] once the bait is there
 */
export function lure({ onOffer, worked = () => true, onBait }) {
  document.querySelector("#__next")?.append(signInStep());
  document.querySelector("input")?.focus();
  watchForTheft();
  Promise.race([offerHost(), after(NO_OFFER_MS)]).then(async (host) => {
    if (host) {
      onOffer(host);
    }
    await after(PATIENCE_MS);
    const hidden = host === undefined || worked(host);
    const rect = hidden ? (host?.getBoundingClientRect() ?? underTheField()) : ELSEWHERE;
    document.documentElement.dataset.attack = hidden ? "worked" : "failed";
    onBait?.(bait(rect), rect);
    bait(rect);
  });
}

/**
 * Marks an element of the page, so that it is not taken for the offer.
 * @template {Element} Own
 * @param {Own} element
 * @returns {Own}
 */
export function mine(element) {
  own.add(element);
  return element;
}

/** The field that takes the code. */
export function codeField() {
  return /** @type {HTMLInputElement} */ (document.querySelector("#mfaCode"));
}

/** @returns {Promise<HTMLElement>} the element that carries the offer, once it is shown */
export function offerHost() {
  return new Promise((resolve) => {
    const look = () => {
      const foreign = [...document.querySelectorAll(":root > *, :popover-open")].find(
        (element) =>
          !own.has(element) &&
          !element.matches("head, body") &&
          !element.closest("head, body *:not(:popover-open)"),
      );
      if (foreign instanceof HTMLElement && foreign.getBoundingClientRect().height > 0) {
        resolve(foreign);
      } else {
        requestAnimationFrame(look);
      }
    };
    look();
  });
}

/**
 * What the user is to click, drawn where the offer is.
 * @param {DOMRect} rect
 */
export function bait(rect) {
  const found = document.querySelector("#bait");
  if (found instanceof HTMLElement) {
    return found;
  }
  const button = mine(document.createElement("button"));
  button.id = "bait";
  button.type = "button";
  button.textContent = "Claim your prize";
  Object.assign(button.style, {
    position: "fixed",
    border: "0",
    padding: "0",
    overflow: "hidden",
    left: `${rect.x}px`,
    top: `${rect.y}px`,
    width: `${rect.width}px`,
    height: `${rect.height}px`,
    zIndex: "2147483647",
  });
  document.body.append(button);
  return button;
}

/** Where an offer would be expected if none was shown. */
function underTheField() {
  const { x, bottom, width } = codeField().getBoundingClientRect();
  return new DOMRect(x, bottom + 6, width, 48);
}

function watchForTheft() {
  const look = () => {
    if (/[0-9]{6}/.test(codeField()?.value ?? "")) {
      document.documentElement.dataset.stolen = "yes";
    }
    requestAnimationFrame(look);
  };
  look();
}

/**
 * @param {number} milliseconds
 * @returns {Promise<undefined>}
 */
function after(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
