// @vitest-environment happy-dom
import { afterEach, describe, expect, test } from "vitest";
import { recoveryGroups } from "../ui/recovery-groups";
import { type MemoryState, memoryState } from "../ui/testing/memory-background";
import { PASSPHRASE, RECOVERY_CODE } from "../ui/testing/memory-services";
import {
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
import { production } from "../ui/testing/sample-entries";
import { Welcome } from "./welcome";

afterEach(unmount);

const groups = recoveryGroups(RECOVERY_CODE);

async function choosePassphrase(passphrase: string, repeated = passphrase) {
  await type(field("New passphrase"), passphrase);
  await type(field("Repeat the passphrase"), repeated);
  button("Next").click();
}

async function toRecoveryCode(state: Partial<MemoryState> = {}) {
  const mounted = await mount(Welcome, { vault: "absent", ...state });
  await choosePassphrase(PASSPHRASE);
  await sees("Write down the recovery code");
  return mounted;
}

async function toCheck(state: Partial<MemoryState> = {}) {
  const mounted = await toRecoveryCode(state);
  button("I have written it down").click();
  await sees("Check what you wrote down");
  return mounted;
}

async function confirm() {
  await type(field("Group 2"), groups[1]?.toLowerCase() ?? "");
  await type(field("Group 3"), groups[2] ?? "");
  button("Create the vault").click();
}

describe("choosing a passphrase", () => {
  test("goes on only with one that is long enough", async () => {
    await mount(Welcome, { vault: "absent" });
    await choosePassphrase("too short");
    await sees("Too short: at least 12 characters.");
    expect(field("New passphrase").getAttribute("aria-invalid")).toBe("true");
    expect(pageText()).not.toContain("Write down");
  });

  test("goes on only when both are the same", async () => {
    await mount(Welcome, { vault: "absent" });
    await choosePassphrase(PASSPHRASE, `${PASSPHRASE}!`);
    await sees("The two are not the same");
    expect(pageText()).not.toContain("Write down");
  });
});

describe("the recovery code", () => {
  test("is shown in groups, and nothing is stored yet", async () => {
    const { asked } = await toRecoveryCode();
    const shown = [...document.querySelectorAll(".recovery-groups code")].map((c) => c.textContent);
    expect(shown).toEqual(groups);
    expect(asked()).not.toContain("createVault");
  });

  test("can be copied", async () => {
    const { services } = await toRecoveryCode();
    button("Copy").click();
    await until(() => hasButton("Copied"));
    expect(services.effects.copied).toEqual([groups.join(" ")]);
  });

  test("is asked back, and a wrong group stores nothing", async () => {
    const { asked } = await toCheck();
    await type(field("Group 2"), groups[1] ?? "");
    await type(field("Group 3"), "AAAA");
    button("Create the vault").click();
    await sees("That is not the group asked for");
    expect(field("Group 2").getAttribute("aria-invalid")).toBeNull();
    expect(field("Group 3").getAttribute("aria-invalid")).toBe("true");
    expect(asked()).not.toContain("createVault");
  });

  test("can be looked at again", async () => {
    await toCheck();
    button("Show the code again").click();
    await sees("Write down the recovery code");
    expect(pageText()).toContain(groups[0]);
  });

  test("once confirmed, stores the vault and leads on to the first entry", async () => {
    const { asked } = await toCheck();
    await confirm();
    await sees("Add the first entry");
    expect(asked()).toContain("createVault");
    expect(pageText()).not.toContain(groups[0]);
  });

  test("stays on the page when storing failed", async () => {
    await toCheck({ failures: { createVault: "notSaved" } });
    await confirm();
    await sees("could not be saved");
    expect(hasButton("Create the vault")).toBe(true);
  });
});

describe("taken up again", () => {
  test("starts with the passphrase while nothing is stored", async () => {
    await toCheck();
    await mount(Welcome, { vault: "absent" });
    expect(pageText()).toContain("Choose a passphrase");
  });

  test("asks to unlock a vault that is there", async () => {
    await mount(Welcome, { vault: "locked" });
    await type(field("Passphrase"), PASSPHRASE);
    button("Unlock").click();
    await sees("Add the first entry");
  });

  test("goes on to the first entry when the vault is open and empty", async () => {
    await mount(Welcome);
    await sees("The vault is ready");
    button("Later").click();
    await sees("Doorcode is ready");
    expect(hasButton("Add the first entry")).toBe(true);
  });

  test("goes on to the first entry when all were deleted", async () => {
    await mount(Welcome, memoryState({ entries: [{ ...production, deletedAt: 1 }] }));
    await sees("The vault is ready");
  });

  test("is done when there is an entry", async () => {
    await mount(Welcome, memoryState({ entries: [production] }));
    await sees("Doorcode is ready");
    expect(pageText()).toContain("example-production");
  });
});
