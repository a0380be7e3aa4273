/** The vault through the modules that ship: shapes, errors, and nothing secret in either. */

import { expect, test, vi } from "vitest";
import type { NewEntry, SaveView, StoredVault, Vault } from "../../extension/src/wasm/core/core";
import { coreModule, kdfModule, newHeader, passphrase } from "./modules";

// Derivations of keys, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const core = coreModule();
const kdf = kdfModule();
const made = newHeader();
const NOW = 1_790_000_000_000;
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const keyUri: NewEntry = {
  kind: "keyUri",
  uri: `otpauth://totp/Amazon%20Web%20Services:alice@123456789012?secret=${SECRET}&issuer=Amazon%20Web%20Services`,
};

const bytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));
const random = () => bytes(core.saveRandomBytes());

/** What a storage holds: the vault, and earlier states beside it. */
type Stored = StoredVault & { [key: `r${number}`]: string };

/** What opens: the vault without its earlier states. */
const vaultOf = ({ h0, h1, b0, b1 }: Stored): StoredVault =>
  JSON.parse(JSON.stringify({ h0, h1, b0, b1 }));

function newVault(): { vault: Vault; stored: Stored } {
  const vault = core.Vault.create(made.vaultKey, made.header, bytes(6), random());
  const stored: Stored = {};
  settle(vault, stored, vault.nextCopy());
  return { vault, stored };
}

/** The product's way to save, on a storage that never fails. Returns which writes committed. */
function settle(vault: Vault, stored: Stored, first: SaveView | undefined): boolean[] {
  const commits = [];
  for (let save = first; save !== undefined; save = vault.nextCopy()) {
    stored[save.key] = save.value;
    vault.confirm(stored[save.key]);
    commits.push(save.commits);
  }
  return commits;
}

function kindOf(call: () => unknown): { kind: string; text: string; keys: string[] } {
  try {
    call();
  } catch (error) {
    if (!(error instanceof Error) || !("kind" in error)) throw error;
    const text = `${error.message} ${JSON.stringify(error)}`;
    return { kind: String(error.kind), text, keys: Object.keys(error) };
  }
  throw new Error("nothing was thrown");
}

const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test("what is saved opens again", () => {
  const { vault, stored } = newVault();
  const save = vault.add(keyUri, random(), NOW);
  // The second copy, and the state before among the earlier ones.
  expect(settle(vault, stored, save)).toEqual([true, false, false]);
  const opened = core.Vault.open(made.vaultKey, vaultOf(stored), bytes(6));
  expect(opened.report()).toEqual({ damaged: [], headerRolledBack: false, unreadableEntries: 0 });
  expect(opened.entries()).toEqual([
    {
      entryId: save.entryId,
      type: "totp",
      issuer: "Amazon Web Services",
      accountName: "alice@123456789012",
      algorithm: "SHA1",
      digits: 6,
      periodSeconds: 30,
      accountId: "123456789012",
      deviceName: "alice",
      pinned: false,
      pending: false,
      createdAt: NOW / 1000,
    },
  ]);
  expect(opened.code(save.entryId ?? "", 59)).toMatchObject({ code: "287082", timeStep: 1 });
});

test("everything that is returned is JSON and holds no secret", () => {
  const { vault, stored } = newVault();
  settle(vault, stored, vault.add(keyUri, random(), NOW));
  const entryId = vault.entries()[0]?.entryId ?? "";
  const values = [
    vault.entries(),
    vault.entry(entryId),
    vault.code(entryId, 59),
    vault.preview(keyUri),
    vault.report(),
    vault.edit(entryId, { note: "a note" }, random(), NOW),
    vault.matchEntries({ partition: "aws", identityCenter: false, account: "123456789012" }),
    core.vaultPresence(vaultOf(stored)),
  ];
  for (const value of values) {
    expect(json(value)).toEqual(value);
    expect(JSON.stringify(value)).not.toContain(SECRET);
  }
  expect(vault.exportUri(entryId)).toContain(SECRET);
});

