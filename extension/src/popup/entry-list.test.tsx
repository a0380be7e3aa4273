// @vitest-environment happy-dom
import { afterEach, describe, expect, test, vi } from "vitest";
import type { TabPrompt } from "../protocol";
import { groupDigits } from "../ui/code-clock";
import { type MemoryState, madeUpCode } from "../ui/testing/memory-background";
import {
  announced,
  button,
  drawn,
  field,
  hasButton,
  mount,
  pageText,
  press,
  sees,
  type,
  unmount,
  until,
} from "../ui/testing/mount";
import * as sample from "../ui/testing/sample-entries";
import { Popup } from "./popup";

afterEach(unmount);

const START = Date.UTC(2026, 10, 22, 10, 0, 12);
const STEP = START / 30_000;

/** The popup at a fixed time, which the test may move on. */
async function open(state: Partial<MemoryState>, at = START) {
  const time = { now: at };
  const mounted = await mount(Popup, state, { clock: () => time.now });
  await until(() => document.querySelector(".list") !== null && !pageText().includes("–––"));
  return { ...mounted, time };
}

const codeOf = (entryId: string, digits = 6, step = Math.floor(STEP)) =>
  madeUpCode(entryId, step, digits);
const search = () => document.querySelector("header input") as HTMLInputElement;
const rows = () => [...document.querySelectorAll<HTMLElement>("[data-primary]")];

const prompt: TabPrompt = {
  tabId: 7,
  host: "signin.aws.amazon.com",
  kind: "known",
  matches: ["production"],
  certain: true,
};

describe("the list", () => {
  test("shows codes grouped, with the seconds left", async () => {
    await open({ entries: sample.everyKind });
    expect(pageText()).toContain(groupDigits(codeOf("production")));
    expect(pageText()).toContain(groupDigits(madeUpCode("elsewhere", START / 60_000 - 0.2, 8)));
    expect(document.querySelector(".ring-number")?.textContent).toBe("18");
  });

  test("says of a counter-based entry that it has no code, and does not copy it", async () => {
    const { services } = await open({ entries: [sample.production, sample.counterBased] });
    button(/Example Bank/).click();
    await drawn();
    expect(pageText()).toContain("no code");
    expect(services.effects.copied).toEqual([]);
  });

  test("leaves deleted entries out", async () => {
    const deleted = { ...sample.staging, deletedAt: 1 };
    await open({ entries: [sample.production, deleted] });
    expect(pageText()).not.toContain("2109-8765-4321");
  });

  test("invites to add the first entry when there is none", async () => {
    await mount(Popup, {});
    await sees("No entries yet");
    button("Add the first entry").click();
    await sees("Secret key or otpauth:// address");
  });

  test("shows the next code in the last ten seconds and says that it is the next", async () => {
    const next = groupDigits(codeOf("production", 6, Math.floor(STEP) + 1));
    const { services } = await open({ entries: [sample.production] }, START + 7_000);
    expect(pageText()).not.toContain(next);
    unmount();
    await open({ entries: [sample.production] }, START + 8_000);
    expect(pageText()).toContain(`next ${next}`);
    expect(services.effects.copied).toEqual([]);
  });

  test("copies the code that holds when it is pressed, and says so", async () => {
    const { services, time } = await open({ entries: [sample.production] });
    button(/example-production.*Copy this code/).click();
    await until(() => announced().includes(`Copied ${groupDigits(codeOf("production"))}`));
    time.now += 30_000;
    button(/example-production.*Copy this code/).click();
    await until(() => services.effects.copied.length === 2);
    const second = codeOf("production", 6, Math.floor(STEP) + 1);
    expect(services.effects.copied).toEqual([codeOf("production"), second]);
  });
});

test("codes are not read again in a tab that nobody sees", async () => {
  const { asked } = await open({ entries: [sample.production] });
  const readings = () => asked().filter((name) => name === "readCodes").length;
  const showAgain = () => document.dispatchEvent(new Event("visibilitychange"));
  const atFirst = readings();
  await until(() => {
    showAgain();
    return readings() > atFirst;
  });
  await drawn();
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  const before = readings();
  showAgain();
  await drawn();
  expect(readings()).toBe(before);
  hidden.mockRestore();
  await until(() => {
    showAgain();
    return readings() > before;
  });
});

