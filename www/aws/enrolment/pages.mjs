/** The pages on which a virtual MFA device is made, assigned and resynchronised. */
import { WORDS } from "../languages.mjs";

/**
 * @typedef {import('../pages.mjs').SimulatedPage} SimulatedPage
 * @typedef {import('../pages.mjs').Step} Step
 */

const IAM = "https://us-east-1.console.aws.amazon.com/iam/home?region=us-east-1";
const HASH = "#/security_credentials/mfa";

/** @type {readonly SimulatedPage[]} */
export const ENROLMENT_PAGES = [
  {
    id: "security-credentials",
    url: `${IAM}#/security_credentials`,
    file: "enrolment/wizard.jsx",
    title: "IAM",
    imitates: "the credentials page of whoever is signed in, from which the wizard starts",
    expected: "none",
  },
  wizard("own-user", "one's own IAM user"),
  wizard("root", "the root user", { who: ["444455556666", "billing@example.com"] }),
  wizard("other-user", "another user", {
    query: "&place=other",
    hash: "#/users/details/carol?section=security_credentials",
    before: [{ click: "main button" }],
  }),
  wizard("forced", "the root user during sign-in (its page is not recorded)", {
    who: ["444455556666", "billing@example.com"],
    query: "&place=forced",
    base: "https://signin.aws.amazon.com/mfa?",
    hash: "",
  }),
  wizard("us-gov", "an IAM user in GovCloud", {
    who: ["777788889999", "alice"],
    base: "https://us-gov-west-1.console.amazonaws-us-gov.com/iam/home?region=us-gov-west-1",
  }),
  wizard("cn", "an IAM user in China", {
    who: ["222233334444", "alice"],
    base: "https://cn-north-1.console.amazonaws.cn/iam/home?region=cn-north-1",
  }),
  ...["img-blob", "canvas", "svg", "background", "table"].map((kind) =>
    wizard(`qr-${kind}`, `one's own user, QR code as ${kind}`, { query: `&qr=${kind}` }),
  ),
  ...["wrap", "labelledby", "aria-label", "placeholder"].map((by) =>
    wizard(`label-${by}`, `one's own user, boxes labelled by ${by}`, { query: `&label=${by}` }),
  ),
  ...Object.keys(WORDS).map((lang) =>
    wizard(`in-${lang}`, `one's own user, in ${lang}`, { query: `&words=${lang}`, lang }),
  ),
  {
    ...wizard("hardware", "the step for a hardware token"),
    expected: "none",
    steps: [
      { fill: ".device-name", text: "token" },
      { click: "input[value=hardware]" },
      { click: ".next" },
    ],
  },
  {
    id: "enrol-legacy",
    url: `${IAM}&simulate=enrol-legacy&scope=example-corp&user=carol`,
    file: "enrolment/legacy-dialog.html",
    title: "IAM Management Console",
    imitates: "the dialog before the wizard (until about 2022)",
    expected: "enrolment",
    enrols: { scope: "example-corp", userName: "carol" },
    field: "#mfa-1",
    secondField: "#mfa-2",
    submit: "#assign",
    steps: [{ click: "#manage" }, { click: "#show-qr" }],
  },
  registration(
    "identity-center",
    "https://d-1234567890.awsapps.com/start",
    "d-1234567890",
    "carol",
  ),
  registration("builder-id", "https://profile.aws.amazon.com/", "d-9067642ac7", "new@example.com"),
  registration(
    "identity-center-forced",
    "https://us-east-1.signin.aws/platform/d-1234567890/login",
    "d-1234567890",
    "carol",
  ),
  resync("dialog", `${IAM}&`, [{ click: ".open" }]),
  resync("page", "https://signin.aws.amazon.com/mfa?", []),
];

/**
 * @param {string} name
 * @param {string} whose
 * @param {{ who?: [string, string], query?: string, base?: string, hash?: string, lang?: string, before?: Step[] }} [options]
 * @returns {SimulatedPage}
 */
function wizard(name, whose, options = {}) {
  const {
    who = ["example-corp", "carol"],
    query = "",
    base = IAM,
    hash = HASH,
    lang,
    before = [],
  } = options;
  const [scope, userName] = who;
  return {
    id: `enrol-${name}`,
    url: `${base}&simulate=enrol-${name}&scope=${scope}&user=${encodeURIComponent(userName)}${query}${hash}`,
    file: "enrolment/wizard.jsx",
    title: "IAM",
    ...(lang === undefined ? {} : { lang }),
    imitates: `the wizard "Set up device" for ${whose}`,
    expected: "enrolment",
    enrols: { scope, userName },
    field: "li .field:first-of-type input",
    secondField: "li .field:last-of-type input",
    submit: ".add-mfa",
    steps: [
      ...before,
      { fill: ".device-name", text: `${name}-phone` },
      { click: "input[value=virtual]" },
      { click: ".next" },
      { click: ".show-qr" },
    ],
  };
}

/**
 * @param {string} name
 * @param {string} address
 * @param {string} scope
 * @param {string} userName
 * @returns {SimulatedPage}
 */
function registration(name, address, scope, userName) {
  return {
    id: `enrol-${name}`,
    url: `${address}?simulate=enrol-${name}&scope=${scope}&user=${encodeURIComponent(userName)}`,
    file: "enrolment/registration.jsx",
    title: "Register MFA device",
    imitates: `registration with one box (${name})`,
    expected: "enrolment",
    enrols: { scope, userName },
    field: ".field input",
    submit: ".add-mfa",
    steps: [
      { click: "label.choice:first-of-type input" },
      { click: ".next" },
      { click: ".show-qr" },
    ],
  };
}

/**
 * @param {string} place
 * @param {string} address
 * @param {Step[]} steps
 * @returns {SimulatedPage}
 */
function resync(place, address, steps) {
  return {
    id: `resync-${place}`,
    url: `${address}simulate=resync-${place}&scope=example-corp&user=alice&place=${place}`,
    file: "enrolment/resync.jsx",
    title: "Resync MFA device",
    imitates: `resynchronising a device (${place})`,
    expected: "resync",
    signsIn: { scope: "example-corp", userName: "alice" },
    field: "form .field:first-of-type input",
    secondField: "form .field:last-of-type input",
    submit: ".add-mfa",
    steps,
  };
}