test("requests of another shape are refused without their text", () => {
  const { vault } = newVault();
  const calls: [string, (value: never) => unknown, unknown][] = [
    ["a number for a text", (value) => vault.preview(value), { kind: "keyUri", uri: 5 }],
    ["an unknown kind", (value) => vault.preview(value), { kind: SECRET }],
    ["an unknown field", (value) => vault.preview(value), { ...keyUri, [SECRET]: 1 }],
    ["a secret in a number", (value) => vault.codeValues(value, 0), SECRET],
    ["a list", (value) => core.vaultPresence(value), [SECRET]],
    ["an unknown key", (value) => core.vaultPresence(value), { h2: SECRET }],
    ["an unknown field", (value) => vault.edit("", value, random(), NOW), { secret: SECRET }],
    ["an unknown partition", (value) => vault.matchEntries(value), { partition: SECRET }],
    ["an unknown cost", (value) => kdf.deriveForCalibration(value), { memoryKib: SECRET }],
  ];
  for (const [about, call, value] of calls) {
    const { kind, text } = kindOf(() => call(value as never));
    expect([about, kind]).toEqual([about, "malformedRequest"]);
    expect(text).not.toContain(SECRET);
  }
});

test("random bytes, keys and times of the wrong size are refused", () => {
  const { vault } = newVault();
  for (const call of [
    () => vault.add(keyUri, bytes(core.saveRandomBytes() - 1), NOW),
    () => vault.add(keyUri, random(), -1),
    () => vault.add(keyUri, random(), Number.NaN),
    () => vault.add(keyUri, random(), 2 ** 53),
    () => core.Vault.open(bytes(31), {}, bytes(6)),
    () => core.Vault.open(bytes(32), {}, bytes(7)),
    () => vault.code("AAAA", 1),
    () => vault.code("not base64url", 1),
  ]) {
    expect(kindOf(call).kind).toBe("malformedRequest");
  }
});

test("a secret that is there already is refused and named", () => {
  const { vault, stored } = newVault();
  const { entryId } = vault.add(keyUri, random(), NOW);
  settle(vault, stored, undefined);
  expect(kindOf(() => vault.add(keyUri, random(), NOW)).kind).toBe("saveInProgress");
  vault.abandon();
  const again = vault.add(keyUri, random(), NOW);
  settle(vault, stored, again);
  expect(again.entryId).not.toBe(entryId);
  const spaced = SECRET.toLowerCase().replaceAll(/(.{4})/g, "$1 ");
  const typed: NewEntry = { kind: "secretKey", secretKey: spaced, issuer: "", accountName: "x" };
  try {
    vault.add(typed, random(), NOW);
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ kind: "duplicateEntry", entryId: again.entryId });
  }
  expect(vault.preview(typed).duplicateOf).toBe(again.entryId);
});

test("a wrong read-back is not saved and changes nothing", () => {
  const { vault } = newVault();
  const save = vault.add(keyUri, random(), NOW);
  for (const readBack of [undefined, "", save.value.slice(0, -4), `${save.value.slice(0, -1)}!`]) {
    expect(kindOf(() => vault.confirm(readBack)).kind).toBe("notSaved");
    expect(vault.entries()).toEqual([]);
    expect(vault.add(keyUri, random(), NOW).key).toBe(save.key);
  }
});

test("what cannot be read is reported by its key and never an empty vault", () => {
  const { vault, stored } = newVault();
  settle(vault, stored, vault.add(keyUri, random(), NOW));
  const opened = core.Vault.open(
    made.vaultKey,
    { ...vaultOf(stored), b1: "not base64url!" },
    bytes(6),
  );
  expect(opened.report().damaged).toEqual([{ key: "b1", damage: "unreadable" }]);
  expect(opened.entries()).toHaveLength(1);
  const { h0 = "", b0 = "" } = stored;
  const open = (values: StoredVault) => () => core.Vault.open(made.vaultKey, values, bytes(6));
  expect(kindOf(open({ h0, b0: "" })).kind).toBe("bodyUnreadable");
  expect(kindOf(open({ b0 })).kind).toBe("headerMissing");
  expect(core.vaultPresence({ b0 })).toBe("present");
  expect(core.vaultPresence({})).toBe("absent");
});