describe("the keyboard", () => {
  test("starts in the search field", async () => {
    await open({ entries: sample.everyKind });
    await until(() => document.activeElement === search());
  });

  test("keeps the entry that was chosen before the search field had the focus", async () => {
    const listed = new MutationObserver(() => {
      if (rows().length === 0) return;
      listed.disconnect();
      press("ArrowDown");
    });
    listed.observe(document.body, { childList: true, subtree: true });
    const { asked } = await open({ entries: sample.everyKind, slowTab: true });
    // The popup asks for the tab after its first frame, and after the list was asked for the focus.
    await until(() => asked().includes("readTab"));
    expect(rows().indexOf(document.activeElement as HTMLElement)).toBe(0);
  });

  test("finds while typing and copies the first find on Enter", async () => {
    const { services } = await open({ entries: sample.everyKind });
    await type(search(), "root");
    expect(rows()).toHaveLength(1);
    expect(announced().join()).toContain("1 entry found");
    press("Enter", search());
    await until(() => services.effects.copied.length === 1);
    expect(services.effects.copied).toEqual([codeOf("root")]);
  });

  test("moves through the list with the arrows, and back to the search field", async () => {
    await open({ entries: sample.everyKind });
    await until(() => document.activeElement === search());
    press("Home");
    expect(document.activeElement).toBe(search());
    press("ArrowDown");
    expect(document.activeElement).toBe(rows()[0]);
    press("ArrowDown");
    expect(document.activeElement).toBe(rows()[1]);
    press("End");
    expect(document.activeElement).toBe(rows().at(-1));
    press("ArrowDown");
    expect(document.activeElement).toBe(rows().at(-1));
    press("Home");
    press("ArrowUp");
    expect(document.activeElement).toBe(search());
  });

  test("takes a character typed on an entry to the search field", async () => {
    await open({ entries: sample.everyKind });
    rows()[2]?.focus();
    press("p");
    expect(document.activeElement).toBe(search());
  });

  test("leaves the space bar to the button that has the focus", async () => {
    await open({ entries: sample.everyKind });
    rows()[2]?.focus();
    press(" ");
    expect(document.activeElement).toBe(rows()[2]);
  });

  test("clears the search on Escape", async () => {
    await open({ entries: sample.everyKind });
    await type(search(), "zebra");
    await sees("No entry matches “zebra”.");
    press("Escape", search());
    await until(() => search().value === "");
    await sees("example-production");
  });
});

describe("when the tab in front asks for a code", () => {
  test("the entry that fits comes first and Enter fills it, then the popup closes", async () => {
    const { services, state } = await open({ entries: sample.everyKind, prompt });
    await sees("signin.aws.amazon.com");
    expect(rows()[0]?.getAttribute("aria-label")).toBe(
      "Fill the code of example-production, alice · IAM user",
    );
    press("Enter", search());
    await until(() => services.effects.closed);
    const fill = state.log.find(({ name }) => name === "fillEntry");
    expect(fill?.request).toEqual({ entryId: "production", tabId: 7, confirmed: "nothing" });
    expect(services.effects.copied).toEqual([]);
  });

  test("stays open and says what to do when the page did not keep the code", async () => {
    const { services } = await open({ entries: sample.everyKind, prompt, fill: "refused" });
    await until(() => hasButton(/^Fill the code of/));
    button(/^Fill the code of/).click();
    await until(() => announced().join().includes("did not keep the code"));
    expect(services.effects.closed).toBe(false);
  });

  test("an entry that does not fit is copied, never filled, on Enter", async () => {
    const { asked, services } = await open({ entries: sample.everyKind, prompt });
    await sees("signin.aws.amazon.com");
    await type(search(), "govcloud");
    press("Enter", search());
    await until(() => services.effects.copied.length === 1);
    expect(asked()).not.toContain("fillEntry");
  });

  test("says that it waits for a fresh code", async () => {
    const wait = { seconds: 2, used: false };
    const { services } = await open({ entries: sample.everyKind, prompt, wait, holdFill: true });
    await until(() => hasButton(/^Fill the code of/));
    button(/^Fill the code of/).click();
    await until(() => announced().join().includes("Waiting 2 s for a fresh code"));
    expect(services.effects.closed).toBe(false);
  });

  test("closes when the fill that waited has ended well", async () => {
    const wait = { seconds: 2, used: false };
    const { services, asked } = await open({ entries: sample.everyKind, prompt, wait });
    await until(() => hasButton(/^Fill the code of/));
    button(/^Fill the code of/).click();
    await until(() => services.effects.closed);
    expect(asked()).toContain("awaitFill");
  });

  test("a used code is said to be used, and a second click fills it", async () => {
    const wait = { seconds: 12, used: true };
    const used = [{ entryId: "production", untilSeconds: START / 1000 + 12 }];
    const { state } = await open({ entries: sample.everyKind, prompt, wait, used, holdFill: true });
    await sees("Used · next in 12 s");
    button(/^Fill the code of/).click();
    await until(() => announced().join().includes("This code was used. Waiting 12 s"));
    button(/^Fill the used code of/).click();
    const fills = () => state.log.filter(({ name }) => name === "fillEntry");
    await until(() => fills().length === 2);
    expect(fills().map(({ request }) => (request as { confirmed: string }).confirmed)).toEqual([
      "nothing",
      "usedCode",
    ]);
  });

  test("a field that only looks like the one is marked, and filled on a second click", async () => {
    const { state, services } = await open({
      entries: sample.everyKind,
      prompt: { ...prompt, kind: "structural" },
    });
    await until(() => hasButton(/^Fill the code of/));
    button(/^Fill the code of/).click();
    await until(() => announced().join().includes("Doorcode does not know this page"));
    expect(services.effects.closed).toBe(false);
    button(/^Yes, fill the code of/).click();
    await until(() => services.effects.closed);
    const fills = state.log.filter(({ name }) => name === "fillEntry");
    expect(fills.map(({ request }) => (request as { confirmed: string }).confirmed)).toEqual([
      "nothing",
      "field",
    ]);
  });

  test("several possible entries are all offered, with a warning", async () => {
    const matches = ["production", "root"];
    await open({ entries: sample.everyKind, prompt: { ...prompt, matches, certain: false } });
    await sees("More than one entry may fit");
    expect(rows().filter((row) => row.textContent === "Fill the code")).toHaveLength(2);
  });

  test("an entry that is not known to fit can be filled from its own screen", async () => {
    const { state, services } = await open({
      entries: [sample.staging],
      prompt: { ...prompt, matches: [] },
    });
    await sees("no entry fits its account");
    button(/^Edit/).click();
    await until(() => hasButton("Fill its code in this tab"));
    button("Fill its code in this tab").click();
    await until(() => services.effects.closed);
    expect(state.log.at(-1)?.request).toEqual({
      entryId: "staging",
      tabId: 7,
      confirmed: "nothing",
    });
  });

  test("no field to fill means copying", async () => {
    const { asked, services } = await open({
      entries: sample.everyKind,
      prompt: { ...prompt, kind: "chooser" },
    });
    await sees("Choose the authenticator app there first");
    press("Enter", search());
    await until(() => services.effects.copied.length === 1);
    expect(asked()).not.toContain("fillEntry");
  });
});

