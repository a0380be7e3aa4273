import { beforeEach, describe, expect, test } from "vitest";
import { coreModule, newHeader } from "../../../tests/boundary/modules";
import { enrolmentPageOf } from "../enrolment-hosts";
import type { EnrolmentFacts, EnrolmentStep, EntryView } from "../protocol";
import { beginSession } from "../session-key";
import { Background } from "./background";
import type { EnrolmentSender } from "./gate";
import { memoryPorts } from "./memory-ports";
import type { Ports } from "./ports";

const core = coreModule();
const made = newHeader();
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const OTHER_SECRET = "MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U";
const uriOf = (secret: string, label = "carol-phone@example-corp") =>
  `otpauth://totp/Amazon%20Web%20Services:${label}?secret=${secret}&issuer=Amazon%20Web%20Services`;
const TAB = 7;
/** A moment at which a step begins, and the step. */
const START = 1_790_000_010_000;
const STEP = START / 30_000;
const SECOND = 1000;
const PICTURE = { width: 1, height: 1, luma: "" };

let now: number;
/** What the QR codes of the next picture say. */
let texts: string[];
let ports: Ports;
let background: Background;
let localFails: boolean;

const sender = (documentId = "first", url = CONSOLE): EnrolmentSender => {
  const page = enrolmentPageOf(url);
  if (page === undefined) throw new Error("no such page");
  return { tabId: TAB, documentId, page };
};
const CONSOLE = "https://us-east-1.console.aws.amazon.com/iam/home#/security_credentials/mfa";
const PORTAL = "https://d-1234567890.awsapps.com/start";

async function ask<Answer = EnrolmentStep>(
  name: string,
  request: unknown,
  from = sender(),
): Promise<Answer> {
  const reply = await background.answerEnrolment({ channel: "enrolment", name, request }, from);
  if (!reply.ok) throw new Error(reply.error.kind);
  return reply.value as Answer;
}
const seen = (told: Partial<EnrolmentFacts> = {}, from = sender()) => {
  const nothing = { refusals: 0, serialNumbers: [], success: false };
  return ask(
    "enrolmentSeen",
    { form: "pair", shown: true, account: "example-corp", user: "carol", ...nothing, ...told },
    from,
  );
};
const press = (action: string, more: object = {}, from = sender()) =>
  ask("enrolmentPressed", { action, pictures: [PICTURE], ...more }, from);
const write = (kept = true, from = sender()) => ask("codesWritten", { kept }, from);
const entries = async (): Promise<EntryView[]> => {
  const envelope = { channel: "page", name: "listEntries", request: {} };
  const reply = await background.answerPage(envelope);
  if (!reply.ok) throw new Error(reply.error.kind);
  return (reply.value as { entries: EntryView[] }).entries.filter((entry) => !entry.deletedAt);
};
/** The code of a step, by its number, once the entry is there. */
const codeOf = async (step: number) => {
  const [entry] = await entries();
  return background.session.use((vault) => vault.code(entry?.entryId ?? "", step * 30).code);
};
const pairAt = (step: number) => Promise.all([codeOf(step - 1), codeOf(step)]);
const actions = ({ offer }: EnrolmentStep) => offer?.buttons.map(({ action }) => action);
const says = ({ offer }: EnrolmentStep) => offer?.texts.join(" ");

beforeEach(async () => {
  now = START + 10 * SECOND;
  texts = [uriOf(SECRET)];
  localFails = false;
  const base = memoryPorts();
  ports = memoryPorts({
    now: () => now,
    readQrCodes: async () => texts,
    local: {
      ...base.local,
      set: (items) => (localFails ? Promise.reject(new Error("disk")) : base.local.set(items)),
    },
    tabs: { active: async () => TAB, send: async () => ({ ok: true, value: {} }) },
  });
  background = new Background(ports, core);
  const vaultKey = Uint8Array.from(made.vaultKey);
  const session = await beginSession(ports.keys, vaultKey, now + 60 * SECOND);
  await background.session.create(made.header, session);
});

describe("what a page is shown", () => {
  test("nothing, where there is no form", async () => {
    expect((await seen({ form: "none" })).offer).toBeNull();
  });

  test("how to go on, while the QR code is hidden", async () => {
    expect(says(await seen({ shown: false }))).toBe("enrolHint");
  });

  test("an offer to scan, once it is shown", async () => {
    expect(actions(await seen())).toEqual(["scan"]);
  });

  test("how to unlock, while locked, and nothing of any entry", async () => {
    await background.session.lock();
    expect(actions(await seen())).toEqual(["popup"]);
    expect(actions(await seen({ form: "resync" }))).toEqual(["popup"]);
  });

  test("nothing, with the offer in the page turned off", async () => {
    const request = { settings: { offerInPage: false } };
    await background.answerPage({ channel: "page", name: "saveSettings", request });
    expect((await seen()).offer).toBeNull();
  });
});

