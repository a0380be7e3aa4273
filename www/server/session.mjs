/** The cookie that stands for a finished sign-in. */

const SESSION_COOKIE = "simulated-session";

/**
 * The session's id.
 * @param {string | undefined} cookies of a request
 */
export function sessionIn(cookies) {
  return cookies?.match(new RegExp(`(?:^|; )${SESSION_COOKIE}=([^;]+)`))?.[1];
}

/**
 * @param {string} session
 * @param {string | undefined} domain whose hosts share the session; without it only the host itself
 */
export function sessionCookie(session, domain) {
  const scope = domain === undefined ? "" : `Domain=${domain}; `;
  return `${SESSION_COOKIE}=${session}; ${scope}Path=/; Secure; HttpOnly`;
}