test("passphrase and recovery code unlock, and change without a new key", () => {
  const { vault, stored } = newVault();
  const { h0, h1 } = stored;
  expect(kdf.unlockWithPassphrase(h0, h1, passphrase()).vaultKey).toEqual(made.vaultKey);
  const { vaultKey } = kdf.unlockWithRecoveryCode(h0, h1, made.recoveryCode.toLowerCase());
  expect(vaultKey).toEqual(made.vaultKey);
  const replaced = kdf.replaceRecoveryCode(
    vault.header(),
    undefined,
    passphrase(),
    bytes(kdf.recoveryRandomBytes()),
  );
  const commits = settle(vault, stored, vault.replaceHeader(replaced.header, random()));
  expect(commits).toEqual([false, true, false, false, false]);
  const unlock = (code: string) => kdf.unlockWithRecoveryCode(stored.h0, stored.h1, code);
  expect(unlock(replaced.recoveryCode).vaultKey).toEqual(made.vaultKey);
  expect(kindOf(() => unlock(made.recoveryCode)).kind).toBe("wrongRecoveryCodeOrTampered");
  const mistyped = kindOf(() => unlock(`${made.recoveryCode.slice(0, -1)}!`));
  expect(mistyped).toEqual({ kind: "recoveryCodeMistyped", text: mistyped.text, keys: ["kind"] });
});

test("a cost beyond the limits is refused before any derivation", () => {
  for (const cost of [
    { memoryKib: 65_535, passes: 3, lanes: 1 },
    { memoryKib: 4_194_304, passes: 3, lanes: 1 },
    { memoryKib: 65_536, passes: 65_535, lanes: 1 },
  ]) {
    const create = () => kdf.createHeader(passphrase(), cost, bytes(kdf.createRandomBytes()));
    expect(kindOf(create).kind).toBe("kdfParamsOutOfRange");
  }
});

test("an enrolment is saved once, pending, with what the page tells", () => {
  const { vault, stored } = newVault();
  const edit = { pending: true, partition: "aws", userName: "carol" };
  const save = vault.enrol(keyUri, edit, random(), NOW);
  settle(vault, stored, save);
  expect(vault.entry(save.entryId ?? "")).toMatchObject({ ...edit, accountId: "123456789012" });
  expect(kindOf(() => vault.enrol(keyUri, edit, random(), NOW)).kind).toBe("duplicateEntry");
  expect(kindOf(() => vault.enrol(keyUri, { accountId: "1" }, random(), NOW)).kind).toBe(
    "invalidField",
  );
});

test("two ways to write a secret are compared, however it is written", () => {
  const key = (secretKey: string): NewEntry => {
    return { kind: "secretKey", secretKey, issuer: "", accountName: "" };
  };
  expect(core.sameSecret(keyUri, key(SECRET.toLowerCase().replace(/.{4}/g, "$& ")))).toBe(true);
  expect(core.sameSecret(keyUri, key("MFRGGZDFMZTWQ2LK"))).toBe(false);
  expect(kindOf(() => core.sameSecret(keyUri, key("1"))).kind).toBe("secretNotBase32");
});

test("a part of an export of Google Authenticator becomes key URIs", () => {
  const data =
    "ClkKFG1hZGUgdXAsIG1hZGUgdXAgMTIzEiZBbWF6b24gV2ViIFNlcnZpY2VzOmNhcm9sQGV4YW1wbGUtY29ycBoTQW1hem9uIFdlYiBTZXJ2aWNlcyABKAEwAhABGAQgASgH";
  const part = core.readMigration(`otpauth-migration://offline?data=${data}`);
  expect(json(part)).toEqual({
    batchId: 7,
    batchIndex: 1,
    batchSize: 4,
    uris: [
      "otpauth://totp/Amazon%20Web%20Services:carol@example-corp?secret=NVQWIZJAOVYCYIDNMFSGKIDVOAQDCMRT&issuer=Amazon%20Web%20Services",
    ],
    refused: 0,
  });
  const refused = kindOf(() => core.readMigration("otpauth-migration://offline?data=AAAA"));
  expect(refused.kind).toBe("migrationDamaged");
  expect(kindOf(() => core.readMigration("otpauth://totp/a")).kind).toBe("notMigration");
});

