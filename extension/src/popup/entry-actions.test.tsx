// @vitest-environment happy-dom
import { afterEach, describe, expect, test } from "vitest";
import { groupDigits } from "../ui/code-clock";
import type { PageServices } from "../ui/services";
import { type MemoryState, madeUpCode, memoryState } from "../ui/testing/memory-background";
import { PASSPHRASE } from "../ui/testing/memory-services";
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
const code = madeUpCode("production", Math.floor(START / 30_000), 6);

async function open(state: Partial<MemoryState>, services: Partial<PageServices> = {}) {
  const time = { now: START };
  const mounted = await mount(Popup, state, { clock: () => time.now, ...services });
  await until(() => document.querySelector(".list") !== null);
  return { ...mounted, time };
}

async function openEntry(state: Partial<MemoryState>, name: RegExp = /^Edit/) {
  const mounted = await open(state);
  button(name).click();
  await until(() => hasButton("Save"));
  return mounted;
}

const row = (entryId: string) =>
  document.querySelector<HTMLElement>(`[data-entry="${entryId}"] [data-primary]`) as HTMLElement;
const order = () =>
  [...document.querySelectorAll<HTMLElement>("[data-entry]")].map((one) => one.dataset.entry);

/** A key with others held. */
function chord(key: string, on: Element, held: Partial<KeyboardEventInit>): void {
  const code = key.length === 1 ? `Key${key.toUpperCase()}` : key;
  on.dispatchEvent(
    new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true, ...held }),
  );
}

describe("codes that are hidden", () => {
  const hideCodes = { ...memoryState().settings, hideCodes: true };
  const hidden = { entries: [sample.production, sample.staging], settings: hideCodes };

  test("are on no part of the page, and are copied without being shown", async () => {
    const { services } = await open(hidden);
    expect(pageText()).not.toContain(groupDigits(code));
    button(/example-production.*Code hidden.*Copy this code/).click();
    await until(() => announced().join().includes("Copied the code of example-production"));
    expect(services.effects.copied).toEqual([code]);
    expect(pageText()).not.toContain(groupDigits(code));
  });

  test("are shown by the eye, one at a time, and hidden again by it", async () => {
    await open(hidden);
    button(/^Show the code of example-production/).click();
    await sees(groupDigits(code));
    button(/^Show the code of 2109/).click();
    await until(() => !pageText().includes(groupDigits(code)));
    button(/^Hide the code of 2109/).click();
    await until(() => !hasButton(/^Hide the code/));
  });

  test("hide by themselves after 20 seconds", async () => {
    const { time } = await open(hidden);
    button(/^Show the code of example-production/).click();
    await until(() => hasButton(/^Hide the code/));
    time.now += 21_000;
    await until(() => !hasButton(/^Hide the code/));
  });

  test("are shown and hidden by the arrow keys on an entry", async () => {
    await open(hidden);
    row("production").focus();
    press("ArrowRight");
    await sees(groupDigits(code));
    press("ArrowLeft", row("production"));
    await until(() => !pageText().includes(groupDigits(code)));
  });
});

