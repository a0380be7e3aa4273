/** Backups, earlier states, keys and wrong tries as pages ask for them. */

import { beforeEach, describe, expect, test, vi } from "vitest";
import { coreModule, kdfModule, newHeader, passphrase } from "../../../tests/boundary/modules";
import { beginSession, sealInSession } from "../session-key";
import { memoryPorts } from "./memory-ports";
import type { Ports } from "./ports";
import { vaultHandlers } from "./vault-handlers";
import { VaultSession } from "./vault-session";

// Derivations of keys, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const core = coreModule();
const kdf = kdfModule();
const made = newHeader();
const DAY = 24 * 60 * 60_000;
const COST = { memoryKib: 65_536, passes: 3, lanes: 1 };

let now = 0;
let ports: Ports;
let session: VaultSession;
let ask: ReturnType<typeof vaultHandlers>;

const bytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));
const restart = () => {
  session = new VaultSession(ports, core, () => undefined);
  ask = vaultHandlers(ports, session, core.backupNonceBytes);
};
const add = (name: string, secret: string) =>
  session.change(
    (vault, random, at) =>
      vault.add({ kind: "keyUri", uri: `otpauth://totp/x:${name}?secret=${secret}` }, random, at),
    () => undefined,
  );
const names = () => session.use((vault) => vault.entries().map((entry) => entry.accountName));
/** What the Worker hands over: a key sealed in the session. */
async function sealed(key: Uint8Array) {
  const inSession = await sealInSession(ports.keys, Uint8Array.from(key), now + 60_000);
  if (inSession === undefined) throw new Error("no session");
  return inSession;
}
const unlock = async () =>
  session.unlock(await beginSession(ports.keys, Uint8Array.from(made.vaultKey), now + 60_000));
const stored = async () => {
  const { h0, h1 } = await ports.local.get(["h0", "h1"]);
  return [h0, h1] as [string, string];
};

beforeEach(async () => {
  now = 1_790_000_000_000;
  ports = memoryPorts({ now: () => now });
  restart();
  const begun = await beginSession(ports.keys, Uint8Array.from(made.vaultKey), now + 60_000);
  await session.create(made.header, begun);
  await add("alice", "GEZDGNBVGY3TQOJQ");
});

