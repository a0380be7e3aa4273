/** Variants of the MFA step: other markup, other languages, other surroundings. */
import { WORDS } from "../languages.mjs";

/** @typedef {import('../pages.mjs').SimulatedPage} SimulatedPage */

const SIGN_IN = "https://us-east-1.signin.aws.amazon.com/signin";

/** @type {readonly SimulatedPage[]} */
export const VARIANT_PAGES = [
  structural("for", "label=for"),
  structural("wrap", "label=wrap"),
  structural("labelledby", "label=labelledby"),
  structural("aria-label", "label=aria-label"),
  structural("placeholder", "label=placeholder"),
  structural("one-time-code", "label=heading&box=one-time-code"),
  structural("numeric", "label=heading&box=numeric"),
  structural("tel", "label=for&box=tel"),
  structural("password", "label=for&box=password"),
  ...Object.keys(WORDS).map((lang) => structural(`in-${lang}`, `words=${lang}`, lang)),
  known(
    "restless",
    "variants/restless.jsx",
    "the code field replaced twice a second for three seconds",
  ),
  known("plain", "variants/plain.js", "the MFA step without a framework"),
  known("native-dialog", "variants/native-dialog.js", "the MFA step in a modal dialog"),
  known(
    "shadow-root",
    "variants/shadow-root.js",
    "the MFA step in an open shadow root",
    "simulated-mfa-step >>> #mfaCode",
  ),
  known(
    "frame",
    "variants/frame.html",
    "the MFA step in a frame of the same origin",
    "#step >>> #mfaCode",
  ),
  {
    id: "frame-sandboxed",
    url: `${SIGN_IN}?simulate=frame-sandboxed`,
    file: "variants/frame-sandboxed.html",
    title: "Amazon Web Services Sign-In",
    imitates: "the MFA step in a sandboxed frame",
    expected: "none",
  },
  {
    id: "plain-framed",
    url: `${SIGN_IN}?simulate=plain-framed`,
    file: "variants/plain.js",
    title: "Amazon Web Services Sign-In",
    imitates: "the MFA step as a page that anybody may frame",
    expected: "known",
    field: "#mfaCode",
    framing: "anybody",
  },
  {
    id: "frame-foreign",
    url: "https://prizes.example/signin?simulate=frame-foreign",
    file: "variants/frame-foreign.html",
    title: "Win a prize",
    imitates: "a foreign page that frames the MFA step",
    expected: "none",
    framing: "anybody",
  },
];

/**
 * @param {string} name
 * @param {string} query of `code-step.jsx`
 * @param {string} [lang]
 * @returns {SimulatedPage}
 */
function structural(name, query, lang = "en") {
  return {
    id: `structural-${name}`,
    url: `${SIGN_IN}?simulate=structural-${name}&${query}`,
    file: "variants/code-step.jsx",
    title: "Amazon Web Services Sign-In",
    lang,
    imitates: `an MFA step with unknown names: ${query}`,
    expected: "structural",
    field: "form input",
    signsIn: { scope: "example-corp", userName: "alice" },
  };
}

/**
 * @param {string} id
 * @param {string} file
 * @param {string} imitates
 * @param {string} [field]
 * @returns {SimulatedPage}
 */
function known(id, file, imitates, field = "#mfaCode") {
  return {
    id,
    url: `${SIGN_IN}?simulate=${id}`,
    file,
    title: "Amazon Web Services Sign-In",
    imitates,
    expected: "known",
    field,
    signsIn: { scope: "example-corp", userName: "alice" },
  };
}