describe("a scan", () => {
  test("saves a pending entry with what page and label tell, and gives two codes", async () => {
    await seen();
    const { codes } = await press("scan");
    expect(await entries()).toMatchObject([
      {
        pending: true,
        partition: "aws",
        accountAlias: "example-corp",
        userName: "carol",
        deviceName: "carol-phone",
        identityKind: "iamUser",
      },
    ]);
    expect(codes).toEqual(await pairAt(STEP));
  });

  test("gives one code where there is one box", async () => {
    const from = sender("first", PORTAL);
    texts = [uriOf(SECRET, "carol").replaceAll("Amazon%20Web%20Services", "AWS%20SSO")];
    await seen({ form: "single" }, from);
    const { codes } = await press("scan", {}, from);
    expect(codes).toEqual([await codeOf(STEP)]);
    expect(await entries()).toMatchObject([
      { identityKind: "identityCenterUser", userName: "carol", directoryId: "d-1234567890" },
    ]);
  });

  test("does not save one secret twice", async () => {
    await seen();
    await press("scan");
    const { codes } = await press("scan");
    expect(codes).toHaveLength(2);
    expect(await entries()).toHaveLength(1);
  });

  test("brings back the entry of a secret that was discarded", async () => {
    await seen();
    await press("scan");
    await seen({ form: "none" });
    await press("discard");
    expect(await entries()).toEqual([]);
    await seen();
    await press("scan");
    expect(await entries()).toMatchObject([{ pending: true }]);
  });

  test("takes a key beside the code that is the same, however it is written", async () => {
    await seen();
    const groups = SECRET.match(/.{4}/g)?.join(" ");
    expect((await press("scan", { secretKey: groups })).codes).toHaveLength(2);
  });

  test("refuses a key beside the code that is another, and saves nothing", async () => {
    await seen();
    const step = await press("scan", { secretKey: OTHER_SECRET });
    expect(says(step)).toBe("enrolMismatch");
    expect(step.codes).toBeUndefined();
    expect(await entries()).toEqual([]);
  });

  test("takes the key where no code can be read", async () => {
    texts = [];
    await seen();
    await press("scan", { secretKey: SECRET });
    expect(await entries()).toMatchObject([{ issuer: "Amazon Web Services", userName: "carol" }]);
  });

  test.each([
    ["no code at all", [], "enrolNoCode"],
    ["a code that is an address", ["https://example.com/"], "enrolOtherCode"],
    ["the codes of two devices", [uriOf(SECRET), uriOf(OTHER_SECRET)], "enrolSeveral"],
    ["a key that is none", ["otpauth://totp/a?secret=1"], "enrolUnusable"],
    ["a counter", [`otpauth://hotp/a?secret=${SECRET}&counter=1`], "enrolUnusable"],
  ])("says what is wrong with %s, and gives no code", async (_what, found, words) => {
    texts = found;
    await seen();
    const step = await press("scan");
    expect(says(step)).toBe(words);
    expect(step.codes).toBeUndefined();
    expect(await entries()).toEqual([]);
  });

  test("gives no code while an earlier state is shown, which cannot be changed", async () => {
    const { b0 } = await ports.local.get(["b0"]);
    await ports.local.set({ b0: "torn", b1: "torn", "x-b1": b0 });
    background = new Background(ports, core);
    await seen();
    const step = await press("scan");
    expect(says(step)).toBe("enrolReadOnly");
    expect(step.codes).toBeUndefined();
    expect(await entries()).toEqual([]);
  });

  test("gives no code when the entry cannot be saved", async () => {
    await seen();
    localFails = true;
    const step = await press("scan");
    expect(says(step)).toBe("enrolNotSaved");
    expect(step.codes).toBeUndefined();
    await expect(ask("codesWanted", {})).rejects.toThrow("noPrompt");
    localFails = false;
    expect(await entries()).toEqual([]);
    expect((await press("scan")).codes).toHaveLength(2);
  });

  test("is refused for a document that has told nothing", async () => {
    await expect(press("scan")).rejects.toThrow("noPrompt");
    await seen();
    await expect(press("scan", {}, sender("second"))).rejects.toThrow("noPrompt");
  });
});

