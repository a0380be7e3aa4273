/** Entries from files as the page that imports asks for them. */

import { beforeEach, describe, expect, test, vi } from "vitest";
import { coreModule, newHeader } from "../../../tests/boundary/modules";
import type { FileEntry } from "../protocol";
import { beginSession } from "../session-key";
import { importHandlers } from "./import-handlers";
import { memoryPorts } from "./memory-ports";
import type { Ports, StorageArea } from "./ports";
import { VaultSession } from "./vault-session";

// Derivations of keys, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const core = coreModule();
const made = newHeader();
const NOW = 1_790_000_000_000;

let ports: Ports;
let session: VaultSession;
let ask: ReturnType<typeof importHandlers>;
let failing = false;

const file = (name: string, secret: string, more: Partial<FileEntry> = {}): FileEntry => ({
  uri: `otpauth://totp/Example:${name}?secret=${secret}&issuer=Example`,
  note: "",
  pinned: false,
  ...more,
});
const ALICE = file("alice", "GEZDGNBVGY3TQOJQ");
const BOB = file("bob", "MFRGGZDFMZTWQ2LK");
const names = () =>
  session.use((vault) =>
    vault
      .entries()
      .filter(({ deletedAt }) => deletedAt === undefined)
      .map(({ accountName }) => accountName)
      .sort(),
  );
const rev = () => session.use((vault) => vault.rev());
const states = async (...entries: FileEntry[]) =>
  (await ask.planImport({ entries }, undefined)).entries.map(({ state }) => state);
const save = async (...entries: FileEntry[]) =>
  ask.importEntries({ rev: await rev(), entries }, undefined);
const saveAndDelete = async (entry: FileEntry) => {
  const { undo } = await save(entry);
  const [entryId = ""] = undo.added;
  await session.change(
    (vault, random, now) => vault.delete(entryId, random, now),
    () => ({}),
  );
};
const kindOf = (asked: unknown) =>
  Promise.resolve(asked).then(
    () => "allowed",
    (thrown) => thrown.failure?.kind ?? thrown.kind,
  );

beforeEach(async () => {
  failing = false;
  ports = memoryPorts({ now: () => NOW });
  const local: StorageArea = {
    ...ports.local,
    set: (items) => (failing ? Promise.reject(new Error("full")) : ports.local.set(items)),
  };
  session = new VaultSession({ ...ports, local }, core, () => undefined);
  ask = importHandlers(ports, session);
  const begun = await beginSession(ports.keys, Uint8Array.from(made.vaultKey), NOW + 60_000);
  await session.create(made.header, begun);
  await save(ALICE);
});

describe("a plan", () => {
  test("says what each entry would be and saves nothing", async () => {
    const before = await rev();
    const renamed = file("alice-of-old", "GEZDGNBVGY3TQOJQ");
    const { entries } = await ask.planImport({ entries: [renamed, BOB, BOB] }, undefined);
    expect(entries.map(({ state }) => state)).toEqual(["changed", "new", "repeated"]);
    expect(entries[0]?.differences).toEqual([
      { what: "accountName", ours: "alice", theirs: "alice-of-old" },
    ]);
    expect(await states(ALICE)).toEqual(["same"]);
    expect(await rev()).toBe(before);
  });

  test("refuses one entry by its reason and goes on with the others", async () => {
    const damaged = { ...BOB, uri: "otpauth://totp/Example:bob?secret=1" };
    const hotp = { ...BOB, uri: "otpauth://hotp/Example:bob?secret=MFRGGZDFMZTWQ2LK&counter=5" };
    const { entries } = await ask.planImport({ entries: [damaged, hotp, BOB] }, undefined);
    expect(entries.map(({ state }) => state)).toEqual(["refused", "refused", "new"]);
    expect(entries.map(({ reason }) => reason)).toEqual([
      "secretNotBase32",
      "notTimeBased",
      undefined,
    ]);
  });

  test("says of which AWS entries nobody knows the partition", async () => {
    const label = (secret: string) => ({
      uri: `otpauth://totp/Amazon%20Web%20Services:dora@123456789012?secret=${secret}`,
    });
    const open = file("", "", label("NBSWY3DPEHPK3PXP"));
    const told = file("", "", { ...label("ONSWG4TFOQQGCYTD"), partition: "aws-us-gov" });
    const { entries } = await ask.planImport({ entries: [BOB, open, told] }, undefined);
    expect(entries.map(({ partitionUnknown = false }) => partitionUnknown)).toEqual([
      false,
      true,
      false,
    ]);
    await save({ ...open, partition: "aws-cn" }, told);
    const stored = await session.use((vault) => vault.entries());
    const partitions = stored.flatMap(({ partition }) => partition ?? []);
    expect(partitions.sort()).toEqual(["aws-cn", "aws-us-gov"]);
    expect(await kindOf(save({ ...BOB, partition: "aws-mars" }))).toBe("malformedRequest");
  });

  test("shows no secret, neither of the file nor of the vault", async () => {
    const plan = await ask.planImport({ entries: [ALICE, BOB] }, undefined);
    expect(JSON.stringify(plan)).not.toMatch(/GEZDGNBV|MFRGGZDF|secret/i);
  });
});

