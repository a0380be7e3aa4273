/** Where AWS sends a browser on before it shows a page. */
import { randomUUID } from "node:crypto";
import {
  consoleCookieDomain,
  identityCenterSignIn,
  isRegion,
  regionalSignInHost,
} from "./hosts.mjs";
import { plain, redirectTo } from "./replies.mjs";
import { sessionCookie, sessionIn } from "./session.mjs";

/**
 * @typedef {import('./hosts.mjs').AwsHost} AwsHost
 * @typedef {import('./replies.mjs').Reply} Reply
 * @typedef {import('./router.mjs').Request} Request
 * @typedef {import('./sign-in.mjs').SignInService} SignInService
 */

/**
 * @param {SignInService} service
 * @param {Request} request
 * @param {AwsHost} host
 * @returns {Reply | undefined} nothing when the page itself is shown
 */
export function redirect(service, request, host) {
  if (request.url.searchParams.has("simulate")) {
    return undefined;
  }
  switch (host.purpose) {
    case "console":
      return enter(service, request, consoleCookieDomain(host.partition), () =>
        consoleSignIn(request.url, host),
      );
    case "portal": {
      const directory = directoryOf(service, request.url, host);
      return (
        directory &&
        enter(service, request, undefined, () => identityCenterSignIn(directory, randomUUID()))
      );
    }
    case "signIn":
      return accountHost(request.url, host);
    default:
      return undefined;
  }
}

/**
 * A host without a session sends the user to sign in; coming back, the code in the address becomes a session.
 * @param {SignInService} service
 * @param {Request} request
 * @param {string | undefined} cookieDomain
 * @param {() => string} signInAddress
 * @returns {Reply | undefined}
 */
function enter(service, { url, cookies }, cookieDomain, signInAddress) {
  const authorizationCode = url.searchParams.get("code");
  if (authorizationCode === null) {
    return service.principalOf(sessionIn(cookies)) ? undefined : redirectTo(signInAddress());
  }
  const session = service.redeem(authorizationCode);
  if (session === undefined) {
    return plain(400, "this authorization code was used before");
  }
  const target = new URL(url);
  target.searchParams.delete("code");
  return redirectTo(target.href, { "Set-Cookie": sessionCookie(session, cookieDomain) });
}

/**
 * @param {URL} url
 * @param {AwsHost} host
 */
function consoleSignIn(url, { partition }) {
  const signIn = new URL(`https://${regionalSignInHost(partition)}/signin`);
  signIn.searchParams.set("redirect_uri", url.href);
  return signIn.href;
}

/**
 * The directory whose start page this is. Other applications live under the same hosts and are none.
 * @param {SignInService} service
 * @param {URL} url
 * @param {AwsHost} host
 */
function directoryOf(service, { pathname }, { label }) {
  const name =
    pathname === "/start" || pathname === "/start/"
      ? label
      : pathname.match(/^\/directory\/([^/]+)$/)?.[1];
  return service.directories.find(({ directoryId, alias }) => [directoryId, alias].includes(name));
}

/**
 * `https://<account id or alias>.signin…/console` leads to the regional sign-in page, which carries the account in its
 * query only.
 * @param {URL} url
 * @param {AwsHost} host
 * @returns {Reply | undefined}
 */
function accountHost(url, { partition, label }) {
  if (!["/", "/console", "/console/"].includes(url.pathname)) {
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