describe("wrong tries", () => {
  const kindOf = (asked: ReturnType<typeof ask.beginTry>) =>
    Promise.resolve(asked).then(
      () => "allowed",
      (thrown) => thrown.failure,
    );

  test("wait longer and longer, and no longer than a minute", async () => {
    const pauses: number[] = [];
    for (let tries = 0; tries < 12; tries += 1) {
      const answer = await kindOf(ask.beginTry({}, undefined));
      if (answer === "allowed") {
        pauses.push(0);
        continue;
      }
      expect(answer.kind).toBe("tooManyTries");
      pauses.push(answer.retrySeconds);
      now += answer.retrySeconds * 1000 - 1;
      expect((await kindOf(ask.beginTry({}, undefined))).retrySeconds).toBe(1);
      now += 1;
      expect(await kindOf(ask.beginTry({}, undefined))).toBe("allowed");
    }
    expect(pauses).toEqual([0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
    expect(await names()).toEqual(["alice"]);
  });

  test("are counted across a killed worker and forgotten after a right one", async () => {
    for (let tries = 0; tries < 4; tries += 1) await kindOf(ask.beginTry({}, undefined));
    restart();
    expect((await kindOf(ask.beginTry({}, undefined))).kind).toBe("tooManyTries");
    await ask.endTry({ kind: "passphrase" }, undefined);
    expect(await kindOf(ask.beginTry({}, undefined))).toBe("allowed");
  });

  test("do not lock out for longer when the clock was put back", async () => {
    for (let tries = 0; tries < 8; tries += 1) {
      now += 61_000;
      await kindOf(ask.beginTry({}, undefined));
    }
    now -= 10 * DAY;
    expect(await kindOf(ask.beginTry({}, undefined))).toBe("allowed");
  });
});

describe("what is due", () => {
  const care = async () => {
    now += 1;
    const begun = await beginSession(ports.keys, Uint8Array.from(made.vaultKey), now + 60_000);
    await session.unlock(begun);
    const state = await session.state();
    return state.state === "unlocked" ? state.care : undefined;
  };

  test("is a backup a week after changes that are in none", async () => {
    expect(await care()).toEqual({ backupDue: false, passphraseDue: false });
    now += 8 * DAY;
    expect(await care()).toMatchObject({ backupDue: true });
    await ask.backupKept({}, undefined);
    expect(await care()).toMatchObject({ backupDue: false });
    now += 8 * DAY;
    expect(await care()).toMatchObject({ backupDue: false });
    await add("bob", "GEZDGNBVGY3TQOJR");
    expect(await care()).toMatchObject({ backupDue: true });
  });

  test("is the passphrase when it was not typed for a month", async () => {
    await ask.endTry({ kind: "passphrase" }, undefined);
    now += 31 * DAY;
    expect(await care()).toMatchObject({ passphraseDue: true });
    await ask.endTry({ kind: "recoveryCode" }, undefined);
    expect(await care()).toMatchObject({ passphraseDue: true });
    await ask.endTry({ kind: "passphrase" }, undefined);
    expect(await care()).toMatchObject({ passphraseDue: false });
  });
});

describe("a backup", () => {
  test("is made under its own key and put back into the vault", async () => {
    const [h0, h1] = await stored();
    const random = bytes(kdf.backupRandomBytes());
    const own = kdf.createBackupKey(h0, h1, passphrase(), COST, random);
    const { file, entries } = await ask.makeBackup(
      { header: own.header, key: await sealed(own.vaultKey) },
      undefined,
    );
    expect(entries).toBe(1);
    const [entry] = await session.use((vault) => vault.entries());
    await session.change(
      (vault, some, at) => vault.delete(entry?.entryId ?? "", some, at),
      () => undefined,
    );
    const request = { file, key: await sealed(own.vaultKey), replaceChanged: false };
    const plan = await ask.planBackup(request, undefined);
    expect(plan.add).toMatchObject([{ accountName: "alice" }]);
    await ask.restoreBackup(request, undefined);
    expect(await session.use((vault) => vault.entries()[0]?.deletedAt)).toBeUndefined();
  });

  test("is not opened by another key", async () => {
    const request = { file: "RENLMQ", key: await sealed(bytes(32)), replaceChanged: false };
    await expect(ask.planBackup(request, undefined)).rejects.toMatchObject({
      kind: "backupDamaged",
    });
  });
});

test("entries leave only with a proof that the passphrase is known", async () => {
  const refused = ask.exportEntries({ proof: await sealed(bytes(32)), entryIds: null }, undefined);
  await expect(refused).rejects.toMatchObject({ failure: { kind: "notAllowed" } });
  const proof = await sealed(made.vaultKey);
  const { entries } = await ask.exportEntries({ proof, entryIds: null }, undefined);
  expect(entries.map(({ uri }) => uri)).toEqual([expect.stringContaining("GEZDGNBVGY3TQOJQ")]);
});

test("an earlier state is listed, and gone back to", async () => {
  await add("bob", "GEZDGNBVGY3TQOJR");
  const { states } = await ask.listEarlier({}, undefined);
  expect(states.map(({ entries }) => entries)).toEqual([1, 0]);
  const [state] = states;
  const plan = await ask.planEarlier({ rev: state?.rev ?? 0 }, undefined);
  expect(plan.delete).toMatchObject([{ accountName: "bob" }]);
  await ask.restoreEarlier({ rev: state?.rev ?? 0 }, undefined);
  const live = await session.use((vault) => vault.entries().filter((entry) => !entry.deletedAt));
  expect(live.map(({ accountName }) => accountName)).toEqual(["alice"]);
});

test("a new key is what the session holds from then on, also after the worker was killed", async () => {
  const [h0, h1] = await stored();
  const random = bytes(kdf.rotateRandomBytes());
  const rotated = kdf.rotateKey(h0, h1, passphrase(), COST, random);
  const key = await sealed(rotated.vaultKey);
  await ask.rotateKey({ header: rotated.header, key }, undefined);
  restart();
  expect(await names()).toEqual(["alice"]);
  expect(await session.use((vault) => vault.isKey(rotated.vaultKey))).toBe(true);
});

test("what is stored is handed over as it is when nothing of it can be read, and stays", async () => {
  await ports.local.set({ b0: "torn", b1: "torn", r0: "torn" });
  const before = await ports.local.get(null);
  await session.lock();
  await expect(unlock()).rejects.toMatchObject({ kind: "bodyUnreadable" });
  const { values } = await ask.readStored({}, undefined);
  expect(values).toMatchObject({ b0: "torn", b1: "torn", r0: "torn" });
  expect(await ports.local.get(null)).toEqual(before);
});

describe("when neither body opens", () => {
  const BODIES = ["b0", "b1"];
  const damaged = (value: unknown) => `${String(value).slice(0, -8)}AAAAAAAA`;

  beforeEach(async () => {
    await add("bob", "GEZDGNBVGY3TQOJR");
    const stored = await ports.local.get(BODIES);
    await ports.local.set({ b0: damaged(stored.b0), b1: damaged(stored.b1) });
    await session.lock();
  });

  test("the newest earlier state is open and says which it is, and nothing is written", async () => {
    const before = await ports.local.get(null);
    await unlock();
    expect(await names()).toEqual(["alice"]);
    const state = await session.state();
    expect(state).toMatchObject({ state: "unlocked", rescue: { savedAt: now / 1000, entries: 1 } });
    restart();
    expect(await names()).toEqual(["alice"]);
    expect(await ports.local.get(null)).toEqual(before);
  });

  test("every change is refused, and codes, exports and backups are not", async () => {
    await unlock();
    const before = await ports.local.get(null);
    const [entry] = await session.use((vault) => vault.entries());
    const entryId = entry?.entryId ?? "";
    const random = () => bytes(core.saveRandomBytes());
    const [h0, h1] = await stored();
    const next = kdf.rotateKey(h0, h1, passphrase(), COST, bytes(kdf.rotateRandomBytes()));
    const newKey = await sealed(next.vaultKey);
    const changes = [
      () => add("carol", "GEZDGNBVGY3TQOJS"),
      () =>
        session.change(
          (vault) => vault.delete(entryId, random(), now),
          () => undefined,
        ),
      () => session.replaceHeader(next.header),
      () => session.rotateKey(next.header, newKey),
      () => ask.restoreEarlier({ rev: 1 }, undefined),
    ];
    for (const change of changes) {
      await expect(Promise.resolve(change())).rejects.toMatchObject({ kind: "readOnly" });
    }
    expect(await ports.local.get(null)).toEqual(before);

    expect(await session.use((vault) => vault.code(entryId, now / 1000).code)).toMatch(/^\d{6}$/);
    const proof = await sealed(made.vaultKey);
    const { entries } = await ask.exportEntries({ proof, entryIds: null }, undefined);
    expect(entries).toHaveLength(1);
    const own = kdf.createBackupKey(h0, h1, passphrase(), COST, bytes(kdf.backupRandomBytes()));
    const key = await sealed(own.vaultKey);
    const backup = await ask.makeBackup({ header: own.header, key }, undefined);
    expect(backup.entries).toBe(1);
  });

  test("going on keeps what cannot be read, and then the vault takes changes again", async () => {
    const unreadable = await ports.local.get(BODIES);
    await unlock();
    await ask.goOn({}, undefined);
    expect(await ports.local.get(["x-b0", "x-b1"])).toEqual({
      "x-b0": unreadable.b0,
      "x-b1": unreadable.b1,
    });
    await add("carol", "GEZDGNBVGY3TQOJS");
    await session.lock();
    await unlock();
    expect((await names()).sort()).toEqual(["alice", "carol"]);
    expect(await session.state()).not.toHaveProperty("rescue");
    expect(await ports.local.get(["x-b0"])).toEqual({ "x-b0": unreadable.b0 });
  });

  test("going on writes over nothing that was set aside before", async () => {
    await ports.local.set({ "x-b0": "an earlier damage" });
    const { b0 } = await ports.local.get(BODIES);
    await unlock();
    await ask.goOn({}, undefined);
    const kept = (await ask.readStored({}, undefined)).values;
    expect(kept).toMatchObject({ "x-b0": "an earlier damage", "x-b0-1": b0 });
  });

  test("a state that was set aside is found, too", async () => {
    const { r0 } = await ports.local.get(["r0", "r1"]);
    const { r1 } = await ports.local.get(["r1"]);
    await ports.local.set({ r0: "torn", r1: "torn", "x-b1": r1 ?? r0 });
    await unlock();
    expect(await session.state()).toHaveProperty("rescue");
  });

  test("what cannot be kept elsewhere is not written over", async () => {
    await unlock();
    const before = await ports.local.get(null);
    const { set } = ports.local;
    ports.local.set = () => Promise.reject(new Error("quota"));
    await expect(Promise.resolve(ask.goOn({}, undefined))).rejects.toMatchObject({
      failure: { kind: "notSaved" },
    });
    ports.local.set = set;
    expect(await ports.local.get(null)).toEqual(before);
    expect(await session.state()).toHaveProperty("rescue");
  });

  test("two damaged headers are said, and nothing is written", async () => {
    await ports.local.set({ h0: "torn", h1: "torn" });
    const before = await ports.local.get(null);
    await expect(unlock()).rejects.toMatchObject({ kind: "notAVault" });
    expect(await ports.local.get(null)).toEqual(before);
  });
});

test("a damaged copy is set aside before a good one is written over it", async () => {
  const { b0, b1 } = await ports.local.get(["b0", "b1"]);
  expect(b0).toBe(b1);
  await ports.local.set({ b1: "torn" });
  await session.lock();
  await session.unlock(
    await beginSession(ports.keys, Uint8Array.from(made.vaultKey), now + 60_000),
  );
  expect(await ports.local.get(["b1", "x-b1"])).toEqual({ b1: b0, "x-b1": "torn" });
  expect((await ask.readStored({}, undefined)).values["x-b1"]).toBe("torn");
});
