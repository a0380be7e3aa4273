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
import { everyKind, production } from "../ui/testing/sample-entries";
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

describe("with an earlier state in place of a vault that cannot be read", () => {
  const rescued = { entries: [production], rescue: { savedAt: 1_790_000_000, entries: 1 } };

  test("offer what changes nothing, and to go on after a second word", async () => {
    const { state } = await open(rescued);
    const titles = [...document.querySelectorAll("h2")].map((title) => title.textContent);
    expect(titles).toContain("An earlier state is shown");
    expect(titles).toContain("Backup");
    expect(titles).not.toContain("Earlier states");
    expect(titles).not.toContain("Restore a backup");
    button("Go on from this state").click();
    await sees("From now on this state is the vault");
    expect(state.log.map(({ name }) => name)).not.toContain("goOn");
    button("Go on from this state").click();
    await until(() => state.rescue === undefined);
    await sees("Earlier states");
  });

  test("say when going on failed, and go on showing it", async () => {
    await open({ ...rescued, failures: { goOn: "notSaved" } });
    button("Go on from this state").click();
    await sees("From now on this state is the vault");
    button("Go on from this state").click();
    await sees("The change could not be saved");
    expect(pageText()).toContain("An earlier state is shown");
  });
});

describe("the contents", () => {
  const links = () => [...document.querySelectorAll<HTMLAnchorElement>("nav a")];
  const titles = () => [...document.querySelectorAll("section > h2")];

  test("lead to every section, in the order of the page", async () => {
    await open({ entries: everyKind });
    await until(() => links().length > 10);
    expect(links().map(({ textContent }) => textContent)).toEqual(
      titles().map(({ textContent }) => textContent),
    );
    const sections = links().map(({ hash }) => document.querySelector(hash));
    expect(sections).toEqual(titles().map((title) => title.parentElement));
  });

  test("follow what is there", async () => {
    const { state } = await open({
      entries: [production],
      rescue: { savedAt: 1_790_000_000, entries: 1 },
    });
    await until(() => links()[0]?.textContent === "An earlier state is shown");
    button("Go on from this state").click();
    await sees("From now on this state is the vault");
    button("Go on from this state").click();
    await until(() => state.rescue === undefined);
    await until(() => links()[0]?.textContent === "Locking");
    expect(links().map(({ textContent }) => textContent)).toContain("Earlier states");
  });
});

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
    checkbox("Offer the code beside the field").click();
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

/** The section with this heading. */
function section(title: string): HTMLElement {
  const found = [...document.querySelectorAll("section")].find(
    (candidate) => candidate.querySelector("h2")?.textContent === title,
  );
  if (!found) throw new Error(`no section ${title}`);
  return found;
}

async function typePassphrase(title: string, passphrase = PASSPHRASE) {
  const input = section(title).querySelector<HTMLInputElement>('input[type="password"]');
  if (!input) throw new Error(`no passphrase in ${title}`);
  await type(input, passphrase);
}

