/**
 * Pages that try to have a code filled without the user's will. Each shows an MFA step that Doorcode knows; its steps are
 * what the deceived user does. Afterwards `data-stolen` on the root must not be there.
 */

/**
 * @typedef {import('../pages.mjs').SimulatedPage} SimulatedPage
 * @typedef {import('../pages.mjs').Step} Step
 */

/** @type {Step[]} */
const CLICK_THE_BAIT = [{ click: "#bait" }];

/** @type {readonly SimulatedPage[]} */
export const ATTACK_PAGES = [
  attack("transparent-host", "the offer made see-through"),
  attack("transparent-transition", "the offer kept see-through by a transition"),
  attack("filtered", "the offer hidden by filter and mask"),
  attack("covered-again", "a click-through popover on top, again in every frame"),
  attack("covered-late", "a click-through popover when the mouse comes", [
    { waitFor: "#bait" },
    { click: "h1" },
    { click: "#bait" },
  ]),
  attack("moving", "the offer pulled under the mouse"),
  attack("moving-field", "the field moved so that the offer comes under the mouse"),
  attack("zoomed", "the page zoomed until the offer is a speck"),
  attack("scaled", "the offer scaled to a speck"),
  attack("synthetic-events", "events made by the page"),
  attack("blind-keys", "keys asked for while the offer is hidden", [
    { waitFor: "#bait" },
    { press: "ArrowDown" },
    { press: "Enter" },
    { press: "Space" },
  ]),
  attack("sudden", "the offer appearing between two fast clicks", [
    { click: "#game" },
    { click: "#game" },
    { click: "#game" },
  ]),
  attack("reparented", "the offer moved into a transparent container"),
  attack("view-transition", "a picture of the page without the offer on top"),
];

/**
 * @param {string} name
 * @param {string} imitates
 * @param {readonly Step[]} [steps]
 * @returns {SimulatedPage}
 */
function attack(name, imitates, steps = CLICK_THE_BAIT) {
  return {
    id: `attack-${name}`,
    url: `https://us-east-1.signin.aws.amazon.com/signin?simulate=attack-${name}`,
    file: `attacks/${name}.js`,
    title: "Amazon Web Services Sign-In",
    imitates,
    expected: "attack",
    field: "#mfaCode",
    steps,
  };
}
