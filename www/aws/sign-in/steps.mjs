/** What a user does before the code is asked for, on each kind of sign-in page. */

/**
 * @typedef {import('../pages.mjs').Step} Step
 * @typedef {{ signsIn: { scope: string, userName: string }, steps: Step[] }} Way
 */

const PASSWORD = "made-up-password";

/** The path and query of the page that an IAM user signs in on. */
export const OAUTH =
  "/oauth?client_id=arn%3Aaws%3Asignin%3A%3A%3Aconsole%2Fcanvas&response_type=code&iam_user=true";

/**
 * @param {string} scope account id or alias
 * @param {string} userName
 * @param {Step[]} [then] further steps
 * @returns {Way}
 */
export function asIamUser(scope, userName, then = []) {
  return {
    signsIn: { scope, userName },
    steps: [
      { fill: "#username", text: userName },
      { fill: "#password", text: PASSWORD },
      { click: "#signin_button" },
      ...then,
    ],
  };
}

/**
 * @param {string} scope account id or alias
 * @param {string} email
 * @param {string} radio selects "Root user"
 * @returns {Way}
 */
export function asRoot(scope, email, radio) {
  return {
    signsIn: { scope, userName: email },
    steps: [
      { click: radio },
      { fill: "#resolving_input", text: email },
      { click: "#next_button" },
      { fill: "#password", text: PASSWORD },
      { click: "#signin_button" },
    ],
  };
}

/**
 * @param {string} scope directory id
 * @param {string} userName
 * @param {string} userField
 * @returns {Way}
 */
export function asDirectoryUser(scope, userName, userField) {
  return {
    signsIn: { scope, userName },
    steps: [
      { fill: userField, text: userName },
      { click: "#username-submit-button" },
      { fill: "input[type=password]", text: PASSWORD },
      { click: "#password-submit-button" },
    ],
  };
}
