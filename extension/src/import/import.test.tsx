// @vitest-environment happy-dom
import { readdirSync, readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import type { FileService } from "../file-service";
import type { MemoryState } from "../ui/testing/memory-background";
import { FILE_PASSWORD, memoryFiles, PASSPHRASE, words } from "../ui/testing/memory-services";
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
import { entry } from "../ui/testing/sample-entries";
import { formatName } from "./formats";
import { Import } from "./import";
import { refusalWords, refusedName } from "./refusal-words";

afterEach(unmount);

const uri = (name: string, secret: string) => `otpauth://totp/Example:${name}?secret=${secret}`;
const NEW = uri("carol@example", "NEWAAAAA");

/** Gives files to the door, by their names and texts. */
async function give(files: Record<string, string | Blob>): Promise<void> {
  await until(() => document.querySelector("input[type=file]") !== null);
  const input = document.querySelector<HTMLInputElement>("input[type=file]");
  if (input === null) throw new Error(`no door; the page says: ${pageText()}`);
  const chosen = Object.entries(files).map(([name, content]) =>
    Object.assign(content instanceof Blob ? content : new Blob([content]), { name }),
  );
  Object.defineProperty(input, "files", { value: chosen, configurable: true });
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

const open = (state: Partial<MemoryState> = {}, files?: Partial<FileService>) =>
  mount(Import, state, files ? { files: { ...memoryFiles(), ...files } } : {});

const checkboxes = () => [...document.querySelectorAll<HTMLInputElement>("[type=checkbox]")];
const requestOf = (mounted: Awaited<ReturnType<typeof open>>, name: string) =>
  mounted.state.log.filter((asked) => asked.name === name).at(-1)?.request as {
    entries: { uri: string }[];
  };

describe("the door", () => {
  test("shows what is new and saves nothing by itself", async () => {
    const mounted = await open();
    await give({ "list.txt": NEW });
    await sees("1 new entry");
    expect(pageText()).toContain("list.txt · A list of otpauth links");
    expect(mounted.asked()).not.toContain("importEntries");
  });

  test("does not read a file that is larger than any export", async () => {
    let reads = 0;
    await open({}, { read: async () => Promise.reject(new Error(String(reads++))) });
    const large = new Blob(["x"]);
    Object.defineProperty(large, "size", { value: 100_000_000 });
    await give({ "one-line.json": large });
    await sees("one-line.json: This file is too large");
    expect(reads).toBe(0);
  });

  test.each([
    ["unreadable bitwardenAccount", "only the same Bitwarden account can open"],
    ["unreadable openPgp", "Decrypt it with your OpenPGP program"],
    ["unreadable freeOtp", "restore it in FreeOTP+"],
    ["DCK1…", "Open it in the settings, under “Restore a backup”"],
    ["failed unknown", "does not know this file"],
    ["failed costTooHigh", "more work than any program needs"],
    ["failed tooManyEntries", "more than 5,000 entries"],
  ])("says of a file that is %s what to do", async (text, said) => {
    await open();
    await give({ "file.json": text });
    await sees(said);
    expect(announced().join()).toContain(said);
    expect(hasButton("Paste text instead")).toBe(true);
  });

  test("reads what is pasted", async () => {
    await open();
    await until(() => hasButton("Paste text instead"));
    button("Paste text instead").click();
    await until(() => document.querySelector("textarea") !== null);
    const area = document.querySelector("textarea") as HTMLTextAreaElement;
    area.value = NEW;
    area.dispatchEvent(new Event("input", { bubbles: true }));
    await until(() => button("Read the text").getAttribute("aria-disabled") !== "true");
    button("Read the text").click();
    await sees("1 new entry");
  });

  test("gathers the parts of an export in whatever order and form they come", async () => {
    const texts: string[] = [];
    const read: FileService["read"] = async (file, ...rest) => {
      texts.push(new TextDecoder().decode(file));
      return memoryFiles().read(new TextEncoder().encode(NEW), ...rest);
    };
    const picture = new Blob(["pixels"], { type: "image/png" });
    await mount(
      Import,
      {},
      {
        files: { ...memoryFiles(), read },
        readPicture: async () => ["otpauth-migration://offline?data=two"],
      },
    );
    await give({ "three.txt": "otpauth-migration://offline?data=three\n" });
    await sees("1 new entry");
    await give({ "two.png": picture, "one.txt": "otpauth-migration://offline?data=one" });
    await until(() => texts.length === 2);
    expect(texts[1]?.split("\n").map((line) => line.split("=")[1])).toEqual([
      "three",
      "two",
      "one",
    ]);
    await sees("QR codes and links · A list of otpauth links");
    expect(pageText().match(/QR codes and links/g)).toHaveLength(1);
  });
});

describe("an encrypted file", () => {
  test("asks again when the password is wrong, and then opens", async () => {
    await open();
    await give({ "aegis.json": `encrypted\n${NEW}` });
    await sees("aegis.json is encrypted (Aegis)");
    await type(field("Password of this file"), "not this one");
    button("Open the file").click();
    await sees("This password does not open the file");
    expect(field("Password of this file").value).toBe("");
    await type(field("Password of this file"), FILE_PASSWORD);
    button("Open the file").click();
    await sees("1 new entry");
  });

  test("can be left out while the others are read", async () => {
    await open();
    await give({ "aegis.json": "encrypted\n", "list.txt": NEW });
    await sees("aegis.json is encrypted");
    button("Leave this file out").click();
    await sees("1 new entry");
    expect(pageText()).not.toContain("aegis.json");
  });

  test("that takes long is given up, and what was read before stays", async () => {
    await open();
    await give({ "list.txt": NEW });
    await sees("1 new entry");
    await give({ "slow.json": "stuck" });
    await sees("Reading slow.json");
    button("Cancel").click();
    await sees("1 new entry");
    expect(pageText()).not.toContain("slow.json");
  });
});

describe("the preview", () => {
  const state: Partial<MemoryState> = {
    entries: [
      entry("SAMEAAAA", { accountName: "same" }),
      entry("CHANGEDA", { accountName: "before" }),
      entry("DELETEDA", { accountName: "deleted", deletedAt: 1 }),
    ],
  };
  const list = [
    NEW,
    uri("same", "SAMEAAAA"),
    uri("after", "CHANGEDA"),
    uri("deleted", "DELETEDA"),
    uri("again", "NEWAAAAA"),
    "otpauth://hotp/Example:counts?secret=HOTPAAAA&counter=1",
    "refused steam Steam: gaben",
  ].join("\n");
  const toPreview = async () => {
    const mounted = await open(state);
    await give({ "list.txt": list });
    await sees("1 new entry");
    return mounted;
  };

  test("says of each entry what it would be, and why one is refused", async () => {
    await toPreview();
    for (const said of [
      "1 entry that you deleted and that comes back",
      "1 entry differs from yours",
      "Account name: before in the vault, after in the file",
      "You have 2 entries already",
      "Stands more than once",
      "2 entries cannot be taken",
      "Its codes go by a counter",
      "Steam's codes have letters",
    ]) {
      expect(pageText()).toContain(said);
    }
  });

  test("replaces nothing unless that is chosen", async () => {
    const mounted = await toPreview();
    button("Save 2 entries").click();
    await sees("Saved, read back and compared: 2 entries");
    const saved = requestOf(mounted, "importEntries").entries.map(({ uri: text }) => text);
    expect(saved).toEqual([NEW, uri("deleted", "DELETEDA")]);
  });

  test("saves what is chosen and leaves out what is not", async () => {
    const mounted = await toPreview();
    // Of each group: all, then each. The new ones come first, those that differ last.
    const boxes = checkboxes();
    boxes[0]?.click();
    boxes.at(-1)?.click();
    await until(() => hasButton("Save 2 entries"));
    button("Save 2 entries").click();
    await sees("Saved");
    const saved = requestOf(mounted, "importEntries").entries.map(({ uri: text }) => text);
    expect(saved).toEqual([uri("after", "CHANGEDA"), uri("deleted", "DELETEDA")]);
  });

  test("saves nothing when all is left out", async () => {
    const mounted = await toPreview();
    for (const box of checkboxes().filter(({ checked }) => checked)) {
      if (box.checked) box.click();
      await until(() => !box.checked);
    }
    button("Nothing to save").click();
    expect(mounted.asked()).not.toContain("importEntries");
  });

  test("is made anew when the vault changed meanwhile", async () => {
    const mounted = await toPreview();
    mounted.state.failures = { importEntries: "planOutdated" };
    button("Save 2 entries").click();
    await sees("The vault changed meanwhile");
    expect(mounted.asked().filter((name) => name === "planImport")).toHaveLength(2);
    mounted.state.failures = {};
    button("Save 2 entries").click();
    await sees("Saved, read back and compared");
  });

  test("says that nothing was saved when it could not be", async () => {
    const mounted = await toPreview();
    mounted.state.failures = { importEntries: "notSaved" };
    button("Save 2 entries").click();
    await sees("could not be saved");
    expect(hasButton("Save 2 entries")).toBe(true);
  });

  test("is still there after the vault locked and was unlocked", async () => {
    const mounted = await toPreview();
    mounted.state.vault = "locked";
    button("Save 2 entries").click();
    await until(() => hasButton("Unlock"));
    await type(field("Passphrase"), PASSPHRASE);
    button("Unlock").click();
    await until(() => document.querySelector(".page-content")?.hasAttribute("hidden") === false);
    button("Save 2 entries").click();
    await sees("Saved, read back and compared");
  });

  test("of more than one message holds says so before it is sent", async () => {
    const note = "x".repeat(4000);
    const entries = Array.from({ length: 800 }, () => ({ uri: NEW, note, pinned: false }));
    const mounted = await open(state, {
      read: async () => ({ kind: "report", format: "ente", entries, refused: [] }),
    });
    await give({ "list.txt": NEW });
    await sees("more than a vault can hold at once");
    expect(mounted.asked()).not.toContain("planImport");
  });
});

describe("the partition of AWS entries", () => {
  const aws = (name: string, secret: string) =>
    `otpauth://totp/Amazon%20Web%20Services:${name}@123456789012?secret=${secret}&issuer=Amazon%20Web%20Services`;
  const ALICE = aws("alice", "NEWBBBBB");
  const saved = (mounted: Awaited<ReturnType<typeof open>>) =>
    (requestOf(mounted, "importEntries").entries as { partition?: string }[]).map(
      ({ partition }) => partition,
    );

  test.each([
    ["the usual one, when the user agrees", undefined, "aws"],
    ["the one that the user chooses", "aws-us-gov", "aws-us-gov"],
    ["none, when the user does not know it", "", undefined],
  ])("is asked once for all and saved: %s", async (_case, choice, partition) => {
    const mounted = await open();
    await give({ "list.txt": [NEW, ALICE, aws("bob", "NEWCCCCC")].join("\n") });
    await sees("does not tell the AWS partition of 2 entries");
    const select = field("Partition") as unknown as HTMLSelectElement;
    expect(select.value).toBe("aws");
    if (choice !== undefined) {
      select.value = choice;
      select.dispatchEvent(new Event("change", { bubbles: true }));
      await until(() => select.value === choice);
    }
    button("Save 3 entries").click();
    await sees("Saved");
    expect(saved(mounted)).toEqual([undefined, partition, partition]);
  });

  test("is not asked where the file or the vault tells it", async () => {
    const known = entry("KNOWNAAA", {
      issuer: "Amazon Web Services",
      accountName: "carol of old",
      partition: "aws-us-gov",
    });
    const mounted = await open(
      { entries: [known] },
      {
        read: async () => ({
          kind: "report",
          format: "bitwarden",
          entries: [
            { uri: ALICE, note: "", pinned: false, partition: "aws-cn" },
            { uri: aws("carol", "KNOWNAAA"), note: "", pinned: false },
          ],
          refused: [],
        }),
      },
    );
    await give({ "items.json": "" });
    await sees("1 entry differs from yours");
    expect(pageText()).not.toContain("AWS partition");
    checkboxes().at(-1)?.click();
    await until(() => hasButton("Save 2 entries"));
    button("Save 2 entries").click();
    await sees("Saved");
    expect(saved(mounted)).toEqual(["aws-cn", undefined]);
  });
});

test("an import can be undone as one", async () => {
  const mounted = await open();
  await give({ "list.txt": `${NEW}\n${uri("dora", "NEWBBBBB")}` });
  await sees("2 new entries");
  button("Save 2 entries").click();
  await sees("Saved, read back and compared: 2 entries");
  expect(mounted.state.entries).toHaveLength(2);
  button("Undo the import").click();
  await sees("The import is undone");
  expect(mounted.state.entries).toEqual([]);
  button("Import something else").click();
  await sees("Drop files or pictures");
});

describe("a refused entry", () => {
  test("is called by its place in the language of the user", () => {
    const nameOf = (name: string) => refusedName({ entry: name, reason: "" }, words);
    expect(nameOf("Part 2 of 4")).toBe("Part 2 of 4");
    expect(nameOf("Line 12")).toBe("Line 12");
    expect(nameOf("Steam: gaben")).toBe("Steam: gaben");
  });

  test("has words for every reason that the import module gives", () => {
    const boundary = readFileSync("crate/wasm/src/import.rs", "utf8");
    const found = [...boundary.matchAll(/Refusal::\w+(?:\(_\))? => "(\w+)"/g)];
    const reasons = found.map(([, reason]) => reason ?? "").filter((name) => name !== "notAnEntry");
    expect(reasons.length).toBeGreaterThan(5);
    const other = refusalWords("nothing known", words);
    for (const reason of reasons) expect(refusalWords(reason, words), reason).not.toBe(other);
  });
});

test("every format that the import module reads is called by its program", () => {
  const folder = "tests/import/fixtures";
  const formats = new Set(
    readdirSync(folder)
      .filter((name) => name.endsWith(".expected.json"))
      .map((name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf8")).report?.format)
      .filter((format) => format !== undefined && format !== "otpauth"),
  );
  expect(formats.size).toBeGreaterThan(25);
  const list = formatName("otpauth", words);
  for (const format of formats) expect(formatName(format, words), format).not.toBe(list);
});
