// @vitest-environment happy-dom
import { afterEach, describe, expect, test } from "vitest";
import { RequestError } from "../messaging";
import { memoryState, wholeReport } from "../ui/testing/memory-background";
import { memoryKeys, PASSPHRASE, RECOVERY_CODE } from "../ui/testing/memory-services";
import {
  announced,
  button,
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
import { entry, production } from "../ui/testing/sample-entries";
import { Popup } from "./popup";

afterEach(unmount);

describe("without a vault", () => {
  test("leads to the first run and to nothing else", async () => {
    const { services } = await mount(Popup, { vault: "absent" });
    expect(document.querySelectorAll("button")).toHaveLength(1);
    button("Create the vault").click();
    expect(services.effects.opened).toEqual(["welcome"]);
  });
});

describe("with a locked vault", () => {
  const locked = { vault: "locked" as const, entries: [production] };

  test("takes the focus to the passphrase and opens with it", async () => {
    await mount(Popup, locked);
    await until(() => document.activeElement === field("Passphrase"));
    await type(field("Passphrase"), PASSPHRASE);
    press("Enter", field("Passphrase"));
    await sees("example-production");
  });

  test("shows no code before it is open", async () => {
    const { asked } = await mount(Popup, locked);
    expect(asked()).not.toContain("readCodes");
    expect(asked()).not.toContain("listEntries");
  });

  test("says that a passphrase is wrong and asks the background nothing", async () => {
    const { asked } = await mount(Popup, locked);
    await type(field("Passphrase"), "nonsense");
    press("Enter", field("Passphrase"));
    await sees("does not open the vault");
    expect(announced().join()).toContain("does not open the vault");
    expect(document.activeElement).toBe(field("Passphrase"));
    expect(field("Passphrase").getAttribute("aria-invalid")).toBe("true");
    expect(asked()).not.toContain("unlockVault");
  });

  test("takes the words back when the passphrase is typed again", async () => {
    await mount(Popup, locked);
    await type(field("Passphrase"), "nonsense");
    press("Enter", field("Passphrase"));
    await sees("does not open the vault");
    await type(field("Passphrase"), "nonsens");
    await until(() => !pageText().includes("does not open the vault"));
  });

  test("says that it is at work, and starts nothing twice", async () => {
    let unlocks = 0;
    const keys = {
      ...memoryKeys(),
      unlock: () => {
        unlocks++;
        return new Promise<never>(() => undefined);
      },
    };
    await mount(Popup, locked, { keys });
    await type(field("Passphrase"), PASSPHRASE);
    press("Enter", field("Passphrase"));
    await sees("Unlocking");
    press("Enter", field("Passphrase"));
    expect(unlocks).toBe(1);
  });

  test("opens with the recovery code and leads on to a new passphrase", async () => {
    const { services } = await mount(Popup, locked);
    button("Use the recovery code instead").click();
    await until(() => pageText().includes("Nine groups"));
    await type(field("Recovery code"), RECOVERY_CODE);
    press("Enter", field("Recovery code"));
    await sees("example-production");
    expect(services.effects.opened).toEqual(["options#passphrase"]);
  });

  test("hides the passphrase until asked", async () => {
    await mount(Popup, locked);
    expect(field("Passphrase").type).toBe("password");
    button("Show what is typed: Passphrase").click();
    await until(() => field("Passphrase").type === "text");
  });
});

describe("with a vault that cannot be read", () => {
  test("saves what is stored, for whoever can rescue it", async () => {
    const saved: string[] = [];
    const saveFile = async (_name: string, bytes: Uint8Array<ArrayBuffer>) => {
      saved.push(new TextDecoder().decode(bytes));
      return { readBack: bytes };
    };
    const state = { vault: "locked", failures: { unlockVault: "bodyUnreadable" } } as const;
    await mount(Popup, state, { saveFile });
    await type(field("Passphrase"), PASSPHRASE);
    button("Unlock").click();
    await sees("The vault cannot be read");
    button("Save what is stored, still encrypted").click();
    await until(() => saved.length === 1);
    expect(JSON.parse(saved[0] ?? "")).toEqual({ h0: "header", b0: "body" });
  });

  test("says that it is kept and offers no way to start afresh over it", async () => {
    await mount(Popup, { vault: "locked", failures: { unlockVault: "bodyUnreadable" } });
    await type(field("Passphrase"), PASSPHRASE);
    press("Enter", field("Passphrase"));
    await sees("The vault cannot be read");
    expect(pageText()).toContain("left exactly as it was");
    expect(pageText()).toContain("bodyUnreadable");
    const names = [...document.querySelectorAll("button")].map((one) => one.textContent);
    expect(names).toEqual(["Try again", "Save what is stored, still encrypted"]);
    button("Try again").click();
    await until(() => hasButton("Unlock"));
  });
});

describe("with an earlier state in place of a vault that cannot be read", () => {
  const rescued = {
    entries: [production],
    report: { ...wholeReport, damaged: [{ key: "b0", damage: "unreadable" } as const] },
    care: { backupDue: true, passphraseDue: false },
    rescue: { savedAt: 1_790_000_000, entries: 1 },
  };

  test("says which it is above the codes, and nothing else, and leads to the settings", async () => {
    const { services } = await mount(Popup, rescued);
    await sees("example-production");
    expect(pageText()).toContain("The vault itself cannot be read");
    expect(pageText()).toContain("1 entry");
    expect(pageText()).not.toContain("Another copy is in use");
    expect(pageText()).not.toContain("in no backup");
    button("See to it").click();
    expect(services.effects.opened).toEqual(["options#rescue"]);
  });

  test("says why a change was refused", async () => {
    await mount(Popup, { ...rescued, failures: { editEntries: "readOnly" } });
    await sees("example-production");
    button(/^Edit/).click();
    await until(() => hasButton("Save"));
    button("Save").click();
    await sees("Nothing was changed: this is an earlier state");
  });
});

test("says when the background does not answer, and tries again", async () => {
  const { state } = await mount(Popup, { failures: { readPopup: "noAnswer" } });
  expect(pageText()).toContain("did not answer");
  state.failures = {};
  button("Try again").click();
  await sees("No entries yet");
});

test("says what was damaged when the vault was opened, until that is put away", async () => {
  await mount(Popup, {
    entries: [production],
    report: { ...wholeReport, damaged: [{ key: "b1", damage: "unreadable" }] },
  });
  expect(pageText()).toContain("Another copy is in use");
  button("Close this message").click();
  await until(() => !pageText().includes("Another copy is in use"));
});

test("asks to unlock again when the vault was locked meanwhile", async () => {
  const { state } = await mount(Popup, { entries: [production] });
  await sees("example-production");
  button(/^Edit/).click();
  await until(() => hasButton("Save"));
  state.vault = "locked";
  button("Save").click();
  await until(() => hasButton("Unlock"));
});

describe("with more entries than the first screen needs", () => {
  const entries = Array.from({ length: 60 }, (_, at) =>
    entry(`e${at}`, { accountAlias: `account-${String(at).padStart(2, "0")}`, userName: "alice" }),
  );
  const most = { entries, sentFirst: 12 };
  const search = () => document.querySelector("header input") as HTMLInputElement;

  test("brings the others by itself, with their codes", async () => {
    const { asked } = await mount(Popup, most);
    await sees("account-00");
    expect(asked()).not.toContain("listEntries");
    await type(search(), "account-59");
    await sees("account-59");
    expect(pageText()).not.toContain("account-00");
    await until(() =>
      /\d{3} \d{3}/.test(document.querySelector(".entry .code")?.textContent ?? ""),
    );
    expect(asked().filter((name) => name === "listEntries")).toHaveLength(1);
  });

  test("does not say that nothing was found before they are there", async () => {
    const { state } = await mount(Popup, { ...most, failures: { listEntries: "noAnswer" } });
    await sees("account-00");
    await type(search(), "account-59");
    await sees("did not answer");
    expect(pageText()).not.toContain("No entry matches");
    state.failures = {};
    await sees("account-59");
  });

  test("moves none before they are there", async () => {
    const { asked } = await mount(Popup, { ...most, failures: { listEntries: "noAnswer" } });
    await sees("account-00");
    document
      .querySelector(".entry-main")
      ?.dispatchEvent(
        new KeyboardEvent("keydown", { key: "ArrowDown", altKey: true, bubbles: true }),
      );
    await sees("did not answer");
    expect(asked()).not.toContain("editEntries");
  });
});

test("follows the theme of the settings", async () => {
  const settings = { ...memoryState().settings, theme: "dark" as const };
  await mount(Popup, { settings });
  await until(() => document.documentElement.dataset.theme === "dark");
  await mount(Popup, { settings: { ...settings, theme: "system" } });
  await until(() => document.documentElement.dataset.theme === undefined);
});

test("names what it has no words for", async () => {
  const failing = async () => {
    throw new RequestError({ kind: "newKindOfTrouble" });
  };
  await mount(Popup, { vault: "locked" }, { keys: { ...memoryKeys(), unlock: failing } });
  await type(field("Passphrase"), PASSPHRASE);
  press("Enter", field("Passphrase"));
  await sees("newKindOfTrouble");
});

test("a backup that is due is said, with the way there", async () => {
  const { services } = await mount(Popup, { care: { backupDue: true, passphraseDue: false } });
  await sees("There are changes that are in no backup");
  button("See to it").click();
  expect(services.effects.opened).toEqual(["options#backup"]);
});