describe("the list in an order of one's own", () => {
  const entries = [sample.production, sample.staging, sample.elsewhere];

  test("takes an entry down by Alt and arrow, keeps the focus on it, and puts it back", async () => {
    const { asked } = await open({ entries });
    const before = order();
    row(String(before[0])).focus();
    chord("ArrowDown", row(String(before[0])), { altKey: true });
    await until(() => order()[1] === before[0]);
    expect(document.activeElement).toBe(row(String(before[0])));
    expect(asked().filter((name) => name === "editEntries")).toHaveLength(1);
    chord("z", document.body, { ctrlKey: true });
    await until(() => order().join() === before.join());
    expect(announced()).toContain("Undone");
  });

  test("pins an entry by Alt and P, and takes it back with the button", async () => {
    const { state } = await open({ entries });
    row("production").focus();
    chord("p", row("production"), { altKey: true });
    await until(() => order()[0] === "production");
    expect(document.activeElement).toBe(row("production"));
    button("Undo").click();
    await until(() => state.entries.every(({ pinned }) => !pinned));
  });

  test("is given up for that of the names by a button, which is there as long as needed", async () => {
    await open({ entries });
    const before = order();
    expect(hasButton("Order by name")).toBe(false);
    row(String(before[0])).focus();
    chord("ArrowDown", row(String(before[0])), { altKey: true });
    await until(() => order()[1] === before[0]);
    const moved = order();
    button("Order by name").click();
    await until(() => order().join() === before.join());
    expect(announced()).toContain("Ordered by name");
    expect(hasButton("Order by name")).toBe(false);
    button("Undo").click();
    await until(() => order().join() === moved.join());
    expect(hasButton("Order by name")).toBe(true);
  });

  test("says when a move could not be saved, and stays as it was", async () => {
    await open({ entries, failures: { editEntries: "notSaved" } });
    const before = order();
    row(String(before[0])).focus();
    chord("ArrowDown", row(String(before[0])), { altKey: true });
    await sees("could not be saved");
    expect(order()).toEqual(before);
  });
});

describe("an entry's screen", () => {
  test("opens the sign-in page of its AWS account", async () => {
    const { services } = await openEntry({ entries: [sample.production] });
    button("Open its sign-in page").click();
    expect(services.effects.opened).toEqual([
      "https://example-production.signin.aws.amazon.com/console",
    ]);
  });

  test("copies the command for the AWS CLI with the code that holds", async () => {
    const { services, state } = await openEntry({ entries: [sample.production] });
    button("Copy the command for the AWS CLI").click();
    await until(() => announced().join().includes("18 s"));
    const text = `aws sts get-session-token --serial-number "arn:aws:iam::123456789012:mfa/alice-phone" --token-code ${code} --duration-seconds 43200`;
    expect(services.effects.copied).toEqual([text]);
    const told = state.log.find(({ name }) => name === "codeCopied");
    expect(told?.request, "so that it is cleared like a code").toEqual({
      entryId: "production",
      text,
    });
  });

  test("says what is missing for the one and the other", async () => {
    await openEntry({ entries: [sample.staging] });
    expect(hasButton("Open its sign-in page")).toBe(false);
    expect(pageText()).toContain("To open its sign-in page, fill in: Partition.");
    expect(pageText()).toContain(
      "To sign in to the AWS CLI, fill in: Partition and Name of the MFA device.",
    );
  });

  test("gives a colour to all entries of the AWS account, and takes it back", async () => {
    const { state } = await openEntry(
      { entries: [sample.production, sample.root, sample.staging] },
      /^Edit example-production, alice/,
    );
    [...document.querySelectorAll<HTMLInputElement>('input[name="colour"]')][1]?.click();
    await drawn();
    button("Save").click();
    await until(() => announced().join().includes("Saved"));
    const colours = () => state.entries.map(({ colour }) => colour);
    expect(colours()).toEqual([1, 1, undefined]);
    expect(pageText()).toContain("Production");
    button("Undo").click();
    await until(() => colours().join() === "0,0," && !pageText().includes("Production"));
  });

  test("takes a saved edit back", async () => {
    const { state } = await openEntry({ entries: [sample.production] });
    await type(field("Note"), "in the drawer");
    button("Save").click();
    await until(() => hasButton("Undo"));
    button("Undo").click();
    await until(() => state.entries[0]?.note === undefined);
  });

  test("tells of the user's devices and what to do next", async () => {
    const { services } = await openEntry({ entries: [sample.production] });
    expect(pageText()).toContain("It is the only one");
    button("Add a second device in AWS").click();
    button("Make a backup").click();
    expect(services.effects.opened).toEqual([
      "https://console.aws.amazon.com/iam/home#/security_credentials/mfa",
      "options#backup",
    ]);
  });

  test("names the devices where there are several, and asks for no backup that was made", async () => {
    const second = { ...sample.production, entryId: "second", deviceName: "alice-key" };
    const care = { backupAt: START, backupDue: false, passphraseDue: false };
    await openEntry({ entries: [sample.production, second], care }, /^Edit/);
    const names = [...document.querySelectorAll(".device-list li")].map((one) => one.textContent);
    expect(names.sort()).toEqual(["alice-key", "alice-phone (this one)"].sort());
    expect(hasButton("Make a backup")).toBe(false);
  });
});

