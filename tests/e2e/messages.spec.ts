/**
 * Who may ask what: every message of the protocol, and much that is none, from a content script, a
 * page, a second extension and the extension's own pages. Nothing changes, no secret comes out.
 */

import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { evaluateInContentScript } from "./support/content-world.mjs";
import type { Page } from "./support/page.mjs";
import { startWorld } from "./support/world.mjs";

const MFA_STEP = "https://us-east-1.signin.aws.amazon.com/signin?simulate=plain";
const NO_PROMPT = "https://us-east-1.signin.aws.amazon.com/signin?simulate=passkey";

/** The names in a map of `protocol.ts`: a message that is added there is tried here. */
const protocol = readFileSync(new URL("../../extension/src/protocol.ts", import.meta.url), "utf8");
const namesOf = (map: string) => {
  const body = new RegExp(`export type ${map} = \\{\\n(.*?)\\n\\};`, "s").exec(protocol)?.[1] ?? "";
  return [...body.matchAll(/^ {2}(\w+): Message</gm)].map(([, name]) => name as string);
};
const names = {
  page: namesOf("PageProtocol"),
  content: namesOf("ContentProtocol"),
  tab: namesOf("TabProtocol"),
  enrolment: namesOf("EnrolmentProtocol"),
  enrolmentTab: namesOf("EnrolmentTabProtocol"),
};

/** Requests of a wrong shape, and of every shape that some handler takes a part of. */
const shapes: unknown[] = [
  {},
  [],
  { entryId: "", tabId: -1, edit: {}, settings: {}, session: {}, header: "" },
  { entryId: 1, tabId: "1", edit: null, settings: null, session: null, header: null, action: 5 },
  { entryId: { $ne: "" }, action: { toString: "fill" }, prompt: {}, account: {}, user: [] },
  { action: "fill:" },
  { action: "fill:00000000000000000000000000000000" },
  { action: "constructor:__proto__" },
  { prompt: "known", account: "x".repeat(10_000), user: "\u0000", rootUser: "yes" },
  { __proto__: null, kind: "keyUri", uri: "otpauth://totp/a?secret=" },
  { kind: "secretKey", secret: "A".repeat(10_000), name: 1 },
  { action: "scan", pictures: [{ width: 1e9, height: 1e9, luma: "" }] },
  { action: "discard", pictures: [null, 5, {}], secretKey: {} },
  // There is no such revision: with one it would be a wish to go back to it.
  {
    rev: 4_000_000_000,
    entries: [{ uri: 5, note: {}, pinned: "yes" }],
    added: ["x", 5],
    changed: ["x"],
  },
  { rev: -1, entries: { length: 1e9 }, added: { length: 1e9 }, changed: [] },
  { form: "resync", shown: 1, refusals: {}, serialNumbers: [{}], success: "yes", kept: true },
];
const envelopes = [
  ...Object.entries(names).flatMap(([channel, channelNames]) =>
    [...channelNames, "nothing", "constructor", "__proto__", ""].flatMap((name) =>
      shapes.map((request) => ({ channel, name, request })),
    ),
  ),
  ...[null, 5, "lockVault", [], {}, { channel: "page" }, { channel: "page", name: "lockVault" }],
  { channel: "__proto__", name: "lockVault", request: {} },
  { channel: "page", name: "x".repeat(1_000_000), request: {} },
];
const megabyte = { channel: "content", name: "pageSeen", request: { user: "x".repeat(1_000_001) } };

type Answer = { ok?: boolean; value?: unknown; error?: { kind?: string } } | undefined;

