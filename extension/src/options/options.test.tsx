// @vitest-environment happy-dom
import { afterEach, describe, expect, test } from "vitest";
import { recoveryGroups } from "../ui/recovery-groups";
import { memoryState } from "../ui/testing/memory-background";
import { PASSPHRASE, RECOVERY_CODE } from "../ui/testing/memory-services";
import {
  announced,
  button,
  field,
  hasButton,
  mount,
  pageText,
  sees,
  type,
  unmount,
  until,
} from "../ui/testing/mount";
import { Options } from "./options";

afterEach(unmount);

const NEW_PASSPHRASE = "another made-up passphrase";

async function open(
  state: Parameters<typeof mount>[1] = {},
  overrides: Parameters<typeof mount>[2] = {},
) {
  const mounted = await mount(Options, state, overrides);
  await sees("Lock after");
  return mounted;
}

function choose(label: string, value: string) {
  const select = field(label);
  select.value = value;
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

/** The box whose label begins so; its hint follows. */
function checkbox(label: string): HTMLInputElement {
  const found = [...document.querySelectorAll("label")].find((candidate) =>
    candidate.textContent?.startsWith(label),
  );
  return found?.querySelector("input") as HTMLInputElement;
}

describe("the settings", () => {
  test("are saved as soon as they are changed, and that is said", async () => {
    const { state } = await open();
    choose("Lock after", "60");
    await until(() => announced().includes("Saved"));
    expect(state.settings.autoLockMinutes).toBe(60);
    field("Dark").click();
    await until(() => state.settings.theme === "dark");
    await until(() => document.documentElement.dataset.theme === "dark");
    expect(state.settings.autoLockMinutes).toBe(60);
  });

  test("turn the offer in the page off", async () => {
    const { state } = await open();
    document.querySelector<HTMLInputElement>('input[type="checkbox"]')?.click();
    await until(() => !state.settings.offerInPage);
  });

  test("press the page's button only when that is turned on", async () => {
    const { state } = await open();
    expect(checkbox("Press the page").checked).toBe(false);
    checkbox("Press the page").click();
    await until(() => state.settings.submitAfterFill);
  });

  test("clear copied codes once the browser gave the permission", async () => {
    const { state } = await open();
    checkbox("Clear copied codes").click();
    await until(() => state.settings.clearClipboard);
  });

  test("leave copied codes alone when the permission was refused, and say so", async () => {
    const { state } = await open({}, { allowClipboard: async () => false });
    checkbox("Clear copied codes").click();
    await sees("Without the permission");
    expect(state.settings.clearClipboard).toBe(false);
    expect(checkbox("Clear copied codes").checked).toBe(false);
  });

  test("show a stored value that is not among the choices", async () => {
    await open({
      settings: { ...memoryState().settings, autoLockMinutes: 90, idleLockMinutes: 0 },
    });
    expect(field("Lock after").value).toBe("90");
    expect(pageText()).toContain("90 minutes");
    expect(field("Lock when the computer is idle for").value).toBe("0");
  });

  test("go back to what is in force when saving failed", async () => {
    await open({ failures: { saveSettings: "noAnswer" } });
    choose("Lock after", "60");
    await sees("did not answer");
    await until(() => field("Lock after").value === "15");
  });

  test("say where the data lives and which version this is", async () => {
    await open();
    expect(pageText()).toContain("In this browser profile on this computer, encrypted.");
    expect(pageText()).toContain("Doorcode 0.1.0");
  });
});

describe("changing the passphrase", () => {
  const change = async (current: string) => {
    await type(field("Current passphrase"), current);
    await type(field("New passphrase"), NEW_PASSPHRASE);
    await type(field("Repeat the passphrase"), NEW_PASSPHRASE);
    button("Change the passphrase").click();
  };

  test("writes a new header and empties the fields", async () => {
    const { asked } = await open();
    await change(PASSPHRASE);
    await sees("The passphrase is changed");
    expect(asked()).toContain("replaceHeader");
    expect(field("Current passphrase").value).toBe("");
    expect(field("New passphrase").value).toBe("");
  });

  test("asks to unlock when the vault was locked meanwhile", async () => {
    const { state } = await open();
    state.vault = "locked";
    await change(PASSPHRASE);
    await until(() => hasButton("Unlock"));
  });

  test("changes nothing when the current one is wrong", async () => {
    const { asked } = await open();
    await change("nonsense");
    await sees("does not open the vault");
    expect(asked()).not.toContain("replaceHeader");
  });

  test("works with the recovery code for who forgot the passphrase", async () => {
    const { asked } = await open();
    button("Use the recovery code instead").click();
    await until(() => hasButton("Use the passphrase instead"));
    await type(field("Recovery code"), RECOVERY_CODE);
    await type(field("New passphrase"), NEW_PASSPHRASE);
    await type(field("Repeat the passphrase"), NEW_PASSPHRASE);
    button("Change the passphrase").click();
    await sees("The passphrase is changed");
    expect(asked()).toContain("replaceHeader");
  });
});

describe("a new recovery code", () => {
  const groups = recoveryGroups(RECOVERY_CODE);

  test("is in force only after it was asked back", async () => {
    const { asked } = await open();
    await type(field("Current passphrase", 1), PASSPHRASE);
    button("Make a new recovery code").click();
    await sees(groups[0] ?? "");
    button("I have written it down").click();
    await until(() => hasButton("Replace the old code"));
    expect(asked()).not.toContain("replaceHeader");
    await type(field("Group 2"), groups[1] ?? "");
    await type(field("Group 3"), groups[2] ?? "");
    button("Replace the old code").click();
    await sees("The new recovery code is in force");
    expect(asked()).toContain("replaceHeader");
  });

  test("is given up by Cancel", async () => {
    const { asked } = await open();
    await type(field("Current passphrase", 1), PASSPHRASE);
    button("Make a new recovery code").click();
    await until(() => hasButton("Cancel"));
    button("Cancel").click();
    await until(() => hasButton("Make a new recovery code"));
    expect(asked()).not.toContain("replaceHeader");
  });
});

test("with a locked vault, asks to unlock before its keys are changed", async () => {
  await open({ vault: "locked" });
  expect(hasButton("Change the passphrase")).toBe(false);
  await type(field("Passphrase"), PASSPHRASE);
  button("Unlock").click();
  await until(() => hasButton("Change the passphrase"));
});

test("without a vault, leads to the first run", async () => {
  const { services } = await open({ vault: "absent" });
  button("Create the vault").click();
  expect(services.effects.opened).toEqual(["welcome"]);
});