describe("an import", () => {
  test("adds all, with note and pin, in one revision", async () => {
    const before = await rev();
    await save({ ...BOB, note: "from elsewhere", pinned: true }, file("carol", "NBSWY3DPEHPK3PXP"));
    expect(await rev()).toBe(before + 1);
    expect(await names()).toEqual(["alice", "bob", "carol"]);
    const [bob] = await session.use((vault) => vault.entries());
    expect(bob).toMatchObject({ accountName: "bob", note: "from elsewhere", pinned: true });
  });

  test("is refused when the vault is not as it was planned", async () => {
    const planned = await rev();
    await save(BOB);
    const late = ask.importEntries(
      { rev: planned, entries: [file("carol", "NBSWY3DP")] },
      undefined,
    );
    expect(await kindOf(late)).toBe("planOutdated");
    expect(await names()).toEqual(["alice", "bob"]);
  });

  test("that cannot be written leaves the vault as it was, and can be tried again", async () => {
    failing = true;
    expect(await kindOf(save(BOB))).toBe("notSaved");
    expect(await names()).toEqual(["alice"]);
    failing = false;
    await save(BOB);
    expect(await names()).toEqual(["alice", "bob"]);
  });

  test("of one damaged entry takes none of the others", async () => {
    const damaged = { ...BOB, uri: "otpauth://totp/Example:bob?secret=1" };
    expect(await kindOf(save(file("carol", "NBSWY3DPEHPK3PXP"), damaged))).toBe("secretNotBase32");
    expect(await names()).toEqual(["alice"]);
  });

  test("of more than a file may hold is refused before it is looked at", async () => {
    const many = Array.from({ length: 5001 }, () => BOB);
    expect(await kindOf(ask.planImport({ entries: many }, undefined))).toBe("tooManyEntries");
    expect(await kindOf(save(...many))).toBe("tooManyEntries");
  });

  test("fills 5,000 places at once", async () => {
    const letters = (number: number) =>
      number.toString(2).padStart(16, "0").replaceAll("0", "A").replaceAll("1", "B");
    const many = Array.from({ length: 5000 }, (_, at) => file(`many-${at}`, letters(at)));
    const { undo } = await save(...many);
    expect(new Set(undo.added).size).toBe(5000);
    expect(await names()).toHaveLength(5001);
  });
});

describe("an undo", () => {
  test("takes back what was added, changed and restored, and nothing else", async () => {
    const { undo: first } = await save(BOB);
    await ask.undoImport(first, undefined);
    expect(await states(BOB)).toEqual(["new"]);
    await saveAndDelete(BOB);
    expect(await states(BOB)).toEqual(["deleted"]);
    const { undo } = await save(
      file("alice-of-old", "GEZDGNBVGY3TQOJQ"),
      BOB,
      file("carol", "NBSWY3DPEHPK3PXP"),
    );
    expect(await names()).toEqual(["alice-of-old", "bob", "carol"]);
    await save(file("dora", "ONSWG4TFOQQGCYTD"));
    await ask.undoImport(undo, undefined);
    expect(await names()).toEqual(["alice", "dora"]);
    expect(await states(BOB)).toEqual(["deleted"]);
  });

  test("leaves what was changed since among the deleted entries", async () => {
    const { undo } = await save(BOB);
    const [entryId = ""] = undo.added;
    await session.change(
      (vault, random, now) => vault.edit(entryId, { note: "mine" }, random, now),
      () => ({}),
    );
    await ask.undoImport(undo, undefined);
    expect(await names()).toEqual(["alice"]);
    expect(await states(BOB)).toEqual(["deleted"]);
  });

  test("says so when the state before is no longer kept", async () => {
    const { undo } = await save(file("alice-of-old", "GEZDGNBVGY3TQOJQ"));
    expect(await kindOf(ask.undoImport({ ...undo, rev: 99 }, undefined))).toBe("earlierUnreadable");
    expect(await names()).toEqual(["alice-of-old"]);
  });
});