test("locks at once", async () => {
  const { asked } = await open({ entries: [sample.production] });
  button("Lock now").click();
  await until(() => hasButton("Unlock"));
  expect(asked()).toContain("lockVault");
  expect(pageText()).not.toContain(groupDigits(codeOf("production")));
});

test("opens the settings", async () => {
  const { services } = await open({ entries: [sample.production] });
  button("Settings").click();
  expect(services.effects.opened).toEqual(["options"]);
});

describe("an entry", () => {
  test("is renamed, and the list shows the new name", async () => {
    const { state } = await open({ entries: [sample.production] });
    button(/^Edit/).click();
    await until(() => hasButton("Save"));
    await type(field("Account alias"), " example-new ");
    await type(field("Account ID"), "1234-5678-9012");
    button("Save").click();
    await until(() => announced().join().includes("Saved: example-new"));
    const edit = state.log.find(({ name }) => name === "editEntries");
    const changes = { accountAlias: "example-new", accountId: "123456789012" };
    expect(edit?.request).toEqual({ edits: [{ entryId: "production", edit: changes }] });
  });

  test("has the focus again after its screen was left", async () => {
    await open({ entries: sample.everyKind });
    button(/^Edit example-production, alice/).click();
    await until(() => hasButton("Save"));
    button("Back").click();
    await until(() => document.activeElement?.classList.contains("entry-main") ?? false);
    expect(document.activeElement?.textContent).toContain("example-production, alice");
  });

  test("stays on the screen with what was typed when saving failed", async () => {
    await open({ entries: [sample.production], failures: { editEntries: "notSaved" } });
    button(/^Edit/).click();
    await until(() => hasButton("Save"));
    await type(field("Note"), "phone in the drawer");
    button("Save").click();
    await sees("could not be saved");
    expect(field("Note").value).toBe("phone in the drawer");
  });

  test("is deleted, and comes back with Undo, which has the focus", async () => {
    await open({ entries: [sample.production, sample.staging] });
    button(/^Edit 2109/).click();
    await until(() => hasButton("Delete the entry"));
    button("Delete the entry").click();
    await until(() => document.activeElement?.textContent === "Undo");
    expect(rows()).toHaveLength(1);
    button("Undo").click();
    await until(() => rows().length === 2);
    expect(announced().join()).toContain("Restored: 2109-8765-4321");
  });
});

test("messages call an entry as the list does, by what others know of its account", async () => {
  const second = sample.entry("second", {
    accountId: "123456789012",
    userName: "bob",
    identityKind: "iamUser",
  });
  await open({ entries: [sample.production, second] });
  button(/^Edit example-production, .*bob/).click();
  await until(() => hasButton("Delete the entry"));
  button("Delete the entry").click();
  await until(() => announced().join().includes("Deleted: example-production, "));
  button("Undo").click();
  await until(() => announced().join().includes("Restored: example-production, "));
});

describe("AWS's clock", () => {
  test.each([
    [{ state: "corrected", offsetSeconds: 40 }, "AWS's clock is 40 s ahead of this computer's"],
    [{ state: "corrected", offsetSeconds: -7 }, "AWS's clock is 7 s behind this computer's"],
    [{ state: "tooFarOff", offsetSeconds: 4000 }, "more than 15 minutes apart"],
  ] as const)("is spoken of when it differs: %o", async (clock, text) => {
    await open({ entries: [sample.staging], clock });
    await sees(text);
  });

  test.each(["agrees", "unknown"] as const)("is not spoken of when it %s", async (state) => {
    await open({ entries: [sample.staging], clock: { state } });
    await sees("2109-8765-4321");
    expect(pageText()).not.toContain("clock");
  });
});