test("a backup opens in the Worker alone, and says what putting it back would do", () => {
  const { vault, stored } = newVault();
  settle(vault, stored, vault.add(keyUri, random(), NOW));
  const own = kdf.createBackupKey(
    stored.h0,
    stored.h1,
    passphrase(),
    { memoryKib: 65_536, passes: 3, lanes: 1 },
    bytes(kdf.backupRandomBytes()),
  );
  const file = vault.makeBackup(own.header, own.vaultKey, bytes(core.backupNonceBytes()), NOW);
  expect(file).not.toContain(SECRET);
  const fileBytes = Buffer.from(file, "base64url");
  const { vaultKey } = kdf.unlockBackup(fileBytes, passphrase());
  const other = newVault().vault;
  const plan = other.planBackup(file, vaultKey, false);
  expect(json(plan)).toEqual(plan);
  expect(plan).toMatchObject({ createdAt: NOW / 1000, change: [], delete: [], keep: 0 });
  expect(plan.add).toMatchObject([{ accountName: "alice@123456789012" }]);
  expect(other.restoreBackup(file, vaultKey, false, random(), NOW)?.key).toBeDefined();
  const wrong = kindOf(() => kdf.unlockBackup(fileBytes, new TextEncoder().encode("wrong")));
  expect(wrong.kind).toBe("wrongPassphraseOrTampered");
  expect(kindOf(() => kdf.unlockBackup(bytes(100), passphrase())).kind).toBe("notABackup");
  const cut = fileBytes.subarray(0, -6).toString("base64url");
  expect(kindOf(() => vault.planBackup(cut, vaultKey, false)).kind).toBe("backupDamaged");
});

test("a rotation that was cut short leaves the other key in force", () => {
  const { vault, stored } = newVault();
  settle(vault, stored, vault.add(keyUri, random(), NOW));
  const rotated = kdf.rotateKey(
    vault.header(),
    undefined,
    passphrase(),
    { memoryKib: 65_536, passes: 3, lanes: 1 },
    bytes(kdf.rotateRandomBytes()),
  );
  const first = vault.rotateKey(rotated.header, rotated.vaultKey, random());
  stored[first.key] = first.value;
  const reopened = core.Vault.open(rotated.vaultKey, vaultOf(stored), bytes(6));
  expect(reopened.otherKeyInForce()).toEqual(made.vaultKey);
  settle(vault, stored, first);
  expect(vault.isKey(rotated.vaultKey)).toBe(true);
  const opened = core.Vault.open(rotated.vaultKey, vaultOf(stored), bytes(6));
  expect(opened.otherKeyInForce()).toBeUndefined();
  expect(opened.entries()).toHaveLength(1);
});

test("an earlier state is listed, planned and gone back to", () => {
  const { vault, stored } = newVault();
  settle(vault, stored, vault.add(keyUri, random(), NOW));
  const kept = stored.r0 ?? "";
  expect(vault.earlier(kept)).toEqual({ rev: 1, savedAt: 0, entries: 0 });
  expect(vault.planEarlier(kept)).toMatchObject({ add: [], change: [], keep: 0 });
  expect(vault.planEarlier(kept).delete).toHaveLength(1);
  settle(vault, stored, vault.restoreEarlier(kept, random(), NOW));
  expect(vault.entries()).toMatchObject([{ deletedAt: NOW / 1000 }]);
  expect(kindOf(() => vault.earlier("AAAA")).kind).toBe("earlierUnreadable");
});
