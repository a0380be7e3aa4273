/** What the simulated pages share: talking to their server. */

/**
 * @typedef {import('../server/sign-in.mjs').SignInReply} SignInReply
 * @typedef {import('../server/sign-in.mjs').PasswordRequest} PasswordRequest
 * @typedef {import('../server/sign-in.mjs').CodeRequest} CodeRequest
 */

/**
 * @param {string} path
 * @param {unknown} message
 * @returns {Promise<any>} the answer's JSON
 */
export async function post(path, message) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(message),
  });
  if (!response.ok) {
    throw new Error(`${path}: ${response.status} ${await response.text()}`);
  }
  return response.json();
}

/**
 * @param {PasswordRequest} request
 * @returns {Promise<SignInReply>}
 */
export function sendPassword(request) {
  return post("/authenticate", request);
}

/**
 * @param {CodeRequest} request
 * @returns {Promise<SignInReply>}
 */
export function sendCode(request) {
  return post("/mfa", request);
}