async function chooseFile(title: string, bytes: string) {
  const input = section(title).querySelector<HTMLInputElement>('input[type="file"]');
  if (!input) throw new Error(`no file field in ${title}`);
  Object.defineProperty(input, "files", { value: [new File([bytes], "file")] });
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

describe("a backup", () => {
  test("is done once it was read back and compared", async () => {
    const { asked, services } = await open();
    await typePassphrase("Backup");
    button("Make a backup").click();
    await sees("was written, read back and compared");
    expect(services.effects.saved).toEqual([expect.stringMatching(/^doorcode-.*\.backup$/)]);
    expect(asked()).toContain("backupKept");
  });

  test("that was read back otherwise is not called done", async () => {
    const saveFile = async () => ({ readBack: new Uint8Array([1, 2, 3]) });
    const { asked } = await open({}, { saveFile });
    await typePassphrase("Backup");
    button("Make a backup").click();
    await sees("What was read back is not the backup");
    expect(asked()).not.toContain("backupKept");
  });

  test("is compared with the file the user shows, where the browser does not read it back", async () => {
    const { asked } = await open({}, { saveFile: async () => ({ readBack: undefined }) });
    await typePassphrase("Backup");
    button("Make a backup").click();
    await sees("Choose that file here");
    await chooseFile("Backup", "another file");
    await sees("What was read back is not the backup");
    expect(asked()).not.toContain("backupKept");
  });

  test("is not made with a wrong passphrase", async () => {
    const { asked } = await open();
    await typePassphrase("Backup", "nonsense");
    button("Make a backup").click();
    await sees("does not open the vault");
    expect(asked()).not.toContain("makeBackup");
  });

  test("is asked for when changes are in none", async () => {
    await open({ care: { backupDue: true, passphraseDue: false } });
    expect(pageText()).toContain("There are changes that are in no backup");
  });

  test("that is put back shows what would change before anything does", async () => {
    const plan = { ...memoryState().plan, add: [production], keep: 2 };
    const { asked } = await open({ plan });
    await chooseFile("Restore a backup", "backup");
    await until(() => section("Restore a backup").querySelector("form") !== null);
    await typePassphrase("Restore a backup");
    button("Open the backup").click();
    await sees("Adds 1 entry");
    expect(pageText()).toContain("2 entries stay as they are");
    expect(asked()).not.toContain("restoreBackup");
    button("Restore").click();
    await sees("Restored. How it was before");
    expect(asked()).toContain("restoreBackup");
  });
});

describe("taking entries elsewhere", () => {
  test("shows a sheet with a QR code and the secret key of each entry", async () => {
    const { services } = await open({ entries: everyKind });
    await typePassphrase("Export entries");
    button("Show the sheet").click();
    await sees("Secret key: JBSW Y3DP EHPK 3PXP");
    const kept = everyKind.filter(({ deletedAt }) => deletedAt === undefined);
    expect(document.querySelectorAll("svg.qr-code")).toHaveLength(kept.length);
    button("Print").click();
    expect(services.effects.printed).toBe(1);
  });

  test("warns that a list is not encrypted, and asks for the passphrase", async () => {
    const { asked, services } = await open({ entries: everyKind });
    choose("Format", "list");
    await sees("The list is not encrypted");
    await typePassphrase("Export entries", "nonsense");
    button("Save the list").click();
    await sees("does not open the vault");
    expect(asked()).not.toContain("exportEntries");
    await typePassphrase("Export entries");
    button("Save the list").click();
    await until(() => services.effects.saved.length === 1);
    await sees("The file was written, read back and compared: 7 entries.");
  });

  /** The part that exports, with an encrypted file chosen and its form filled in. */
  async function fillEncrypted(password: string, repeated = password) {
    choose("Format", "aegisEncrypted");
    await sees("It gets a password of its own");
    await type(partField("Current passphrase"), PASSPHRASE);
    await type(partField("New password for the file"), password);
    await type(partField("Repeat the password"), repeated);
    button("Save the file").click();
  }
  const partField = (label: string) => {
    const part = section("Export entries");
    const found = [...part.querySelectorAll("label")].find(
      ({ textContent }) => textContent === label,
    );
    return found?.control as HTMLInputElement;
  };

  test("asks twice for the password of an encrypted file, and not for an easy one", async () => {
    const { asked, services } = await open({ entries: everyKind });
    await fillEncrypted("short");
    await sees("Too short");
    await fillEncrypted(NEW_PASSPHRASE, "another one");
    await sees("The two are not the same");
    expect(asked()).not.toContain("exportEntries");
    await fillEncrypted(NEW_PASSPHRASE);
    await sees("The file was written, read back and compared: 7 entries.");
    expect(services.effects.saved).toEqual(["doorcode-aegis-encrypted.json"]);
  });

  test("says so when the saved file is not what was written", async () => {
    const saveFile = async () => ({ readBack: new Uint8Array([1]) });
    await open({ entries: everyKind }, { saveFile });
    choose("Format", "aegis");
    await sees("The file is not encrypted");
    await typePassphrase("Export entries");
    button("Save the file").click();
    await sees("is not the export");
    expect(pageText()).not.toContain("read back and compared: 7");
  });

  test("claims no more than it knows where the browser does not show the saved file", async () => {
    const saveFile = async () => ({ readBack: undefined });
    await open({ entries: everyKind }, { saveFile });
    choose("Format", "aegis");
    await sees("The file is not encrypted");
    await typePassphrase("Export entries");
    button("Save the file").click();
    await sees("The browser does not say whether it arrived");
  });

  test("shows codes for a phone one after the other, and names what is in none", async () => {
    await open({ entries: everyKind });
    choose("Format", "phone");
    await sees("Whoever sees these QR codes");
    await typePassphrase("Export entries");
    button("Show the QR codes").click();
    await sees("Part 1 of 6");
    expect(pageText()).toContain("These QR codes cannot carry 1 entry");
    expect(document.querySelectorAll(".phone-qr svg")).toHaveLength(1);
    button("Next").click();
    await sees("Part 2 of 6");
    button("Close the QR codes").click();
    await until(() => document.querySelector(".phone-qr svg") === null);
  });
});

test("a deleted entry is listed and comes back", async () => {
  const entry = production;

  const deletedAt = Math.floor(Date.now() / 1000) - 3 * 24 * 3600;
  const { state } = await open({ entries: [{ ...entry, deletedAt }] });
  await sees("Kept for 27 more days");
  section("Deleted entries").querySelector<HTMLButtonElement>("button")?.click();
  await sees("Restored:");
  expect(state.entries[0]).not.toHaveProperty("deletedAt");
});

test("an earlier state is looked at before it is gone back to", async () => {
  const earlier = [{ rev: 4, savedAt: 1_790_000_000, entries: 3 }];
  const entry = production;
  const plan = { ...memoryState().plan, delete: [entry], keep: 1 };
  const { asked } = await open({ earlier, plan });
  await sees("3 entries");
  button("Look").click();
  await sees("Deletes 1 entry, recoverably");
  expect(asked()).not.toContain("restoreEarlier");
  button("Go back to this state").click();
  await sees("The vault is as it was then");
});

test("a new key is in force only after its recovery code was asked back", async () => {
  const groups = recoveryGroups(RECOVERY_CODE);
  const { asked } = await open();
  await typePassphrase("New encryption key");
  button("Make a new encryption key").click();
  await sees(groups[0] ?? "");
  button("I have written it down").click();
  await until(() => hasButton("Encrypt everything anew"));
  expect(asked()).not.toContain("rotateKey");
  await type(field("Group 2"), groups[1] ?? "");
  await type(field("Group 3"), groups[2] ?? "");
  button("Encrypt everything anew").click();
  await sees("Everything is encrypted under the new key");
  expect(asked()).toContain("rotateKey");
});

test("a passkey is not offered where the browser ties it to websites", async () => {
  await open();
  expect(pageText()).toContain("it ties passkeys to websites");
});

test("a passkey is added with the passphrase", async () => {
  const passkeys = {
    make: async () => ({ credentialId: "AQ", salt: "AQ", output: new Uint8Array(32) }),
    ask: async () => new Uint8Array(32),
  };
  const { asked } = await open({}, { passkeys });
  await typePassphrase("Passkey");
  button("Add a passkey").click();
  await sees("The passkey opens the vault from now on");
  expect(asked()).toContain("replaceHeader");
});

test("the passphrase can be tried while the vault is open", async () => {
  await open({ care: { backupDue: false, passphraseDue: true } });
  expect(pageText()).toContain("You have not typed your passphrase for a while");
  await typePassphrase("Do you still know your passphrase?");
  button("Check it").click();
  await sees("That is right");
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
