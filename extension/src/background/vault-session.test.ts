import { beforeEach, describe, expect, test } from "vitest";
import { coreModule, newHeader } from "../../../tests/boundary/modules";
import { beginSession } from "../session-key";
import { memoryPorts } from "./memory-ports";
import type { Ports } from "./ports";
import { VaultSession } from "./vault-session";

const core = coreModule();
const made = newHeader();
const keyUri = (name: string, secret: string) => ({
  kind: "keyUri" as const,
  uri: `otpauth://totp/Amazon%20Web%20Services:${name}@123456789012?secret=${secret}`,
});
const alice = keyUri("alice", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");

const MINUTE = 60_000;
let now = 0;
let ports: Ports;
let session: VaultSession;

const sealed = () => beginSession(ports.keys, Uint8Array.from(made.vaultKey), now + MINUTE);
const add = (to: VaultSession, entry = alice) =>
  to.change(
    (vault, random, at) => vault.add(entry, random, at),
    (_vault, save) => save.entryId,
  );
const names = (of: VaultSession) => of.use((vault) => vault.entries().map((e) => e.accountName));
/** What the browser does to a service worker that has been idle: everything in memory is gone. */
const afterRestart = () => new VaultSession(ports, core, () => undefined);

beforeEach(async () => {
  now = 1_790_000_000_000;
  ports = memoryPorts({ now: () => now });
  session = new VaultSession(ports, core, () => undefined);
  await session.create(made.header, await sealed());
});

describe("a new vault", () => {
  test("is open and empty", async () => {
    expect((await session.state()).state).toBe("unlocked");
    expect(await names(session)).toEqual([]);
  });

  test("is never made over one that is there", async () => {
    await add(session);
    const before = await ports.local.get(null);
    await expect(session.create(made.header, await sealed())).rejects.toMatchObject({
      failure: { kind: "vaultExists" },
    });
    expect(await ports.local.get(null)).toEqual(before);
  });

  test("leaves nothing readable in storage", async () => {
    await add(session);
    const stored = JSON.stringify([await ports.local.get(null), await ports.session.get(null)]);
    for (const secret of [
      "GEZDGNBV",
      "alice",
      "123456789012",
      "Amazon",
      btoa("12345678901234567890"),
    ]) {
      expect(stored).not.toContain(secret);
    }
  });
});

describe("an unlocked vault", () => {
  test("is open again after the worker was killed", async () => {
    await add(session);
    expect(await names(afterRestart())).toEqual(["alice@123456789012"]);
  });

  test("locks when nobody used it for the auto-lock time", async () => {
    now += 15 * MINUTE;
    expect((await session.state()).state).toBe("locked");
    expect((await afterRestart().state()).state).toBe("locked");
  });

  test("locks in time though the worker slept past the deadline", async () => {
    now += 15 * MINUTE;
    await expect(names(afterRestart())).rejects.toMatchObject({ failure: { kind: "locked" } });
    expect(await ports.session.get(["session"])).toEqual({});
    expect(await ports.keys.read()).toBeUndefined();
  });

  test("stays open while it is used", async () => {
    for (let minute = 0; minute < 60; minute += 10) {
      now += 10 * MINUTE;
      await names(session);
    }
    expect((await afterRestart().state()).state).toBe("unlocked");
  });

  test("locks at once when told, and keeps neither half of the session", async () => {
    await session.lock();
    expect((await session.state()).state).toBe("locked");
    expect(await ports.session.get(["session"])).toEqual({});
    expect(await ports.keys.read()).toBeUndefined();
    await expect(add(session)).rejects.toMatchObject({ failure: { kind: "locked" } });
  });

  test("opens again with what it held", async () => {
    await add(session);
    await session.lock();
    await session.unlock(await sealed());
    expect(await names(session)).toEqual(["alice@123456789012"]);
  });

  test("is closed when the browser ended, whatever the disk still has", async () => {
    ports.session = memoryPorts().session;
    expect((await afterRestart().state()).state).toBe("locked");
  });
});

describe("a change", () => {
  test("that cannot be written is refused and leaves everything as it was", async () => {
    await add(session);
    const { set } = ports.local;
    ports.local.set = () => Promise.reject(new Error("quota"));
    await expect(add(session, keyUri("bob", "MFRGGZDFMZTWQ2LK"))).rejects.toMatchObject({
      failure: { kind: "notSaved" },
    });
    ports.local.set = set;
    expect(await names(session)).toEqual(["alice@123456789012"]);
    expect(await names(afterRestart())).toEqual(["alice@123456789012"]);
    await add(session, keyUri("bob", "MFRGGZDFMZTWQ2LK"));
    expect((await names(afterRestart())).sort()).toEqual([
      "alice@123456789012",
      "bob@123456789012",
    ]);
  });

  test("that is read back otherwise than written is refused", async () => {
    const { get } = ports.local;
    ports.local.get = async (keys) => {
      const found = await get(keys);
      const body = keys?.length === 1 ? found[keys[0] ?? ""] : undefined;
      return typeof body === "string" ? { [keys?.[0] ?? ""]: `${body.slice(0, -4)}AAAA` } : found;
    };
    await expect(add(session)).rejects.toMatchObject({ kind: "notSaved" });
    ports.local.get = get;
    expect(await names(session)).toEqual([]);
  });

  test("waits for the one before it, so that none is lost", async () => {
    const secrets = ["MFRGGZDFMZTWQ2LK", "MFRGGZDFMZTWQ2LL", "MFRGGZDFMZTWQ2LM"];
    await Promise.all(secrets.map((secret, at) => add(session, keyUri(`user-${at}`, secret))));
    expect((await names(afterRestart())).sort()).toEqual(
      [0, 1, 2].map((at) => `user-${at}@123456789012`),
    );
  });

  test("adding a secret that is there already names the entry that has it", async () => {
    const entryId = await add(session);
    await expect(add(session)).rejects.toMatchObject({ kind: "duplicateEntry", entryId });
  });
});

test("a session sealed for another vault opens nothing", async () => {
  await session.lock();
  const foreign = await beginSession(ports.keys, new Uint8Array(32), now + MINUTE);
  await expect(session.unlock(foreign)).rejects.toMatchObject({ kind: "headerTampered" });
  expect((await session.state()).state).toBe("locked");
});