describe("in chromium", () => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  let page: Page;
  const folder = mkdtempSync(join(tmpdir(), "doorcode-second-extension-"));
  // Chromium names an unpacked extension after its folder.
  const secondId = [...createHash("sha256").update(folder).digest("hex").slice(0, 32)]
    .map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)))
    .join("");

  beforeAll(async () => {
    const manifest = {
      manifest_version: 3,
      name: "Somebody else's",
      version: "1",
      permissions: ["storage"],
    };
    writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
    writeFileSync(join(folder, "page.html"), "<!doctype html><title>page</title>");
    world = await startWorld("chromium", { otherExtensions: [folder] });
  });
  afterAll(async () => {
    await world?.close();
    rmSync(folder, { recursive: true });
  });
  afterEach(() => page?.close());

  /** All that is stored but what tabs told of themselves, which a content script may change. */
  const stored = () =>
    world.browser.evaluateInExtension(async () => {
      const session = Object.entries(await chrome.storage.session.get(null));
      return {
        local: await chrome.storage.local.get(null),
        session: session.filter(([key]) => !/^(tab|enrolment):/.test(key)),
      };
    }, undefined);
  const secret = () => new URL(world.alice.keyUri).searchParams.get("secret") ?? "";
  const isUnlocked = async () => (await stored()).session.some(([key]) => key === "session");

  const expectNothingSecretIn = (answers: Answer[]) => {
    const text = JSON.stringify(answers);
    expect(text.includes(secret())).toBe(false);
    expect(text).not.toMatch(/"code":|"\d{6}"|otpauth:|recovery|sealed/);
  };

  test("the protocol is read from the source", () => {
    expect(names.page).toContain("createVault");
    expect(names.content).toEqual(
      expect.arrayContaining(["pageSeen", "offerPressed", "offerTamperedWith"]),
    );
    expect(names.tab).toContain("fillCode");
    expect(names.enrolment).toContain("enrolmentPressed");
    expect(names.enrolmentTab).toContain("lookAgain");
  });

  test.each([
    ["that asks for a code", MFA_STEP],
    ["that asks for nothing", NO_PROMPT],
  ])("a content script on a page %s reaches its own channel only", async (_what, url) => {
    page = await world.browser.newPage(url);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const before = await stored();
    const answers = await evaluateInContentScript(
      world.browser,
      page,
      async (messages) => {
        const got: { channel: string; name: string; answer: unknown }[] = [];
        for (const message of messages) {
          const { channel = "", name = "" } = (message ?? {}) as {
            channel?: string;
            name?: string;
          };
          const answer = await chrome.runtime.sendMessage(message).catch(() => undefined);
          got.push({ channel, name: name.slice(0, 50), answer });
        }
        return got;
      },
      envelopes as object[],
    );
    for (const { channel, name, answer } of answers) {
      const { ok, error } = (answer ?? {}) as NonNullable<Answer>;
      const own = channel === "content" || channel === "enrolment" ? names[channel] : [];
      if (channel === "tab" || channel === "enrolmentTab") {
        expect(answer, `${channel} ${name}`).toBeFalsy();
      } else if (!own.includes(name)) {
        expect(ok, `${channel} ${name}`).toBe(false);
        expect(error?.kind).toMatch(/^(notAllowed|malformedRequest|unknownRequest|tooLarge)$/);
      } else if (ok !== true) {
        expect(error?.kind, `${channel} ${name}`).not.toBe("unexpected");
      }
    }
    expectNothingSecretIn(answers.map(({ answer }) => answer as Answer));
    expect(await stored()).toEqual(before);
    expect(await isUnlocked()).toBe(true);
  });

  test("a megabyte is refused before it is looked at", async () => {
    page = await world.browser.newPage(NO_PROMPT);
    const answer = await evaluateInContentScript(
      world.browser,
      page,
      (message) => chrome.runtime.sendMessage(message),
      megabyte,
    );
    expect(answer).toEqual({ ok: false, error: { kind: "tooLarge" } });
  });

  test("a content script cannot read what is stored", async () => {
    page = await world.browser.newPage(NO_PROMPT);
    const read = await evaluateInContentScript(
      world.browser,
      page,
      async () => {
        const areas = [chrome.storage.local, chrome.storage.session];
        return Promise.all(areas.map((area) => area.get(null).catch(() => "refused")));
      },
      undefined,
    );
    expect(read).toEqual(["refused", "refused"]);
  });

  test("the wrong shape from a page of its own is refused by name and changes nothing", async () => {
    const before = await stored();
    // These take any shape, and do what they say.
    const valid = new Set(["lockVault", "beginTry", "endTry", "backupKept"]);
    const answers = await world.browser.evaluateInExtension(
      async (messages) => {
        const got: { name: string; request: unknown; answer: unknown }[] = [];
        for (const { channel, name, request } of messages) {
          const answer = await chrome.runtime.sendMessage({ channel, name, request });
          got.push({ name, request, answer });
        }
        return got;
      },
      names.page
        .filter((name) => !valid.has(name) && !name.startsWith("read") && name !== "saveSettings")
        .flatMap((name) => shapes.map((request) => ({ channel: "page", name, request }))),
    );
    for (const { name, request, answer } of answers) {
      const { ok, error } = (answer ?? {}) as NonNullable<Answer>;
      const what = `${name} ${JSON.stringify(request).slice(0, 80)}`;
      if (ok !== true) expect(error?.kind, what).not.toBe("unexpected");
    }
    expect(await stored()).toEqual(before);
  });

  test("a second extension is not heard", async () => {
    const before = await stored();
    page = await world.browser.newPage(`chrome-extension://${secondId}/page.html`);
    const doorcode = new URL(world.browser.extensionOrigin).host;
    const answers = await page.evaluate(
      async ({ id, messages }) => {
        const got: unknown[] = [];
        for (const message of messages) {
          got.push(await chrome.runtime.sendMessage(id, message).catch(() => "not heard"));
        }
        const port = chrome.runtime.connect(id);
        got.push(
          await new Promise((resolve) => {
            port.onDisconnect.addListener(() => resolve(chrome.runtime.lastError && "not heard"));
          }),
        );
        return got;
      },
      { id: doorcode, messages: [...envelopes, megabyte] as object[] },
    );
    expect(answers.filter((answer) => answer !== "not heard")).toEqual([]);
    expect(await stored()).toEqual(before);
  });
});

