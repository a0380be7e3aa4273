import { readdirSync } from "node:fs";
import { request } from "node:https";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PAGES } from "./aws/pages.mjs";
import { startSimulatedAws } from "./serve.mjs";
import { findUser } from "./server/accounts.mjs";

/** @type {import('./serve.mjs').SimulatedAws} */
let aws;
beforeAll(async () => {
  aws = await startSimulatedAws({ clock: () => Date.UTC(2026, 0, 2, 3, 4, 5) });
});
afterAll(() => aws.close());

/**
 * @param {string} address under one of AWS's host names
 * @param {{ method?: string, body?: unknown, cookie?: string }} [options]
 * @returns {Promise<{ status: number | undefined, headers: import('node:http').IncomingHttpHeaders, body: string }>}
 */
function ask(address, { method = "GET", body, cookie } = {}) {
  const { host, pathname, search } = new URL(address);
  return new Promise((resolve, reject) => {
    const headers = { host, ...(cookie === undefined ? {} : { cookie }) };
    const outgoing = request(
      {
        host: "127.0.0.1",
        port: aws.port,
        path: pathname + search,
        method,
        headers,
        rejectUnauthorized: false,
      },
      async (response) => {
        let text = "";
        for await (const chunk of response) {
          text += chunk;
        }
        resolve({ status: response.statusCode, headers: response.headers, body: text });
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

const SIGN_IN = "https://us-east-1.signin.aws.amazon.com";

describe("the clock", () => {
  it.each(["GET", "HEAD"])("is told by the Date header of a %s", async (method) => {
    expect((await ask(`${SIGN_IN}/signin`, { method })).headers.date).toBe(
      "Fri, 02 Jan 2026 03:04:05 GMT",
    );
  });

  it("can be shifted", async () => {
    aws.setClockOffset(90);
    const { headers } = await ask(`${SIGN_IN}/signin`, { method: "HEAD" });
    aws.setClockOffset(0);
    expect(headers.date).toBe("Fri, 02 Jan 2026 03:05:35 GMT");
  });
});

describe("addresses", () => {
  it.each([
    ["an alias", "https://example-corp.signin.aws.amazon.com/console", "account=example-corp"],
    ["an account id", "https://111122223333.signin.aws.amazon.com/console", "account=111122223333"],
    [
      "an account of China",
      "https://222233334444.signin.amazonaws.cn/console",
      "account=222233334444",
    ],
  ])("lead from %s in the host name to the regional sign-in page", async (_, address, query) => {
    const { status, headers } = await ask(address);
    const location = new URL(headers.location ?? "");
    expect(status).toBe(302);
    expect(location.pathname).toBe("/oauth");
    expect(location.search).toContain(query);
    expect(location.host).toMatch(
      /^(us-east-1\.signin\.aws\.amazon\.com|cn-north-1\.signin\.amazonaws\.cn)$/,
    );
  });

  it("lead from the console to sign-in without a session", async () => {
    const { status, headers } = await ask("https://us-east-1.console.aws.amazon.com/console/home");
    expect(status).toBe(302);
    expect(headers.location).toMatch(/^https:\/\/us-east-1\.signin\.aws\.amazon\.com\/signin\?/);
  });

  it("that nobody simulates answer 404", async () => {
    expect((await ask(`${SIGN_IN}/nothing`)).status).toBe(404);
  });

  it.each(["/assets/%2e%2e/serve.mjs", "/assets/..%2fserve.mjs", "/assets/pages.mjs"])(
    "do not lead out of the pages by %s",
    async (path) => {
      expect((await ask(SIGN_IN + path)).status).toBe(404);
    },
  );
});

describe("signing in", () => {
  /** @param {unknown} body */
  const authenticate = async (body) =>
    JSON.parse((await ask(`${SIGN_IN}/authenticate`, { method: "POST", body })).body);
  /** @param {unknown} body */
  const sendCode = async (body) =>
    JSON.parse((await ask(`${SIGN_IN}/mfa`, { method: "POST", body })).body);
  const alice = {
    kind: "iam",
    account: "example-corp",
    userName: "alice",
    password: "made-up-password",
  };

  it("takes password and code, then the console knows who it is", async () => {
    const { next, ticket, methods } = await authenticate(alice);
    expect({ next, methods }).toEqual({ next: "mfa", methods: ["SWHW"] });
    const device = aws.accounts[0]?.users[0]?.devices[0];
    const code = device?.codeAt(aws.unixSeconds());
    const reply = await sendCode({ ticket, code });
    expect(reply.next).toBe("done");
    expect(aws.signIns.at(-1)).toMatchObject({
      kind: "iam",
      scope: "111122223333",
      userName: "alice",
    });

    const entry = await ask(reply.location);
    const cookie = entry.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
    const home = await ask(entry.headers.location ?? "", { cookie });
    expect(home.status).toBe(200);
    expect((await ask(reply.location)).status).toBe(400);
  });

  it("refuses a wrong password and a wrong code with the same words", async () => {
    const wrongPassword = await authenticate({ ...alice, password: "x" });
    const { ticket } = await authenticate(alice);
    const wrongCode = await sendCode({ ticket, code: "000000" });
    expect(wrongPassword.error).toBe(
      "Your authentication information is incorrect. Please try again.",
    );
    expect(wrongCode.error).toBe(wrongPassword.error);
  });

  it("finds an account only in the partition of the host", async () => {
    const body = {
      kind: "iam",
      account: "example-china",
      userName: "alice",
      password: "made-up-password",
    };
    expect((await authenticate(body)).next).toBe("again");
    const inChina = await ask("https://signin.amazonaws.cn/authenticate", { method: "POST", body });
    expect(JSON.parse(inChina.body).next).toBe("mfa");
  });

  it("answers malformed JSON with 400", async () => {
    expect((await ask(`${SIGN_IN}/authenticate`, { method: "POST" })).status).toBe(400);
  });
});

describe("the registry of pages", () => {
  it("names each page once", () => {
    const ids = PAGES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(PAGES.map((page) => [page.id, page]))("serves %s with its script", async (_, page) => {
    const { status, body } = await ask(page.url);
    const served = /(console\.|awsapps)(?!.*simulate=)/.test(page.url) ? 302 : 200;
    expect(status).toBe(served);
    for (const [, script] of body.matchAll(/src="(\/assets\/[^"]+)"/g)) {
      expect((await ask(SIGN_IN + script)).status).toBe(200);
    }
  });

  it("lists every file of the folders that draws a page", () => {
    const drawn = PAGES.flatMap(({ file }) => [file, file.replace(/\.html$/, ".js")]);
    const files = readdirSync(new URL("./aws/", import.meta.url), { recursive: true })
      .map(String)
      .filter((name) => name.includes("/") && /\.(html|jsx?)$/.test(name));
    expect(files.filter((name) => !drawn.includes(name))).toEqual([]);
  });

  it("names users that exist", () => {
    for (const { signsIn } of PAGES) {
      expect(signsIn === undefined || findUser(aws, signsIn).devices.length).toBeTruthy();
    }
  });
});