describe("the codes", () => {
  beforeEach(() => seen());

  test("come at once in the first second of a step", async () => {
    now = START + 1 * SECOND;
    expect((await press("scan")).codes).toEqual(await pairAt(STEP));
  });

  test.each([27_001, 29_000, 29_999])("wait for the next step at millisecond %i", async (into) => {
    now = START + into;
    const step = await press("scan");
    expect(step.codes).toBeUndefined();
    expect(says(step)).toMatch(/^fillWaits [123]$/);
    now += (step.askAgainSeconds ?? 0) * SECOND;
    expect(now).toBeGreaterThanOrEqual(START + 30 * SECOND);
    expect((await ask("codesWanted", {})).codes).toEqual(await pairAt(STEP + 1));
  });

  test("follow each step that passes, four in all, and are then asked for again", async () => {
    let step = await press("scan");
    for (let fill = 0; fill < 4; fill += 1) {
      expect(step.codes, `fill ${fill}`).toEqual(await pairAt(STEP + fill));
      await write();
      now += (step.askAgainSeconds ?? 0) * SECOND;
      step = await ask("codesWanted", {});
    }
    expect(step.codes).toBeUndefined();
    expect(says(step)).toBe("enrolExpired");
    await expect(ask("codesWanted", {})).rejects.toThrow("noPrompt");
    const again = await press("again");
    now += (again.askAgainSeconds ?? 0) * SECOND;
    expect((again.codes ?? (await ask("codesWanted", {})).codes)?.length).toBe(2);
  });

  test("are not given twice in one step", async () => {
    await press("scan");
    now += 5 * SECOND;
    const step = await ask("codesWanted", {});
    expect(step.codes).toBeUndefined();
    expect(step.askAgainSeconds).toBeCloseTo(15, 0);
  });

  test("go to the document of the gesture alone", async () => {
    await press("scan");
    now += 30 * SECOND;
    await seen({}, sender("second"));
    await expect(ask("codesWanted", {}, sender("second"))).rejects.toThrow("noPrompt");
  });

  test("survive a background that was ended after the entry was saved", async () => {
    await press("scan");
    background = new Background(ports, core);
    now += 30 * SECOND;
    expect((await ask("codesWanted", {})).codes).toEqual(await pairAt(STEP + 1));
  });

  test("are spent at sign-in: the first one there is later", async () => {
    await press("scan");
    await write();
    const [entry] = await entries();
    const reply = await background.answerPage({ channel: "page", name: "readCodes", request: {} });
    expect(reply).toMatchObject({
      value: { used: [{ entryId: entry?.entryId, untilSeconds: (STEP + 1) * 30 }] },
    });
  });

  test("that the page did not keep are not spent", async () => {
    await press("scan");
    expect(says(await write(false))).toBe("offerRefused");
    const reply = await background.answerPage({ channel: "page", name: "readCodes", request: {} });
    expect(reply).toMatchObject({ value: { used: [] } });
  });

  test("follow AWS's clock, a minute and a half ahead", async () => {
    const samples = [0, 1, 2].map(() => ({
      sentAt: now,
      receivedAt: now,
      date: new Date(now + 90 * SECOND).toUTCString(),
      age: null,
    }));
    await ask("clockSampled", { samples });
    expect((await press("scan")).codes).toEqual(await pairAt(STEP + 3));
  });
});

describe("codes that AWS refuses", () => {
  beforeEach(async () => {
    await seen();
    await press("scan");
    await write();
  });

  test("are followed by two new ones, after two steps, once", async () => {
    const refused = await seen({ refusals: 1 });
    expect(says(refused)).toBe("enrolRefused");
    const waits = await press("again");
    expect(waits.codes).toBeUndefined();
    now += (waits.askAgainSeconds ?? 0) * SECOND;
    expect(Math.floor(now / 30_000)).toBe(STEP + 2);
    const { codes } = await ask("codesWanted", {});
    expect(codes).toEqual(await pairAt(STEP + 2));
    await write();
    const twice = await seen({ refusals: 2 });
    expect(says(twice)).toBe("enrolHelp");
    expect(actions(twice)).toEqual([]);
    await expect(press("again")).rejects.toThrow("malformedRequest");
  });

  test("are not filled anew by themselves", async () => {
    await seen({ refusals: 1 });
    now += 60 * SECOND;
    await expect(ask("codesWanted", {})).rejects.toThrow("noPrompt");
  });

  test("leave the entry pending", async () => {
    await seen({ refusals: 1 });
    expect(await entries()).toMatchObject([{ pending: true }]);
  });
});

