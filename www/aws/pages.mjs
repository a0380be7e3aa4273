/**
 * Every simulated page. To add one: write its file in this folder, whose header says what it imitates, when that was
 * seen and what is unknown; then add its line here.
 *
 * A page is served under every host of the same purpose (sign-in, console, ...) as the host of its `url`, and under
 * hosts that are not AWS's, as a phisher would copy it. Where several pages share an address, the query parameter
 * `simulate` tells them apart.
 */

/**
 * @typedef {{ fill: string, text: string } | { click: string }} Step
 *
 * @typedef {object} SimulatedPage
 * @property {string} id
 * @property {string} url an address it is served under
 * @property {string} file in this folder: a script that draws the page, or the HTML of its body
 * @property {string} title
 * @property {string} [lang]
 * @property {string} imitates
 * @property {'known' | 'structural' | 'none'} expected what there is for Doorcode to find after the steps: a known field, one
 *   that is recognised by its structure only, or nothing that may take a code
 * @property {string} [field] selects the field that takes the code
 * @property {readonly Step[]} [steps] what a user does to get from the address to the code
 */

const PASSWORD = "made-up-password";
const OAUTH =
  "/oauth?client_id=arn%3Aaws%3Asignin%3A%3A%3Aconsole%2Fcanvas&response_type=code&iam_user=true";

/**
 * @param {string} userName
 * @returns {Step[]}
 */
const asIamUser = (userName) => [
  { fill: "#username", text: userName },
  { fill: "#password", text: PASSWORD },
  { click: "#signin_button" },
];

/** @type {readonly SimulatedPage[]} */
export const PAGES = [
  {
    id: "iam-2024",
    url: `https://us-east-1.signin.aws.amazon.com${OAUTH}&account=example-corp`,
    file: "sign-in-2024.jsx",
    title: "Amazon Web Services Sign-In",
    imitates: "IAM user sign-in, React generation (since October 2024)",
    expected: "known",
    field: "#mfaCode",
    steps: asIamUser("alice"),
  },
  {
    id: "iam-2024-chooser",
    url: `https://us-east-1.signin.aws.amazon.com${OAUTH}&account=111122223333`,
    file: "sign-in-2024.jsx",
    title: "Amazon Web Services Sign-In",
    imitates: "the choice between several kinds of MFA device, then the code",
    expected: "known",
    field: "#mfaCode",
    steps: [
      ...asIamUser("bob"),
      { click: "input[type=radio][value=SWHW]" },
      { click: '[data-testid="mfa-continue-button"]' },
    ],
  },
  {
    id: "root-2024",
    url: "https://signin.aws.amazon.com/signin",
    file: "sign-in-2024.jsx",
    title: "Amazon Web Services Sign-In",
    imitates: "root user sign-in, React generation (since October 2024)",
    expected: "known",
    field: "#mfaCode",
    steps: [
      { click: "input[type=radio][value=ROOT]" },
      { fill: "#resolving_input", text: "root@example.com" },
      { click: "#next_button" },
      { fill: "#password", text: PASSWORD },
      { click: "#signin_button" },
    ],
  },
  {
    id: "console-home",
    url: "https://us-east-1.console.aws.amazon.com/console/home",
    file: "console-home.jsx",
    title: "Console Home",
    imitates: "the first page after sign-in",
    expected: "none",
  },
];
