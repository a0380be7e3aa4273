/** Carries out the save protocol of the core: write, read back, let the core compare. */

import type { Core, Vault } from "../core";
import { RequestError } from "../messaging";
import type { StoredPair } from "../protocol";
import type { SaveView, StoredVault } from "../wasm/core/core";
import type { Ports } from "./ports";

const KEYS = ["h0", "h1", "b0", "b1"] as const;

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

  async headers(): Promise<StoredPair> {
    const { h0, h1 } = await this.read();
    return [h0 ?? null, h1 ?? null];
  }

  /** Random bytes for one change of the vault. */
  random(): Uint8Array {
    return this.#ports.random(this.#core.saveRandomBytes());
  }

  /**
   * Writes what a change wants written and confirms what was read back. When this returns, the
   * change is on disk; when it throws `notSaved`, the earlier state is still in force.
   */
  async save(vault: Vault, first: SaveView): Promise<void> {
    await this.#write(vault, first);
    // The change is safe now. A second copy that fails is written again with the next change.
    await this.copies(vault).catch(() => undefined);
  }

  /** Writes copies until the core wants none. */
  async copies(vault: Vault): Promise<void> {
    for (let next = vault.nextCopy(); next !== undefined; next = vault.nextCopy()) {
      await this.#write(vault, next);
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