describe("when the boxes have gone", () => {
  beforeEach(async () => {
    await seen();
    await press("scan");
    await write();
  });
  const arn = "arn:aws:iam::111122223333:mfa/carol-phone";

  test("the ARN of the device in the page finishes the entry and is learnt", async () => {
    const step = await seen({ form: "none", serialNumbers: ["arn:aws:iam::1:mfa/other", arn] });
    expect(says(step)).toBe("enrolDone onlyWayIn");
    expect(await entries()).toMatchObject([{ pending: false, mfaSerialNumber: arn }]);
  });

  test("a message of success finishes the entry", async () => {
    expect(says(await seen({ form: "none", success: true }))).toMatch(/^enrolDone/);
    expect(await entries()).toMatchObject([{ pending: false }]);
  });

  test("the ARN is learnt too when the page lists the device after its message", async () => {
    await seen({ form: "none", success: true });
    expect((await seen({ form: "none" })).offer).toBeNull();
    expect((await seen({ form: "none", success: true, serialNumbers: [arn] })).offer).toBeNull();
    expect(await entries()).toMatchObject([{ pending: false, mfaSerialNumber: arn }]);
  });

  test("the user is asked where the page does not tell, also on the page after it", async () => {
    expect(actions(await seen({ form: "none" }))).toEqual(["done", "discard"]);
    const next = sender("second");
    expect(actions(await seen({ form: "none" }, next))).toEqual(["done", "discard"]);
    await press("done", {}, next);
    expect(await entries()).toMatchObject([{ pending: false }]);
  });

  test("nobody is asked while signing in anew", async () => {
    const url = "https://us-east-1.signin.aws.amazon.com/oauth?account=example-corp";
    expect((await seen({ form: "none" }, sender("second", url))).offer).toBeNull();
    expect(await entries()).toMatchObject([{ pending: true }]);
    expect(actions(await seen({ form: "none" }, sender("third")))).toEqual(["done", "discard"]);
  });

  test("a wizard that was cancelled leaves a pending entry, and a new one begins anew", async () => {
    await seen({ form: "none" });
    texts = [uriOf(OTHER_SECRET)];
    expect(actions(await seen())).toEqual(["scan"]);
    await press("scan");
    expect((await entries()).map(({ pending }) => pending)).toEqual([true, true]);
  });

  test("neither is done nor discarded while they stand there", async () => {
    await expect(press("discard")).rejects.toThrow("malformedRequest");
    await expect(press("done")).rejects.toThrow("malformedRequest");
  });
});

describe("a resynchronisation", () => {
  let entryId: string;
  beforeEach(async () => {
    await seen();
    await press("scan");
    await seen({ form: "none", success: true });
    entryId = (await entries())[0]?.entryId ?? "";
    now += 300 * SECOND;
  });

  test("offers the devices of the account, and fills two codes of the one chosen", async () => {
    const step = await seen({ form: "resync", shown: false });
    expect(step.offer?.buttons).toMatchObject([
      { action: `fill:${entryId}`, whose: "example-corp · carol" },
    ]);
    expect((await press(`fill:${entryId}`)).codes).toEqual(await pairAt(STEP + 10));
  });

  test("offers the devices that the page lists, where it lists any", async () => {
    texts = [uriOf(OTHER_SECRET, "bob-phone@example-corp")];
    await seen({ user: "bob" });
    await press("scan");
    await seen({ form: "none", success: true });
    const listed = (names: string[]) =>
      seen({
        form: "resync",
        user: undefined as never,
        serialNumbers: names.map((device) => `arn:aws:iam::111122223333:mfa/${device}`),
      });
    expect((await listed(["carol-phone"])).offer?.buttons).toHaveLength(1);
    expect((await listed(["another"])).offer?.buttons).toHaveLength(2);
  });

  test("offers nothing of another account, and gives it no code", async () => {
    expect((await seen({ form: "resync", account: "another-corp" })).offer).toBeNull();
    await expect(press(`fill:${entryId}`)).rejects.toThrow("notOffered");
  });

  test("waits until neither code was used", async () => {
    await seen({ form: "resync" });
    await press(`fill:${entryId}`);
    await write();
    await seen({ form: "none" });
    await seen({ form: "resync" });
    const { codes, askAgainSeconds } = await press(`fill:${entryId}`);
    expect(codes).toBeUndefined();
    now += (askAgainSeconds ?? 0) * SECOND;
    expect((await ask("codesWanted", {})).codes).toEqual(await pairAt(STEP + 12));
  });
});

test("what a page tells in a wrong shape is not believed", async () => {
  await seen({ form: "constructor" as never, serialNumbers: [5] as never, refusals: "1" as never });
  const tab = await background.enrolments.memory.read(TAB);
  expect(tab).toBeUndefined();
  await seen({ account: "x".repeat(200), serialNumbers: 5 as never, rootUser: "yes" as never });
  const facts = (await background.enrolments.memory.read(TAB))?.facts;
  expect(facts).toMatchObject({ form: "pair", serialNumbers: [] });
  expect(facts).not.toHaveProperty("account");
  expect(facts).not.toHaveProperty("rootUser");
});

test("nothing of a secret or a code is kept for the time between", async () => {
  await seen();
  await press("scan");
  const kept = JSON.stringify([await ports.session.get(null), await ports.local.get(null)]);
  expect(kept).not.toContain(SECRET);
  for (const code of await pairAt(STEP)) expect(kept).not.toContain(`"${code}"`);
});
