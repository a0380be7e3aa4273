/** Pages that must not get a code: other codes, other fields, other applications, other hosts. */
import { asIamUser, OAUTH } from "../sign-in/steps.mjs";

/** @typedef {import('../pages.mjs').SimulatedPage} SimulatedPage */

const SIGN_IN = "https://us-east-1.signin.aws.amazon.com";
const CONSOLE = "https://us-east-1.console.aws.amazon.com";
const IDENTITY_CENTER = "https://us-east-1.signin.aws/platform";

/** @type {readonly SimulatedPage[]} */
export const DECOY_PAGES = [
  decoy("captcha-2017", `${SIGN_IN}/signin`, "a captcha", "#captchaGuess"),
  decoy(
    "captcha-identity-center",
    `${IDENTITY_CENTER}/d-1234567890/login`,
    "a captcha",
    "#awsui-input-2",
  ),
  decoy("email-otp", `${IDENTITY_CENTER}/d-9067642ac7/email-otp`, "a code sent by e-mail", "input"),
  decoy(
    "email-challenge",
    `${SIGN_IN}/challenge`,
    "a code sent by e-mail, with words about MFA",
    "input",
  ),
  decoy(
    "sign-up-verification",
    `${IDENTITY_CENTER}/d-9067642ac7/signup`,
    "a code sent by e-mail at sign-up",
    "input",
  ),
  decoy("sms-code", `${SIGN_IN}/signin`, "an MFA code sent by text message", "#sms_code"),
  decoy("phone-verification", `${SIGN_IN}/signin`, "a code told by telephone", "#pin"),
  decoy(
    "device-grant",
    "https://d-1234567890.awsapps.com/start",
    "the code of a command line tool",
    "#awsui-input-0",
  ),
  decoy("new-password", `${SIGN_IN}/updateaccount`, "a change of password", "#new"),
  decoy(
    "iam-dashboard",
    `${CONSOLE}/iam/home`,
    'a search box and the button "Add MFA"',
    "input[type=text]",
  ),
  decoy("billing", `${CONSOLE}/billing/home`, "a promo code", "input"),
  decoy("switch-role", `${SIGN_IN}/switchrole`, "account and role", "#accountId"),
  decoy(
    "workspaces",
    "https://example-corp.awsapps.com/workspaces",
    "another application on awsapps.com",
    "#wdc_mfa",
  ),
  decoy("passkey", `${SIGN_IN}/signin`, "MFA by passkey"),
  decoy("six-boxes", `${SIGN_IN}/signin`, "an unknown redesign", ".digits input"),
  decoy("not-usable", `${SIGN_IN}/signin`, "code fields that take nothing"),
  {
    id: "iam-2024-password",
    url: `${SIGN_IN}${OAUTH}&account=example-corp`,
    file: "sign-in/sign-in-2024.jsx",
    title: "Amazon Web Services Sign-In",
    imitates: "the password step",
    expected: "none",
    field: "#password",
  },
  {
    id: "iam-2024-at-chooser",
    url: `${SIGN_IN}${OAUTH}&account=111122223333`,
    file: "sign-in/sign-in-2024.jsx",
    title: "Amazon Web Services Sign-In",
    imitates: "the choice between several kinds of MFA device, before it is made",
    expected: "none",
    ...asIamUser("111122223333", "bob"),
    field: "input[type=radio][value=SWHW]",
  },
  phishing("suffix", "signin.aws.amazon.com.example.net"),
  phishing("prefix", "us-east-1-signin.aws.amazon.com.example.org"),
  phishing("hyphen", "signin-aws.amazon.com.example"),
  phishing("customer-content", "signin-aws.s3.amazonaws.com"),
  phishing("parent", "amazonaws.com"),
  phishing("idn", "signin.xn--ws-8ja.amazon.com.example"),
  phishing("trailing-dot", "us-east-1.signin.aws.amazon.com."),
];

/**
 * @param {string} id
 * @param {string} address
 * @param {string} imitates
 * @param {string} [field] the field that must stay empty
 * @returns {SimulatedPage}
 */
function decoy(id, address, imitates, field) {
  return {
    id,
    url: `${address}?simulate=${id}`,
    file: `decoys/${id}.html`,
    title: "Amazon Web Services",
    imitates,
    expected: "none",
    ...(field === undefined ? {} : { field }),
  };
}

/**
 * A copy of the sign-in page on a host that is not AWS's.
 * @param {string} name
 * @param {string} host
 * @returns {SimulatedPage}
 */
function phishing(name, host) {
  return {
    id: `phishing-${name}`,
    url: `https://${host}${OAUTH}&account=example-corp`,
    file: "sign-in/sign-in-2024.jsx",
    title: "Amazon Web Services Sign-In",
    imitates: `a phisher's copy on ${host}`,
    expected: "none",
    ...asIamUser("example-corp", "alice"),
    field: "#mfaCode",
  };
}
