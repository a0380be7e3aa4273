/** The vault as the background uses it: looked at, changed, made and unlocked, one change at a time. */

import type { Core, Vault } from "../core";
import { failureOf, RequestError } from "../messaging";
import type { SealedSession, StoredPair, VaultState } from "../protocol";
import { openSession } from "../session-key";
import type { SaveView } from "../wasm/core/core";
import { OpenVault } from "./open-vault";
import type { Ports } from "./ports";
import { readCare } from "./vault-care";
import { VaultStore } from "./vault-store";
import { WriteQueue } from "./write-queue";

export class VaultSession {
  readonly #ports: Ports;
  readonly #core: Core;
  readonly #store: VaultStore;
  readonly #open: OpenVault;
  readonly #queue = new WriteQueue();
  readonly #changed: () => void;

  /** `changed` is called after the vault was locked or unlocked, or what is in it changed. */
  constructor(ports: Ports, core: Core, changed: () => void) {
    this.#ports = ports;
    this.#core = core;
    this.#changed = changed;
    this.#store = new VaultStore(ports, core);
    this.#open = new OpenVault(ports, this.#store, changed);
  }

  async state(): Promise<VaultState> {
    try {
      const vault = await this.#open.current();
      if (vault !== undefined) {
        // What is stored can hold a header that never came into force: a change starts from this.
        const headers: StoredPair = [vault.header(), null];
        const care = await readCare(this.#ports, vault);
        const rescue = vault.rescued();
        const report = vault.report();
        return { state: "unlocked", headers, report, care, ...(rescue && { rescue }) };
      }
    } catch (thrown) {
      return { state: "unreadable", failure: failureOf(thrown) };
    }
    const presence = this.#core.vaultPresence(await this.#store.read());
    if (presence !== "present") return { state: "absent" };
    return { state: "locked", headers: await this.#store.headers() };
  }

  /** The open vault, or `undefined` when it is locked. */
  peek(): Promise<Vault | undefined> {
    return this.#open.current();
  }

  /** Runs something on the open vault; refused with `locked` when it is not. Counts as use. */
  async use<Result>(task: (vault: Vault) => Result | Promise<Result>): Promise<Result> {
    const result = await this.look(task);
    await this.#open.touch();
    return result;
  }

  /** As `use`, but what asks for it by itself again and again does not keep the vault open. */
  async look<Result>(task: (vault: Vault) => Result | Promise<Result>): Promise<Result> {
    const vault = await this.#open.current();
    if (vault === undefined) throw new RequestError({ kind: "locked" });
    return task(vault);
  }

  /**
   * Makes a change and returns when it is on disk, read back and compared. When there is nothing to
   * change, only `finish` runs.
   */
  async change<Result, Save extends SaveView | undefined>(
    begin: (vault: Vault, random: Uint8Array, now: number) => Save | Promise<Save>,
    finish: (vault: Vault, save: Save) => Result,
  ): Promise<Result> {
    return this.#queue.run(() =>
      this.use(async (vault) => {
        const save = await begin(vault, this.#store.random(), this.#ports.now());
        if (save !== undefined) {
          await this.#store.save(vault, save);
          this.#changed();
        }
        return finish(vault, save);
      }),
    );
  }

  /** Everything of the vault as stored, whether or not it can be read. */
  readStored(): Promise<Record<string, string>> {
    return this.#store.readAll();
  }

  /** Opens a key that a page handed over sealed, for `use`, and wipes it. */
  async withKey<Result>(
    sealed: SealedSession,
    use: (key: Uint8Array<ArrayBuffer>) => Result | Promise<Result>,
  ): Promise<Result> {
    const now = this.#ports.now();
    const opened = await openSession(this.#ports.keys, sealed, now, async (key) => ({
      result: await use(key),
    }));
    if (opened === undefined) throw new RequestError({ kind: "sessionLost" });
    return opened.result;
  }

  /** The earlier bodies as stored. */
  readEarlier(): Promise<string[]> {
    return this.#store.readEarlier();
  }

  /** Stores a new vault. Whatever is stored already is never replaced. */
  create(header: string, session: SealedSession): Promise<void> {
    return this.#queue.run(async () => {
      if (this.#core.vaultPresence(await this.#store.read()) === "present") {
        throw new RequestError({ kind: "vaultExists" });
      }
      await this.#open.begin(session, (vaultKey) => this.#store.create(vaultKey, header));
    });
  }

  unlock(session: SealedSession): Promise<void> {
    return this.#queue.run(async () => {
      await this.#tidy(await this.#open.begin(session));
    });
  }

  /** A new header, after the passphrase or the recovery code changed. */
  replaceHeader(header: string): Promise<void> {
    return this.#queue.run(() =>
      this.use((vault) =>
        this.#store.save(vault, vault.replaceHeader(header, this.#store.random())),
      ),
    );
  }

  /** Puts a new vault key in force, which a page handed over sealed. */
  rotateKey(header: string, sealed: SealedSession): Promise<void> {
    return this.#queue.run(() =>
      this.use((vault) =>
        this.withKey(sealed, async (key) => {
          await this.#store.save(vault, vault.rotateKey(header, key, this.#store.random()));
          await this.#open.sealAnew(key);
        }),
      ),
    );
  }

  /** Puts the earlier state in force that is open. What cannot be read is kept elsewhere first. */
  goOn(): Promise<void> {
    return this.#queue.run(() =>
      this.use(async (vault) => {
        if (vault.rescued() === undefined) return;
        await this.#store.keepDamaged(vault);
        await this.#store.save(vault, vault.goOn(this.#store.random()));
        this.#changed();
      }),
    );
  }

  lock(): Promise<void> {
    return this.#open.lock();
  }

  /** A new auto-lock time holds from now on. */
  settingsChanged(): Promise<void> {
    return this.#open.extend();
  }

  /** Locks when the deadline has passed, whether or not the worker slept past it. */
  async lockIfDue(): Promise<void> {
    await this.#open.current();
  }

  /**
   * Erases what was deleted long ago, and writes again what was found damaged or missing. What
   * fails is tried with the next unlock or change. Of a rescued vault nothing is touched.
   */
  async #tidy(vault: Vault): Promise<void> {
    try {
      if (vault.rescued() !== undefined) return;
      await this.#store.setAside(vault);
      const erased = vault.purge(this.#store.random(), this.#ports.now());
      await this.#store.save(vault, erased ?? vault.nextCopy());
    } catch {
      // The vault is open; this was housekeeping.
    }
  }
}