describe.each(["chromium", "firefox"] as const)("in %s", (name) => {
  let world: Awaited<ReturnType<typeof startWorld>>;

  beforeAll(async () => {
    world = await startWorld(name);
  });
  afterAll(() => world?.close());

  test("a page has no way to send a message, and what it posts to itself is not heard", async () => {
    const page = await world.browser.newPage(MFA_STEP);
    await page.offer.waitFor();
    const stored = () =>
      world.browser.evaluateInExtension(
        async () => ({
          local: await chrome.storage.local.get(null),
          session: await chrome.storage.session.get(null),
        }),
        undefined,
      );
    const before = await stored();
    const reached = await page.evaluate((messages) => {
      for (const message of messages) {
        window.postMessage(message, "*");
        document.dispatchEvent(new CustomEvent("message", { detail: message }));
      }
      const { chrome, browser } = globalThis as {
        chrome?: typeof globalThis.chrome;
        browser?: unknown;
      };
      return [typeof chrome?.runtime?.sendMessage, typeof browser];
    }, envelopes as object[]);
    expect(reached).toEqual(["undefined", "undefined"]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await stored()).toEqual(before);
    expect(await page.value("#mfaCode")).toBe("");
    await page.close();
  });

  test("nothing of the extension can be loaded by a page", async () => {
    const page = await world.browser.newPage(NO_PROMPT);
    const loaded = await page.evaluate(async (origin) => {
      const frame = document.createElement("iframe");
      frame.src = `${origin}/popup.html`;
      document.body.append(frame);
      await new Promise((resolve) => setTimeout(resolve, 500));
      const fetched = await fetch(`${origin}/content.js`).then(
        () => "fetched",
        () => "refused",
      );
      return { fetched, frame: frame.contentDocument?.title ?? "" };
    }, world.browser.extensionOrigin);
    expect(loaded).toEqual({ fetched: "refused", frame: "" });
    await page.close();
  });
});
