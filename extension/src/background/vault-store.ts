/** Carries out the save protocol of the core: write, read back, let the core compare. */

import type { Core, Vault } from "../core";
import { RequestError } from "../messaging";
import type { StoredPair } from "../protocol";
import type { SaveView, StoredVault } from "../wasm/core/core";
import type { Ports } from "./ports";

const KEYS = ["h0", "h1", "b0", "b1"] as const;
const EARLIER_KEYS = ["r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7"];

/** Where a damaged value is kept: the latest one of each key. */
const asideKey = (key: string) => `x-${key}`;

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
    const stored = await this.#ports.local.get(EARLIER_KEYS);
    return Object.values(stored).filter((value) => typeof value === "string");
  }

  /** Keeps damaged values under other names, before good ones are written over them. */
  async setAside(keys: readonly string[]): Promise<void> {
    for (const [key, value] of Object.entries(await this.#ports.local.get([...keys]))) {
      await this.#ports.local.set({ [asideKey(key)]: value });
    }
  }

  /** Everything of the vault that is text, as stored. */
  async readAll(): Promise<Record<string, string>> {
    const asides = KEYS.map(asideKey);
    const stored = await this.#ports.local.get([...KEYS, ...EARLIER_KEYS, ...asides]);
    const texts = Object.entries(stored).filter(([, value]) => typeof value === "string");
    return Object.fromEntries(texts) as Record<string, string>;
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
