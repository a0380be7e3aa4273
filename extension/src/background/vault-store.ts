/** What of the vault is stored, and the save protocol: write, read back, let the core compare. */

import type { Core, Vault } from "../core";
import { failureOf, RequestError } from "../messaging";
import type { StoredPair } from "../protocol";
import type { SaveView, StoredVault } from "../wasm/core/core";
import type { Ports } from "./ports";

const KEYS = ["h0", "h1", "b0", "b1"] as const;
const EARLIER_KEYS = ["r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7"];

const REPLICA_BYTES = 6;

/** Where a damaged value is kept: the latest one of each key. */
const asideKey = (key: string) => `x-${key}`;
/** Where it is kept when what stands there may still be needed. */
const secondAsideKey = (key: string) => `x-${key}-1`;

export class VaultStore {
  readonly #ports: Pick<Ports, "local" | "random">;
  readonly #core: Core;

  constructor(ports: Pick<Ports, "local" | "random">, core: Core) {
    this.#ports = ports;
    this.#core = core;
  }

  /** The stored values as they are; what is not text is handed on as unreadable text. */
  async read(): Promise<StoredVault> {
    const stored = await this.#ports.local.get([...KEYS]);
    const vault: StoredVault = {};
    for (const key of KEYS) {
      const value = stored[key];
      if (value !== undefined) vault[key] = typeof value === "string" ? value : "";
    }
    return vault;
  }

  /** The earlier bodies as stored. */
  async readEarlier(): Promise<string[]> {
    return Object.values(await this.#texts(EARLIER_KEYS));
  }

  /**
   * Opens what is stored; when neither body opens, the newest earlier one that does, read-only. With
   * none either it throws `bodyUnreadable`.
   */
  async open(
    vaultKey: Uint8Array<ArrayBuffer>,
    reading: Promise<StoredVault> = this.read(),
  ): Promise<Vault> {
    const stored = await reading;
    const replica = this.#ports.random(REPLICA_BYTES);
    try {
      return this.#core.Vault.open(vaultKey, stored, replica);
    } catch (thrown) {
      if (failureOf(thrown).kind !== "bodyUnreadable") throw thrown;
      const others = await this.#texts([...EARLIER_KEYS, asideKey("b0"), asideKey("b1")]);
      return this.#core.Vault.rescue(vaultKey, stored, Object.values(others), replica);
    }
  }

  /** Stores a new vault. */
  async create(vaultKey: Uint8Array<ArrayBuffer>, header: string): Promise<Vault> {
    const replica = this.#ports.random(REPLICA_BYTES);
    const vault = this.#core.Vault.create(vaultKey, header, replica, this.random());
    await this.save(vault, vault.nextCopy());
    return vault;
  }

  /** Keeps damaged values under other names, before good ones are written over them. */
  async setAside(vault: Vault): Promise<void> {
    for (const [key, value] of await this.#damaged(vault)) {
      await this.#ports.local.set({ [asideKey(key)]: value });
    }
  }

  /**
   * As `setAside`, but for a vault of which nothing may be lost: no other value is written over, and
   * what was written is read back. Throws `notSaved`.
   */
  async keepDamaged(vault: Vault): Promise<void> {
    for (const [key, value] of await this.#damaged(vault)) {
      const first = asideKey(key);
      const taken = (await this.#ports.local.get([first]))[first];
      const free = taken === undefined || isSame(taken, value);
      const aside = free ? first : secondAsideKey(key);
      try {
        await this.#ports.local.set({ [aside]: value });
        const kept = (await this.#ports.local.get([aside]))[aside];
        if (isSame(kept, value)) continue;
      } catch {
        // As below: nothing was written over.
      }
      throw new RequestError({ kind: "notSaved" });
    }
  }

  /** Everything of the vault that is text, as stored. */
  readAll(): Promise<Record<string, string>> {
    const asides = KEYS.flatMap((key) => [asideKey(key), secondAsideKey(key)]);
    return this.#texts([...KEYS, ...EARLIER_KEYS, ...asides]);
  }

  async headers(): Promise<StoredPair> {
    const { h0, h1 } = await this.read();
    return [h0 ?? null, h1 ?? null];
  }

  /** Random bytes for one change of the vault. */
  random(): Uint8Array {
    return this.#ports.random(this.#core.saveRandomBytes());
  }

  /**
   * Writes what a change wants written, and then second copies, and confirms what was read back.
   * When this returns, the change is on disk; when it throws `notSaved`, the earlier state is still
   * in force.
   */
  async save(vault: Vault, first: SaveView | undefined): Promise<void> {
    let saved = false;
    for (let next = first; next !== undefined; next = vault.nextCopy()) {
      try {
        await this.#write(vault, next);
      } catch (error) {
        // A second copy that fails takes nothing back: it is written again with the next change.
        if (saved) return;
        throw error;
      }
      saved ||= next.commits;
    }
  }

  async #texts(keys: readonly string[]): Promise<Record<string, string>> {
    const stored = await this.#ports.local.get([...keys]);
    const texts = Object.entries(stored).filter(([, value]) => typeof value === "string");
    return Object.fromEntries(texts) as Record<string, string>;
  }

  /** What stood damaged where the vault was opened from. */
  async #damaged(vault: Vault): Promise<[key: string, value: unknown][]> {
    const { damaged } = vault.report();
    return Object.entries(await this.#ports.local.get(damaged.map(({ key }) => key)));
  }

  async #write(vault: Vault, { key, value }: SaveView): Promise<void> {
    let readBack: unknown;
    try {
      await this.#ports.local.set({ [key]: value });
      readBack = (await this.#ports.local.get([key]))[key];
    } catch {
      vault.abandon();
      throw new RequestError({ kind: "notSaved" });
    }
    vault.confirm(typeof readBack === "string" ? readBack : undefined);
  }
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