describe("the QR code of an entry", () => {
  test("is shown after the passphrase, and of that entry alone", async () => {
    const { state } = await openEntry({ entries: [sample.production, sample.staging] });
    button("Show its QR code").click();
    await until(() => document.activeElement === field("Passphrase"));
    expect(document.querySelector(".qr-code")).toBeNull();
    await type(field("Passphrase"), PASSPHRASE);
    button("Show its QR code").click();
    await until(() => document.querySelector(".qr-code") !== null);
    const asked = state.log.filter(({ name }) => name === "exportEntries");
    expect(asked.map(({ request }) => request)).toMatchObject([{ entryIds: [expect.any(String)] }]);
    button("Back").click();
    await until(() => hasButton("Save"));
    expect(document.querySelector(".qr-code")).toBeNull();
  });

  test("is not shown for a wrong passphrase, and nothing is asked of the vault", async () => {
    const { asked } = await openEntry({ entries: [sample.production] });
    button("Show its QR code").click();
    await until(() => hasButton("Show what is typed: Passphrase"));
    await type(field("Passphrase"), "nonsense");
    button("Show its QR code").click();
    await sees("does not open the vault");
    expect(asked()).not.toContain("exportEntries");
    expect(document.querySelector(".qr-code")).toBeNull();
  });
});

test("a question mark shows the shortcuts, unless something is searched for", async () => {
  await open({ entries: [sample.production] });
  press("?");
  await sees("From entry to entry");
  expect(document.activeElement).toBe(button("Back"));
  button("Back").click();
  await until(() => document.querySelector(".list") !== null);
  await type(document.querySelector("header input") as HTMLInputElement, "what");
  press("?", document.querySelector("header input") as HTMLInputElement);
  await drawn();
  expect(pageText()).not.toContain("From entry to entry");
});

describe("on a Mac", () => {
  const entries = [sample.production, sample.staging];
  // What the keyboard of a Mac types: with Option, E is a dead key and P is π.
  const option = (key: string, code: string) =>
    document.activeElement?.dispatchEvent(
      new KeyboardEvent("keydown", { key, code, altKey: true, bubbles: true, cancelable: true }),
    );

  test("Option and Command do what Alt and Ctrl do elsewhere", async () => {
    await open({ entries }, { isMac: true });
    const before = order();
    row("production").focus();
    option("π", "KeyP");
    await until(() => order()[0] === "production");
    chord("z", document.body, { metaKey: true });
    await until(() => order().join() === before.join());
    row("production").focus();
    option("Dead", "KeyE");
    await until(() => hasButton("Save"));
  });

  test("keys are called by their signs", async () => {
    await open({ entries }, { isMac: true });
    expect(document.querySelector<HTMLElement>(".grip")?.title).toBe("Drag to move, or ⌥↑ and ⌥↓");
    press("?");
    await sees("⌘Z");
    const keys = [...document.querySelectorAll("kbd")].map(({ textContent }) => textContent);
    expect(keys).toEqual(expect.arrayContaining(["⌥E", "⌥P", "⌥↑", "⌥↓", "⌘Z", "⌥⇧D"]));
    expect(keys.join()).not.toMatch(/Alt|Ctrl/);
  });
});

test("a tab that is slow to answer is asked again", async () => {
  const prompt = {
    tabId: 7,
    host: "signin.aws.amazon.com",
    kind: "known",
    matches: ["production"],
    certain: true,
  } as const;
  const { asked } = await open({
    entries: [sample.production],
    slowTab: true,
    prompt: { ...prompt, matches: ["production"] },
  });
  await sees("signin.aws.amazon.com");
  expect(asked()).toContain("readTab");
});
