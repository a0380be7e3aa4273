/** Decides what the simulated AWS answers to one request. */
import { PAGES } from "../aws/pages.mjs";
import { asset, htmlFragment } from "./assets.mjs";
import { escapeHtml, htmlResponse } from "./document.mjs";
import { consoleCookieDomain, describeHost, isRegion, regionalSignInHost } from "./hosts.mjs";

/**
 * @typedef {import('./hosts.mjs').AwsHost} AwsHost
 * @typedef {import('./sign-in.mjs').SignInService} SignInService
 * @typedef {import('../aws/pages.mjs').SimulatedPage} SimulatedPage
 *
 * @typedef {{ method: string, url: URL, cookies: string | undefined, body: string }} Request
 * @typedef {{ status: number, headers: Record<string, string>, body: string | Buffer }} Reply
 */

const SESSION_COOKIE = "simulated-session";

/**
 * @param {SignInService} service
 * @returns {(request: Request) => Promise<Reply>}
 */
export function makeRouter(service) {
  return async (request) => {
    const { method, url } = request;
    const host = describeHost(url.hostname);
    if (method === "POST") {
      return answerPost(service, request, host);
    }
    if (method !== "GET" && method !== "HEAD") {
      return plain(405, "method not allowed");
    }
    if (url.pathname.startsWith("/assets/")) {
      return answerAsset(url.pathname.slice("/assets/".length));
    }
    if (url.pathname === "/favicon.ico") {
      return { status: 204, headers: {}, body: "" };
    }
    const redirect =
      host &&
      (host.purpose === "console" ? enterConsole(service, request, host) : beginSignIn(url, host));
    return redirect ?? answerPage(url, host);
  };
}

/**
 * @param {SignInService} service
 * @param {Request} request
 * @param {AwsHost | undefined} host
 * @returns {Reply}
 */
function answerPost(service, { url, cookies, body }, host) {
  const message = JSON.parse(body);
  const partition = host?.partition ?? "aws";
  switch (url.pathname) {
    case "/authenticate":
      return json(service.password(message, partition));
    case "/mfa":
      return json(service.code(message));
    case "/simulated/session": {
      const principal = service.principalOf(sessionIn(cookies));
      return principal
        ? json({
            kind: principal.kind,
            partition: principal.partition,
            scope: principal.scope,
            alias: principal.alias,
            userName: principal.user.userName,
          })
        : plain(401, "not signed in");
    }
    default:
      return plain(404, "nothing is simulated here");
  }
}

/**
 * @param {string} name
 * @returns {Promise<Reply>}
 */
async function answerAsset(name) {
  const found = await asset(name);
  return found
    ? {
        status: 200,
        headers: { "Content-Type": found.type, "Cache-Control": "no-store" },
        body: found.body,
      }
    : plain(404, "no such asset");
}

/**
 * A console host without a session sends the user to sign in; coming back, the code in the address becomes a session.
 * @param {SignInService} service
 * @param {Request} request
 * @param {AwsHost} host
 * @returns {Reply | undefined}
 */
function enterConsole(service, { url, cookies }, { partition }) {
  const authorizationCode = url.searchParams.get("code");
  if (authorizationCode !== null) {
    const session = service.redeem(authorizationCode);
    const target = new URL(url);
    target.searchParams.delete("code");
    return session === undefined
      ? plain(400, "this authorization code was used before")
      : redirectTo(target.href, {
          "Set-Cookie": `${SESSION_COOKIE}=${session}; Domain=${consoleCookieDomain(partition)}; Path=/; Secure; HttpOnly`,
        });
  }
  if (service.principalOf(sessionIn(cookies))) {
    return undefined;
  }
  const signIn = new URL(`https://${regionalSignInHost(partition)}/signin`);
  signIn.searchParams.set("redirect_uri", url.href);
  return redirectTo(signIn.href);
}

/**
 * `https://<account id or alias>.signin…/console` leads to the regional sign-in page, which carries the account in its
 * query only.
 * @param {URL} url
 * @param {AwsHost} host
 * @returns {Reply | undefined}
 */
function beginSignIn(url, { purpose, partition, label }) {
  if (purpose !== "signIn" || !["/", "/console", "/console/"].includes(url.pathname)) {
    return undefined;
  }
  const target = new URL(`https://${regionalSignInHost(partition)}`);
  if (label === "" || isRegion(label)) {
    target.pathname = "/signin";
  } else {
    target.pathname = "/oauth";
    target.searchParams.set("client_id", "arn:aws:signin:::console/canvas");
    target.searchParams.set("response_type", "code");
    target.searchParams.set("iam_user", "true");
    target.searchParams.set("account", label);
  }
  return redirectTo(target.href);
}

/**
 * @param {URL} url
 * @param {AwsHost | undefined} host
 * @returns {Promise<Reply>}
 */
async function answerPage(url, host) {
  const page = PAGES.find((candidate) => isAt(candidate, url, host));
  if (!page) {
    return htmlResponse(
      { title: "Not simulated", body: `<h1>Not simulated</h1><p>${escapeHtml(url.href)}</p>` },
      404,
    );
  }
  const { title, file } = page;
  const lang = page.lang ?? "en";
  return file.endsWith(".html")
    ? htmlResponse({ title, lang, body: await htmlFragment(file) })
    : htmlResponse({ title, lang, script: file });
}

/**
 * @param {SimulatedPage} page
 * @param {URL} url
 * @param {AwsHost | undefined} host
 */
function isAt(page, url, host) {
  const own = new URL(page.url);
  const samePurpose = host === undefined || describeHost(own.hostname)?.purpose === host.purpose;
  return (
    samePurpose &&
    own.pathname === url.pathname &&
    own.searchParams.get("simulate") === url.searchParams.get("simulate")
  );
}

/** @param {string | undefined} cookies */
function sessionIn(cookies) {
  return cookies?.match(new RegExp(`(?:^|; )${SESSION_COOKIE}=([^;]+)`))?.[1];
}

/**
 * @param {unknown} value
 * @returns {Reply}
 */
function json(value) {
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
function plain(status, text) {
  return { status, headers: { "Content-Type": "text/plain; charset=utf-8" }, body: text };
}

/**
 * @param {string} location
 * @param {Record<string, string>} [headers]
 * @returns {Reply}
 */
function redirectTo(location, headers = {}) {
  return {
    status: 302,
    headers: { ...headers, Location: location, "Cache-Control": "no-store" },
    body: "",
  };
}
