/** The HTML around a simulated page, and the headers that AWS sends with its pages. */

/**
 * AWS's pages forbid inline scripts (aws-samples/saml-cli-userscript issue 1) and restrict where a form may go
 * (aws-extend-switch-roles issue 260). `frame-ancestors` lets a page of the same origin frame them, for the pages that
 * show a code box in a frame. No Strict-Transport-Security: a browser profile must not remember it for the real hosts.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob: https://pictures.example.com",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
];

/** @param {boolean} framedByAnybody */
function pageHeaders(framedByAnybody) {
  const framing = framedByAnybody
    ? ["frame-src *"]
    : ["frame-src 'self'", "frame-ancestors 'self'"];
  return {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": [...POLICY, ...framing].join("; "),
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
  };
}

/**
 * @typedef {object} HtmlDocument
 * @property {string} title
 * @property {string} [lang]
 * @property {string} [script] a file of `www/aws`
 * @property {boolean} [framedByAnybody]
 * @property {string} [body] HTML; a script finds `#__next` instead, the name that AWS's React application has
 */

/**
 * @param {HtmlDocument} document
 * @returns {{ status: number, headers: Record<string, string>, body: string }}
 */
export function htmlResponse(
  { title, lang = "en", script, framedByAnybody = false, body = '<div id="__next"></div>' },
  status = 200,
) {
  const scriptTag = script === undefined ? "" : `<script src="/assets/${script}" defer></script>`;
  return {
    status,
    headers: pageHeaders(framedByAnybody),
    body: `<!doctype html>
<html lang="${escapeHtml(lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="/assets/simulated.css">
${scriptTag}
</head>
<body>
${body}
<p class="simulation-note">Simulated page on this machine, for trying Doorcode. Not AWS.</p>
</body>
</html>
`,
  };
}

/** @param {string} text */
export function escapeHtml(text) {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
