/**
 * Every simulated page. To add one: write its file in the folder of its kind, whose header says what it imitates, when
 * that was seen and what is unknown; then add its line to the folder's `pages.mjs`.
 *
 * A page is served under every host of the same purpose (sign-in, console, ...) as the host of its `url`, and under
 * hosts that are not AWS's, as a phisher would copy it. Where several pages share an address, the query parameter
 * `simulate` tells them apart.
 */
import { ATTACK_PAGES } from "./attacks/pages.mjs";
import { DECOY_PAGES } from "./decoys/pages.mjs";
import { ENROLMENT_PAGES } from "./enrolment/pages.mjs";
import { SIGN_IN_PAGES } from "./sign-in/pages.mjs";
import { VARIANT_PAGES } from "./variants/pages.mjs";

/**
 * @typedef {{ fill: string, text: string } | { click: string } | { press: string } | { waitFor: string }} Step
 *
 * @typedef {object} SimulatedPage
 * @property {string} id
 * @property {string} url an address it is served under
 * @property {string} file in this folder: a script that draws the page, or the HTML of its body
 * @property {string} title
 * @property {string} [lang]
 * @property {string} imitates
 * @property {'known' | 'structural' | 'enrolment' | 'resync' | 'none' | 'attack'} expected what there is for Doorcode to
 *   find after the steps: a known field; one that is recognised by its structure only; a QR code with one or two boxes; two
 *   boxes without a QR code; nothing that may take a code; or a known field on a page whose steps deceive the user, so that
 *   no code may get into it by them
 * @property {string} [field] selects the field that takes the code, or that must not get one where nothing is
 *   expected; ` >>> ` enters a shadow root or a frame
 * @property {string} [secondField] selects the box for the second of two consecutive codes
 * @property {string} [submit] selects the button that sends the codes, where Enter does not
 * @property {{ scope: string, userName: string }} [enrols] whose device is made
 * @property {{ scope: string, userName: string }} [signsIn] whose code the field takes; the scope is an account id, an
 *   alias, or a directory id
 * @property {'anybody'} [framing] who may frame the page; without it only its own origin
 * @property {readonly Step[]} [steps] what a user does to get from the address to the code
 */

/** @type {readonly SimulatedPage[]} */
export const PAGES = [
  ...SIGN_IN_PAGES,
  ...VARIANT_PAGES,
  ...DECOY_PAGES,
  ...ATTACK_PAGES,
  ...ENROLMENT_PAGES,
];
