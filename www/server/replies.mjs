/** Answers that are not pages. */

/** @typedef {{ status: number, headers: Record<string, string>, body: string }} Reply */

/**
 * @param {unknown} value
 * @returns {Reply}
 */
export function json(value) {
  return {
    status: 200,
    headers: { "Content-Type": "application/json", "Cache-Control": "no-store" },
    body: JSON.stringify(value),
  };
}

/**
 * @param {number} status
 * @param {string} text
 * @returns {Reply}
 */
export function plain(status, text) {
  return { status, headers: { "Content-Type": "text/plain; charset=utf-8" }, body: text };
}

/**
 * @param {string} location
 * @param {Record<string, string>} [headers]
 * @returns {Reply}
 */
export function redirectTo(location, headers = {}) {
  return {
    status: 302,
    headers: { ...headers, Location: location, "Cache-Control": "no-store" },
    body: "",
  };
}
