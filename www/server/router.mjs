/** Decides what the simulated AWS answers to one request. */
import qrcode from "qrcode-generator";
import { PAGES } from "../aws/pages.mjs";
import { asset, htmlFragment } from "./assets.mjs";
import { escapeHtml, htmlResponse } from "./document.mjs";
import { describeHost } from "./hosts.mjs";
import { redirect } from "./redirects.mjs";
import { json, plain } from "./replies.mjs";
import { sessionIn } from "./session.mjs";

/**
 * @typedef {import('./hosts.mjs').AwsHost} AwsHost
 * @typedef {import('./sign-in.mjs').SignInService} SignInService
 * @typedef {import('./enrolment.mjs').EnrolmentService} EnrolmentService
 * @typedef {import('../aws/pages.mjs').SimulatedPage} SimulatedPage
 *
 * @typedef {{ method: string, url: URL, cookies: string | undefined, body: string }} Request
 * @typedef {import('./replies.mjs').Reply} Reply
 */

/**
 * @param {SignInService} service
 * @param {EnrolmentService} enrolment
 * @returns {(request: Request) => Promise<Reply>}
 */
export function makeRouter(service, enrolment) {
  return async (request) => {
    const { method, url } = request;
    const host = describeHost(url.hostname);
    if (method === "POST") {
      return answerPost(service, enrolment, request, host);
    }
    if (method !== "GET" && method !== "HEAD") {
      return plain(405, "method not allowed");
    }
    if (url.pathname.startsWith("/assets/")) {
      return answerAsset(url.pathname.slice("/assets/".length));
    }
    if (url.pathname === "/simulated/qr.svg") {
      return qrPicture(url.searchParams.get("text") ?? "");
    }
    if (url.pathname === "/favicon.ico") {
      return { status: 204, headers: {}, body: "" };
    }
    return (host && redirect(service, request, host)) ?? answerPage(url, host);
  };
}

/**
 * @param {SignInService} service
 * @param {EnrolmentService} enrolment
 * @param {Request} request
 * @param {AwsHost | undefined} host
 * @returns {Reply}
 */
function answerPost(service, enrolment, { url, cookies, body }, host) {
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
    case "/iam/api/mfa/createVirtualMfa":
      return json(enrolment.create(message));
    case "/iam/api/mfa/enableMfaDevice":
      return json(enrolment.assign(message));
    case "/iam/api/mfa/resyncMfaDevice":
      return json(enrolment.resync(message));
    case "/iam/api/user":
      return json(enrolment.userArn(message.who));
    case "/iam/api/mfa/listMfaDevices":
      return json(enrolment.devices(message.who));
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

/** A QR code as a picture of its own. @param {string} text @returns {Reply} */
function qrPicture(text) {
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const headers = { "Content-Type": "image/svg+xml", "Cache-Control": "no-store" };
  return { status: 200, headers, body: code.createSvgTag({ scalable: true }) };
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
  return htmlResponse({
    title,
    lang: page.lang ?? "en",
    ...(file.endsWith(".html") ? { body: await htmlFragment(file) } : { script: file }),
    framedByAnybody: page.framing === "anybody",
  });
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
