// @vitest-environment happy-dom
import { afterEach, describe, expect, test } from "vitest";
import { Popup } from "../popup/popup";
import type { MemoryState } from "./testing/memory-background";
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
} from "./testing/mount";
import { entry, production } from "./testing/sample-entries";

afterEach(unmount);

const SECRET = "MADEUPMADEUP";
const URI = `otpauth://totp/Amazon%20Web%20Services:alice@123456789012?secret=${SECRET}&issuer=Amazon%20Web%20Services`;
const LABEL = "Secret key or otpauth:// address";

async function openForm(state: Partial<MemoryState> = {}) {
  const mounted = await mount(Popup, { entries: [production], ...state });
  await until(() => hasButton("Add an entry"));
  button("Add an entry").click();
  await until(() => hasButton("Save the entry"));
  return mounted;
}

const savable = () => button("Save the entry").getAttribute("aria-disabled") !== "true";

describe("adding an entry", () => {
  test("shows what a key URI says before it is saved", async () => {
    const { asked } = await openForm();
    expect(savable()).toBe(false);
    await type(field(LABEL), `  ${URI}\n`);
    await sees("1234-5678-9012");
    expect(pageText()).toContain("6 digits, new every 30 s, SHA-1");
    expect(asked()).not.toContain("addEntry");
    await until(savable);
    button("Save the entry").click();
    // As the list calls it, which knows the alias from the other entry.
    await until(() => announced().join().includes("Added: example-production, alice"));
  });

  test("asks for the names when a secret key is given", async () => {
    const { state } = await openForm();
    await type(field(LABEL), "MADE UPMA DEUP");
    await until(() => state.log.some(({ name }) => name === "previewEntry"));
    expect(field("Service").value).toBe("Amazon Web Services");
    expect(savable()).toBe(false);
    await type(field("Account name"), "alice@example-corp");
    await sees("example-corp");
    await until(savable);
    button("Save the entry").click();
    await sees("Added: example-corp");
    expect(state.log.find(({ name }) => name === "addEntry")?.request).toEqual({
      kind: "secretKey",
      secretKey: "MADE UPMA DEUP",
      issuer: "Amazon Web Services",
      accountName: "alice@example-corp",
    });
  });

  test("says what is wrong with a key, and what to do", async () => {
    await openForm();
    await type(field(LABEL), "made up 0189");
    await sees("a character other than the letters A to Z and the digits 2 to 7");
    expect(field(LABEL).getAttribute("aria-invalid")).toBe("true");
    expect(savable()).toBe(false);
  });

  test("says which entry has the secret already", async () => {
    await openForm({ entries: [entry(SECRET, { accountAlias: "example-known" })] });
    await type(field(LABEL), URI);
    await sees("You have this one already: example-known");
    expect(savable()).toBe(false);
  });

  test("restores a deleted entry that has the secret", async () => {
    await openForm({ entries: [entry(SECRET, { accountAlias: "example-old", deletedAt: 1 })] });
    await type(field(LABEL), URI);
    await sees("You deleted this entry: example-old");
    button("Restore").click();
    await until(() => hasButton(/^Edit example-old/));
  });

  test("does not add a counter-based secret", async () => {
    await openForm();
    await type(field(LABEL), URI.replace("totp", "hotp"));
    await sees("counter-based (HOTP)");
    expect(savable()).toBe(false);
  });

  test("keeps what was typed when saving failed", async () => {
    await openForm({ failures: { addEntry: "notSaved" } });
    await type(field(LABEL), URI);
    await until(savable);
    button("Save the entry").click();
    await sees("could not be saved");
    expect(field(LABEL).value).toBe(URI);
  });

  test("goes back without saving", async () => {
    const { asked } = await openForm();
    button("Cancel").click();
    await until(() => hasButton("Add an entry"));
    expect(asked()).not.toContain("addEntry");
  });
});
