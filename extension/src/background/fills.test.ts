import { beforeEach, describe, expect, test } from "vitest";
import { coreModule, newHeader } from "../../../tests/boundary/modules";
import type { Envelope } from "../messaging";
import type { FillAnswer, FillResult, OfferView, PageFacts, PromptKind } from "../protocol";
import { beginSession } from "../session-key";
import { Background } from "./background";
import type { ContentSender } from "./gate";
import { memoryPorts } from "./memory-ports";
import type { Ports } from "./ports";
import { ReplayGuard } from "./replay-guard";

const core = coreModule();
const made = newHeader();
const URI =
  "otpauth://totp/Amazon%20Web%20Services:alice@111122223333?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const TAB = 7;
/** A moment at which a step begins. */
const STEP = 1_790_000_010_000;
const SECOND = 1000;

let now: number;
let timers: { at: number; ring: () => void }[];
let ports: Ports;
let background: Background;
let entryId: string;
/** What the page was told, in order. */
let codes: { code: string; submit: boolean }[];
let offers: (OfferView | null)[];
let pageKeeps: FillResult["outcome"] | "gone";
let pagePrompt: PromptKind;
let popups: number;

/** Lets everything happen that is due up to a moment. */
async function passUntil(moment: number) {
  for (;;) {
    for (let turn = 0; turn < 40; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    const next = timers.filter(({ at }) => at <= moment).sort((a, b) => a.at - b.at)[0];
    if (next === undefined) break;
    timers = timers.filter((timer) => timer !== next);
    now = Math.max(now, next.at);
    next.ring();
  }
  now = moment;
}
const settle = () => passUntil(now);

const sender = (over: Partial<ContentSender> = {}): ContentSender => ({
  tabId: TAB,
  documentId: "first",
  page: {
    host: "us-east-1.signin.aws.amazon.com",
    partition: "aws",
    kind: "signIn",
    account: "111122223333",
  },
  ...over,
});
async function content(name: string, request: unknown, from = sender()) {
  return background.answerContent({ channel: "content", name, request }, from);
}
async function page<Answer>(name: string, request: unknown): Promise<Answer> {
  const reply = await background.answerPage({ channel: "page", name, request });
  if (!reply.ok) throw new Error(reply.error.kind);
  return reply.value as Answer;
}
const sees = (told: Partial<PageFacts> = {}, from = sender()) =>
  content("pageSeen", { prompt: "known", user: "alice", ...told }, from);
const press = (action: string) => content("offerPressed", { action: `${action}:${entryId}` });
const shown = () => offers.at(-1);
const codeOf = (moment: number) =>
  background.session.use((vault) => vault.code(entryId, Math.floor(moment / 1000)).code);

beforeEach(async () => {
  now = STEP + 10 * SECOND;
  timers = [];
  codes = [];
  offers = [];
  pageKeeps = "filled";
  pagePrompt = "known";
  popups = 0;
  ports = memoryPorts({
    now: () => now,
    sleep: (milliseconds) =>
      new Promise((resolve) => timers.push({ at: now + milliseconds, ring: resolve })),
    openPopup: async () => {
      popups += 1;
    },
    tabs: {
      active: async () => TAB,
      send: async (_tabId, documentId, message) => {
        const { name, request } = message as Envelope;
        if (documentId !== "first" || pageKeeps === "gone") throw new Error("no such document");
        if (name === "readPrompt") return { ok: true, value: { prompt: pagePrompt } };
        if (name === "offerChanged") offers.push((request as { offer: OfferView | null }).offer);
        if (name !== "fillCode") return { ok: true, value: {} };
        codes.push(request as { code: string; submit: boolean });
        return { ok: true, value: { outcome: pageKeeps } };
      },
    },
  });
  background = new Background(ports, core);
  const vaultKey = Uint8Array.from(made.vaultKey);
  const session = await beginSession(ports.keys, vaultKey, now + 60 * SECOND);
  await background.session.create(made.header, session);
  const { entry } = await page<{ entry: { entryId: string } }>("addEntry", {
    kind: "keyUri",
    uri: URI,
  });
  entryId = entry.entryId;
  await sees();
  await settle();
  offers = [];
});

describe("a fill", () => {
  test("with time left gives the code at once", async () => {
    now = STEP + 27 * SECOND;
    await press("fill");
    expect(codes).toEqual([{ code: await codeOf(STEP), submit: false }]);
    expect(shown()).toMatchObject({ texts: ["offerFilled"], passing: true });
  });

  test.each([27_001, 28_000, 29_999])("at millisecond %i waits for the next step", async (at) => {
    now = STEP + at;
    const pressed = press("fill");
    await settle();
    expect(codes).toEqual([]);
    const seconds = Math.ceil((30_000 - at) / 1000);
    expect(shown()?.texts).toEqual([`fillWaits ${seconds}`]);
    await passUntil(STEP + 29_999);
    expect(codes).toEqual([]);
    await passUntil(STEP + 30_000);
    expect((await pressed).ok).toBe(true);
    expect(codes).toEqual([{ code: await codeOf(STEP + 30_000), submit: false }]);
    expect(shown()?.texts).toEqual(["offerFilled"]);
  });

  test("that waits ends when the field goes", async () => {
    now = STEP + 28 * SECOND;
    const pressed = press("fill");
    await settle();
    await sees({ prompt: "none" });
    await passUntil(STEP + 40 * SECOND);
    await pressed;
    expect(codes).toEqual([]);
  });

  test("that waits still says so when the page draws its field anew or the vault changes", async () => {
    now = STEP + 28 * SECOND;
    const pressed = press("fill");
    await settle();
    await passUntil(now + SECOND);
    const seen = await sees({ user: "alice2" });
    expect(seen).toMatchObject({ value: { offer: { texts: ["fillWaits 1"] } } });
    await page("addEntry", { kind: "keyUri", uri: URI.replace("GEZD", "MFRG") });
    await settle();
    expect(shown()?.texts).toEqual(["fillWaits 1"]);
    await sees();
    await passUntil(STEP + 31 * SECOND);
    await pressed;
    expect(codes).toHaveLength(1);
    expect(shown()?.texts).toEqual(["offerFilled"]);
  });

  test("that waits is not for the document that comes after", async () => {
    now = STEP + 28 * SECOND;
    const pressed = press("fill");
    await settle();
    await sees({}, sender({ documentId: "second" }));
    await passUntil(STEP + 40 * SECOND);
    await pressed;
    expect(codes).toEqual([]);
  });

  test("that waits gives nothing when the vault was locked meanwhile", async () => {
    now = STEP + 28 * SECOND;
    const pressed = press("fill");
    await settle();
    await background.session.lock();
    await passUntil(STEP + 40 * SECOND);
    expect(await pressed).toEqual({ ok: false, error: { kind: "locked" } });
    expect(codes).toEqual([]);
  });

  test("by the popup says at once that it waits, and later what became of it", async () => {
    now = STEP + 28 * SECOND;
    const request = { entryId, tabId: TAB, confirmed: "nothing" };
    expect(await page<FillAnswer>("fillEntry", request)).toEqual({
      outcome: "waiting",
      seconds: 2,
      used: false,
    });
    const ended = page<FillResult>("awaitFill", { tabId: TAB });
    await passUntil(STEP + 30 * SECOND);
    expect(await ended).toEqual({ outcome: "filled" });
  });

  test("by the popup asks first about a field that only looks like the one", async () => {
    await sees({ prompt: "structural" });
    const request = { entryId, tabId: TAB, confirmed: "nothing" };
    expect(await page<FillAnswer>("fillEntry", request)).toEqual({ outcome: "unsure" });
    expect(codes).toEqual([]);
    expect(shown()).toMatchObject({ mark: true, buttons: [{ action: `fill:${entryId}` }] });
    const answer = await page<FillAnswer>("fillEntry", { ...request, confirmed: "field" });
    expect(answer).toEqual({ outcome: "filled" });
    expect(codes).toHaveLength(1);
  });

  test("asks for the page's button only where the setting says so and the field is known", async () => {
    const settings = await page<object>("readSettings", {});
    await page("saveSettings", { settings: { ...settings, submitAfterFill: true } });
    await press("fill");
    await sees({ prompt: "structural" });
    await press("anyway");
    expect(codes.map(({ submit }) => submit)).toEqual([true, false]);
  });
});

describe("a code that was filled", () => {
  beforeEach(async () => {
    await press("fill");
    expect(codes).toHaveLength(1);
  });

  test("is offered as used until the next comes", async () => {
    now = STEP + 18 * SECOND;
    const seen = await sees();
    const { offer } = (seen as { value: { offer: OfferView } }).value;
    expect(offer.buttons).toMatchObject([
      { label: "offerUsed", left: { text: "offerNextIn #", remainingSeconds: 12 } },
    ]);
    await passUntil(STEP + 30 * SECOND);
    expect(shown()?.buttons).toMatchObject([
      { label: "offerFill", left: { text: "secondsLeft #", remainingSeconds: 30 } },
    ]);
  });

  test("is not filled again in its step: the next is, when it comes", async () => {
    const pressed = press("fill");
    await settle();
    expect(shown()?.texts).toEqual(["offerWaitsUsed 20"]);
    await passUntil(STEP + 29_999);
    expect(codes).toHaveLength(1);
    await passUntil(STEP + 30 * SECOND);
    await pressed;
    expect(codes[1]?.code).toBe(await codeOf(STEP + 30 * SECOND));
  });

  test("is filled again with one more press", async () => {
    const waiting = press("fill");
    await settle();
    expect(shown()?.buttons).toEqual([{ action: `anyway:${entryId}`, label: "fillUsed" }]);
    await press("anyway");
    expect(codes[1]?.code).toBe(await codeOf(STEP));
    await passUntil(STEP + 31 * SECOND);
    await waiting;
    expect(codes, "the fill that waited gave up").toHaveLength(2);
  });

  test("is filled again from the popup with one more click", async () => {
    const request = { entryId, tabId: TAB };
    expect(await page("fillEntry", { ...request, confirmed: "nothing" })).toMatchObject({
      used: true,
    });
    const ended = page<FillResult>("awaitFill", { tabId: TAB });
    expect(await page("fillEntry", { ...request, confirmed: "usedCode" })).toEqual({
      outcome: "filled",
    });
    await passUntil(now + 1000);
    expect(await ended, "the click before ends as this one").toEqual({ outcome: "filled" });
    expect(codes).toHaveLength(2);
  });

  test("is known as used to a background that was started anew, and on no disk", async () => {
    background = new Background(ports, core);
    const { used } = await page<{ used: unknown[] }>("readCodes", {});
    expect(used).toEqual([{ entryId, untilSeconds: STEP / 1000 + 30 }]);
    const disk = JSON.stringify(await ports.local.get(null));
    expect(disk).not.toContain("used");
  });

  test("of another entry does not matter", async () => {
    const { entry } = await page<{ entry: { entryId: string } }>("addEntry", {
      kind: "keyUri",
      uri: URI.replace("alice", "bob").replace("GEZD", "MFRG"),
    });
    const answer = await page("fillEntry", {
      entryId: entry.entryId,
      tabId: TAB,
      confirmed: "nothing",
    });
    expect(answer).toEqual({ outcome: "filled" });
  });
});

test.each(["refused", "noField", "gone"] as const)(
  "a fill that ended with %s used no code",
  async (outcome) => {
    pageKeeps = outcome;
    await press("fill");
    const { used } = await page<{ used: unknown[] }>("readCodes", {});
    expect(used).toEqual([]);
  },
);

test("an enrolment that gave two codes leaves the step after both", async () => {
  const guard = new ReplayGuard(ports.session);
  const timeStep = STEP / 30_000;
  await guard.record(entryId, timeStep + 1);
  expect(await guard.stepsToFresh(entryId, timeStep)).toBe(2);
  expect(await guard.stepsToFresh(entryId, timeStep + 1)).toBe(1);
  expect(await guard.stepsToFresh(entryId, timeStep + 2)).toBe(0);
});

test("a clock that was set far back does not keep an entry used", async () => {
  const guard = new ReplayGuard(ports.session);
  await guard.record(entryId, 1000);
  expect(await guard.stepsToFresh(entryId, 990)).toBe(0);
});

describe("AWS's clock", () => {
  beforeEach(() => {
    // Half way through a second, as the mean of all moments.
    now += 505;
  });
  const learn = async (aheadSeconds: number) => {
    const date = new Date(Math.floor(now / 1000 + aheadSeconds) * 1000).toUTCString();
    const sample = { sentAt: now - 10, receivedAt: now, date, age: null };
    return content("clockSampled", { samples: [sample, sample, sample] });
  };

  test("is asked for where a code is, and not again at once", async () => {
    expect(await sees()).toMatchObject({ value: { sampleClock: true } });
    expect(await sees({ prompt: "none" })).toMatchObject({ value: { sampleClock: false } });
    await learn(0);
    expect(await sees()).toMatchObject({ value: { sampleClock: false } });
  });

  test("is followed by fills, offers, the codes of the popup, and the guard", async () => {
    await learn(90);
    expect(shown()?.buttons[0]?.left).toMatchObject({ remainingSeconds: 20 });
    const view = await page<{ unixSeconds: number; codes: { code: string }[]; clock: unknown }>(
      "readCodes",
      {},
    );
    expect(view.clock).toEqual({ state: "corrected", offsetSeconds: 90 });
    expect(view.unixSeconds).toBe(Math.floor(now / 1000) + 90);
    expect(view.codes[0]?.code).toBe(await codeOf(now + 90_000));
    await press("fill");
    expect(codes[0]?.code).toBe(await codeOf(now + 90_000));
    const { used } = await page<{ used: unknown[] }>("readCodes", {});
    expect(used).toEqual([{ entryId, untilSeconds: STEP / 1000 + 120 }]);
  });

  test("decides when a code is about to end", async () => {
    await learn(18);
    const pressed = press("fill");
    await settle();
    expect(shown()?.texts).toEqual(["fillWaits 2"]);
    await passUntil(now + 2000);
    await pressed;
    expect(codes[0]?.code).toBe(await codeOf(now + 18_000));
  });
});

describe("the shortcut and the menu", () => {
  const gesture = () => background.gestures.fillTab(TAB);

  test("fill the one certain match", async () => {
    await gesture();
    expect(codes).toHaveLength(1);
    expect(popups).toBe(0);
  });

  test.each(["structural", "chooser", "changed", "none"] as const)(
    "open the popup when the page says %s",
    async (prompt) => {
      await sees({ prompt });
      await gesture();
      expect(codes).toEqual([]);
      expect(popups).toBe(1);
    },
  );

  test("open the popup when the vault is locked, nothing matches, or there is no tab", async () => {
    await background.gestures.fillTab(undefined);
    await sees({ account: "444455556666" }, sender({ tabId: 8 }));
    await background.gestures.fillTab(8);
    await background.session.lock();
    await gesture();
    expect(codes).toEqual([]);
    expect(popups).toBe(3);
  });

  test("open the popup when the page was left", async () => {
    pageKeeps = "gone";
    await gesture();
    expect(popups).toBe(1);
  });

  test("fill a used code when repeated, but not when the key is held", async () => {
    await gesture();
    const waiting = gesture();
    await settle();
    await passUntil(now + 300);
    await gesture();
    expect(codes).toHaveLength(1);
    await passUntil(now + 700);
    await gesture();
    expect(codes).toHaveLength(2);
    await passUntil(now + 1000);
    await waiting;
    expect(popups).toBe(0);
  });
});

describe("what the popup is told of the tab in front", () => {
  const prompt = async () => (await page<{ prompt?: unknown }>("readTab", {})).prompt;

  test("is what the page asks for", async () => {
    expect(await prompt()).toMatchObject({ tabId: TAB, kind: "known", matches: [entryId] });
  });

  test("is nothing when the tab has gone elsewhere", async () => {
    pageKeeps = "gone";
    expect(await prompt()).toBeUndefined();
  });

  test("is nothing when another page in the tab asks for nothing", async () => {
    pagePrompt = "none";
    expect(await prompt()).toBeUndefined();
  });
});
