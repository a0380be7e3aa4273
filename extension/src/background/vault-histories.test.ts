/**
 * Random histories through the session, the store and the queue that ship: two pages change the
 * vault at once on a storage that fails, lies and tears, and the worker is killed again and again.
 * Nothing acknowledged is lost, and nothing is refused without a fault. Each safety turned off fails.
 */

import { afterEach, expect, test, vi } from "vitest";
import { coreModule, newHeader } from "../../../tests/boundary/modules";
import { RequestError } from "../messaging";
import { beginSession } from "../session-key";
import { memoryArea, memoryPorts } from "./memory-ports";
import type { StorageArea } from "./ports";
import { VaultSession } from "./vault-session";
import { WriteQueue } from "./write-queue";

const core = coreModule();
const made = newHeader();
const HISTORIES = 60;
const STEPS = 14;

afterEach(() => vi.restoreAllMocks());

/** Numbers that repeat for a seed: a linear congruential generator (Knuth's MMIX constants). */
function randomFrom(seed: number): (limit: number) => number {
  let state = BigInt(seed) + 0x9e3779b97f4a7c15n;
  return (limit) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number((state >> 33n) % BigInt(limit));
  };
}

type Faulty = StorageArea & { faults: number };

/** Storage whose writes of the vault fail, get lost, or are torn; each counts as a fault. */
function faultyArea(below: (limit: number) => number): Faulty {
  const area = memoryArea();
  const faulty: Faulty = {
    faults: 0,
    get: area.get,
    remove: area.remove,
    set: async (items) => {
      // Let the other page go on in between.
      await new Promise((resolve) => setTimeout(resolve, 0));
      const fault = below(24);
      const [[key = "", value = ""] = []] = Object.entries(items);
      if (!/^[hbr]\d$/.test(key) || typeof value !== "string" || fault > 4) return area.set(items);
      faulty.faults += 1;
      if (fault <= 1) throw new Error("over the quota");
      if (fault === 2) return;
      await area.set({ [key]: value.slice(0, below(value.length)) });
      if (fault === 3) throw new Error("interrupted");
    },
  };
  return faulty;
}

type Wrap = (area: Faulty) => Faulty;

async function history(seed: number, wrap: Wrap): Promise<string | undefined> {
  const below = randomFrom(seed);
  const disk = faultyArea(below);
  const local = wrap(disk);
  const ports = memoryPorts({ local });
  const start = () => new VaultSession(ports, core, () => undefined);
  let session = start();
  const sealed = () =>
    beginSession(ports.keys, Uint8Array.from(made.vaultKey), Date.now() + 60_000);
  for (;;) {
    try {
      await session.create(made.header, await sealed());
      break;
    } catch (thrown) {
      if (thrown instanceof RequestError && thrown.failure.kind === "vaultExists") {
        await session.unlock(await sealed());
        break;
      }
    }
  }
  /** The notes that each entry may have: the acknowledged one, and those that were not. */
  const truth = new Map<string, Set<string>>();
  const tried = new Set<string>();
  let number = 0;

  const add = async () => {
    number += 1;
    // Base32 of a number: A for 0, B for 1.
    const secret = number.toString(2).padStart(16, "0").replaceAll("0", "A").replaceAll("1", "B");
    const uri = `otpauth://totp/x:${seed}-${number}?secret=${secret}`;
    tried.add("");
    const id = await session.change(
      (vault, random, now) => vault.add({ kind: "keyUri", uri }, random, now),
      (_vault, save) => save.entryId ?? "",
    );
    truth.set(id, new Set([""]));
  };
  const edit = async (id: string) => {
    number += 1;
    const note = `note ${number}`;
    truth.get(id)?.add(note);
    await session.change(
      (vault, random, now) => vault.edit(id, { note }, random, now),
      () => undefined,
    );
    truth.set(id, new Set([note]));
  };

  for (let step = 0; step < STEPS; step += 1) {
    const before = disk.faults;
    const ids = [...truth.keys()];
    const changes = [0, 1].map((page) => {
      const id = ids[(step + page) % Math.max(1, ids.length)];
      return id === undefined || ids.length < 2 || below(3) === 0 ? add : () => edit(id);
    });
    const results = await Promise.allSettled(changes.map((change) => change()));
    const refused = results.find(({ status }) => status === "rejected");
    if (refused && disk.faults === before) return "a change was refused without a fault";
    if (below(3) > 0) continue;
    // The worker is killed: what is in memory is gone.
    session = start();
    const found = await session
      .use((vault) => new Map(vault.entries().map((entry) => [entry.entryId, entry.note ?? ""])))
      .catch(() => undefined);
    if (found === undefined) return "the vault does not open";
    for (const [id, notes] of truth) {
      const note = found.get(id);
      if (note === undefined || !notes.has(note)) return `an acknowledged change is lost`;
      truth.set(id, new Set([note]));
    }
    for (const [id, note] of found) if (!truth.has(id)) truth.set(id, new Set([note]));
  }
  return undefined;
}

async function firstLoss(wrap: Wrap): Promise<string | undefined> {
  for (let seed = 0; seed < HISTORIES; seed += 1) {
    const loss = await history(seed, wrap).catch((thrown: Error) => `${thrown}`);
    if (loss !== undefined) return `history ${seed}: ${loss}`;
  }
  return undefined;
}

test("two pages at once on a faulty storage lose nothing", { timeout: 60_000 }, async () => {
  expect(await firstLoss((area) => area)).toBeUndefined();
});

test("a store that does not read back is noticed", { timeout: 60_000 }, async () => {
  const trusting: Wrap = (area) => {
    const written: Record<string, unknown> = {};
    return {
      ...area,
      set: async (items) => {
        await area.set(items);
        Object.assign(written, items);
      },
      // One key is asked for when a write is read back, several when the vault is read.
      get: async (keys) => {
        const [key = ""] = keys ?? [];
        return keys?.length === 1 && /^[hbr]\d$/.test(key)
          ? { [key]: written[key] }
          : area.get(keys);
      },
    };
  };
  expect(await firstLoss(trusting)).toMatch(/lost|does not open/);
});

test("a store that does not alternate its slots is noticed", { timeout: 60_000 }, async () => {
  const first = (key: string) => key.replace(/^([hb])1$/, "$10");
  const oneSlot: Wrap = (area) => ({
    ...area,
    set: (items) =>
      area.set(
        Object.fromEntries(Object.entries(items).map(([key, value]) => [first(key), value])),
      ),
    get: async (keys) => {
      const found = await area.get(keys?.map(first) ?? null);
      return Object.fromEntries((keys ?? []).map((key) => [key, found[first(key)]]));
    },
  });
  expect(await firstLoss(oneSlot)).toMatch(/lost|does not open/);
});

test("a session without a write queue is noticed", { timeout: 60_000 }, async () => {
  vi.spyOn(WriteQueue.prototype, "run").mockImplementation((task) => task());
  expect(await firstLoss((area) => area)).toMatch(/refused without a fault|lost/);
});
