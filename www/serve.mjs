/**
 * The simulated AWS: local HTTPS under AWS's host names, which browsers under test map to this server. Nothing leaves
 * the machine. `node www/serve.mjs [port]` runs it alone.
 */
import { createServer } from "node:https";
import { pathToFileURL } from "node:url";
import { allUsers, makeAccounts } from "./server/accounts.mjs";
import { makeCertificate } from "./server/certificate.mjs";
import { EnrolmentService } from "./server/enrolment.mjs";
import { makeRouter } from "./server/router.mjs";
import { SignInService } from "./server/sign-in.mjs";

const MAX_BODY_BYTES = 64 * 1024;
const MAX_LOGGED_REQUESTS = 10_000;

/**
 * @typedef {import('./server/accounts.mjs').SimulatedAccount} SimulatedAccount
 * @typedef {import('./server/accounts.mjs').SimulatedDirectory} SimulatedDirectory
 * @typedef {import('./server/sign-in.mjs').AcceptedSignIn} AcceptedSignIn
 * @typedef {{ method: string, host: string, path: string, status: number }} LoggedRequest
 *
 * @typedef {object} SimulatedAws
 * @property {number} port on 127.0.0.1
 * @property {SimulatedAccount[]} accounts
 * @property {SimulatedDirectory[]} directories
 * @property {AcceptedSignIn[]} signIns accepted so far, oldest first
 * @property {import('./server/enrolment.mjs').Enrolment[]} enrolments devices assigned so far, oldest first
 * @property {LoggedRequest[]} requests answered so far, oldest first
 * @property {() => number} unixSeconds AWS's time
 * @property {(seconds: number) => void} setClockOffset how far AWS's clock is ahead of the machine's
 * @property {() => void} forgetSpentCodes lets every code be used again, for tests that sign in more than once in a step
 * @property {() => Promise<void>} close
 */

/**
 * @param {object} [options]
 * @param {number} [options.port] 0 takes a free one
 * @param {() => number} [options.clock] milliseconds since 1970
 * @returns {Promise<SimulatedAws>}
 */
export async function startSimulatedAws({ port = 0, clock = Date.now } = {}) {
  let offsetSeconds = 0;
  const unixMilliseconds = () => clock() + offsetSeconds * 1000;
  const unixSeconds = () => Math.floor(unixMilliseconds() / 1000);
  const { accounts, directories } = makeAccounts();
  const service = new SignInService({ accounts, directories, unixSeconds });
  const enrolment = new EnrolmentService({ accounts, directories, unixSeconds });
  const route = makeRouter(service, enrolment);
  /** @type {LoggedRequest[]} */
  const requests = [];

  const server = createServer(await makeCertificate(), (request, response) => {
    const method = request.method ?? "GET";
    const host = request.headers.host ?? "";
    const path = request.url ?? "/";
    readBody(request)
      .then((body) =>
        route({
          method,
          url: new URL(path, `https://${host}`),
          cookies: request.headers.cookie,
          body,
        }),
      )
      .catch((error) => failure(error))
      .then(({ status, headers, body }) => {
        requests.push({ method, host, path, status });
        requests.splice(0, requests.length - MAX_LOGGED_REQUESTS);
        response.writeHead(status, {
          ...headers,
          Date: new Date(unixMilliseconds()).toUTCString(),
        });
        response.end(body);
      });
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(undefined));
  });
  const address = server.address();
  if (address === null || typeof address === "string") {
    throw new Error("the simulated AWS has no port");
  }

  return {
    port: address.port,
    accounts,
    directories,
    signIns: service.signIns,
    enrolments: enrolment.enrolments,
    requests,
    unixSeconds,
    setClockOffset(seconds) {
      offsetSeconds = seconds;
    },
    forgetSpentCodes() {
      for (const { devices } of allUsers({ accounts, directories })) {
        for (const device of devices) {
          device.forgetSpentCodes();
        }
      }
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve, reject) =>
        server.close((error) => (error ? reject(error) : resolve())),
      );
    },
  };
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @returns {Promise<string>}
 */
async function readBody(request) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) {
      throw new RangeError("the request body is too large");
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/**
 * @param {unknown} error
 * @returns {import('./server/router.mjs').Reply}
 */
function failure(error) {
  const badRequest =
    error instanceof SyntaxError || error instanceof TypeError || error instanceof RangeError;
  const text = error instanceof Error ? error.message : String(error);
  return {
    status: badRequest ? 400 : 500,
    headers: { "Content-Type": "text/plain; charset=utf-8" },
    body: text,
  };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const aws = await startSimulatedAws({ port: Number(process.argv[2] ?? 8443) });
  console.log(
    `The simulated AWS listens on 127.0.0.1:${aws.port}. Map AWS's host names to it; Ctrl+C ends it.`,
  );
}
