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

/** @typedef {import('../server/enrolment.mjs').Who} Who */

/**
 * Whose devices a page is about: the query says (`scope`, `user`), or whoever is signed in.
 * @returns {Promise<Who>}
 */
export async function whoIsIt() {
  const query = new URLSearchParams(location.search);
  const userName = query.get("user");
  const scope = query.get("scope");
  if (userName !== null && scope !== null) {
    return { scope, userName };
  }
  const session = await post("/simulated/session", {});
  return { scope: session.scope, userName: session.userName };
}

/**
 * @param {Who} who
 * @param {string} deviceName
 * @returns {Promise<import('../server/enrolment.mjs').CreateReply>}
 */
export function createDevice(who, deviceName) {
  return post("/iam/api/mfa/createVirtualMfa", { who, deviceName });
}

/**
 * @param {Who} who
 * @param {string} serialNumber
 * @param {string[]} codes
 * @returns {Promise<import('../server/enrolment.mjs').AssignReply>}
 */
export function assignDevice(who, serialNumber, codes) {
  return post("/iam/api/mfa/enableMfaDevice", { who, serialNumber, codes });
}

/**
 * @param {Who} who
 * @param {string} serialNumber
 * @param {string[]} codes
 * @returns {Promise<import('../server/enrolment.mjs').AssignReply>}
 */
export function resyncDevice(who, serialNumber, codes) {
  return post("/iam/api/mfa/resyncMfaDevice", { who, serialNumber, codes });
}

/**
 * The serial numbers of somebody's devices.
 * @param {Who} who
 * @returns {Promise<string[]>}
 */
export function listDevices(who) {
  return post("/iam/api/mfa/listMfaDevices", { who });
}

/**
 * The ARN of a user.
 * @param {Who} who
 * @returns {Promise<string>}
 */
export function userArn(who) {
  return post("/iam/api/user", { who });
}
