/** The unlocked vault: opened, kept across the death of the worker, and locked in time. */

import type { Core, Vault } from "../core";
import { failureOf, RequestError } from "../messaging";
import type { SealedSession, VaultState } from "../protocol";
import { extendSession, openSession } from "../session-key";
import type { SaveView } from "../wasm/core/core";
import type { Ports } from "./ports";
import { readSettings } from "./settings";
import { VaultStore } from "./vault-store";
import { WriteQueue } from "./write-queue";

const SESSION = "session";
const REPLICA_BYTES = 6;
/** A session is sealed anew when at least this much of its time is gone, in milliseconds. */
const EXTEND_AFTER_MS = 20_000;
/** With auto-lock after each use: time for that one use, in milliseconds. */
const ONE_USE_MS = 60_000;

export class VaultSession {
  readonly #ports: Ports;
  readonly #core: Core;
  readonly #store: VaultStore;
  readonly #queue = new WriteQueue();
  readonly #changed: () => void;
  #open: { vault: Vault; session: SealedSession } | undefined;

  /** `changed` is called after the vault was locked or unlocked, or what is in it changed. */
  constructor(ports: Ports, core: Core, changed: () => void) {
    this.#ports = ports;
    this.#core = core;
    this.#changed = changed;
    this.#store = new VaultStore(ports, core);
  }

  async state(): Promise<VaultState> {
    try {
      const vault = await this.#current();
      if (vault !== undefined) {
        // What is stored can hold a header that never came into force: a change starts from this.
        return { state: "unlocked", headers: [vault.header(), null], report: vault.report() };
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
    return this.#current();
  }

  /** Runs something on the open vault; refused with `locked` when it is not. Counts as use. */
  async use<Result>(task: (vault: Vault) => Result | Promise<Result>): Promise<Result> {
    const vault = await this.#current();
    if (vault === undefined) throw new RequestError({ kind: "locked" });
    const result = await task(vault);
    await this.#touch();
    return result;
  }

  /** As `use`, but what asks for it by itself again and again does not keep the vault open. */
  async look<Result>(task: (vault: Vault) => Result | Promise<Result>): Promise<Result> {
    const vault = await this.#current();
    if (vault === undefined) throw new RequestError({ kind: "locked" });
    return task(vault);
  }

  /** Makes a change and returns when it is on disk, read back and compared. */
  async change<Result>(
    begin: (vault: Vault, random: Uint8Array, now: number) => SaveView,
    finish: (vault: Vault, save: SaveView) => Result,
  ): Promise<Result> {
    return this.#queue.run(() =>
      this.use(async (vault) => {
        const save = begin(vault, this.#store.random(), this.#ports.now());
        await this.#store.save(vault, save);
        this.#changed();
        return finish(vault, save);
      }),
    );
  }

  /** Stores a new vault. Whatever is stored already is never replaced. */
  create(header: string, session: SealedSession): Promise<void> {
    return this.#queue.run(async () => {
      if (this.#core.vaultPresence(await this.#store.read()) === "present") {
        throw new RequestError({ kind: "vaultExists" });
      }
      await this.#begin(session, async (vaultKey) => {
        const vault = this.#core.Vault.create(
          vaultKey,
          header,
          this.#ports.random(REPLICA_BYTES),
          this.#store.random(),
        );
        await this.#store.save(vault, vault.nextCopy());
        return vault;
      });
    });
  }

  unlock(session: SealedSession): Promise<void> {
    return this.#queue.run(async () => {
      await this.#begin(session, (vaultKey) => this.#load(vaultKey));
      await this.#mend();
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

  /** Both halves of the session go, and the vault in the core with them. */
  async lock(): Promise<void> {
    this.#open?.vault.free();
    this.#open = undefined;
    await this.#ports.session.remove([SESSION]);
    await this.#ports.keys.remove();
    await this.#ports.wakeAt(undefined);
    this.#changed();
  }

  /** A new auto-lock time holds from now on. */
  async settingsChanged(): Promise<void> {
    await this.#extend(this.#ports.now());
  }

  /** Locks when the deadline has passed, whether or not the worker slept past it. */
  async lockIfDue(): Promise<void> {
    await this.#current();
  }

  async #current(): Promise<Vault | undefined> {
    const now = this.#ports.now();
    if (this.#open === undefined) return this.#resume(now);
    if (now < this.#open.session.deadline) return this.#open.vault;
    await this.lock();
    return undefined;
  }

  /** Opens the vault again after the worker was killed. */
  async #resume(now: number): Promise<Vault | undefined> {
    const stored = (await this.#ports.session.get([SESSION]))[SESSION];
    if (stored === undefined) return undefined;
    const session = stored as SealedSession;
    const vault = await openSession(this.#ports.keys, session, now, (key) => this.#load(key));
    // A second request may have resumed while this one waited.
    if (this.#open !== undefined) {
      vault?.free();
      return this.#open.vault;
    }
    if (vault === undefined) {
      await this.lock();
      return undefined;
    }
    this.#open = { vault, session };
    return vault;
  }

  async #begin(
    session: SealedSession,
    open: (vaultKey: Uint8Array<ArrayBuffer>) => Promise<Vault>,
  ): Promise<void> {
    const now = this.#ports.now();
    const vault = await openSession(this.#ports.keys, session, now, open);
    if (vault === undefined) throw new RequestError({ kind: "sessionLost" });
    this.#open?.vault.free();
    this.#open = { vault, session };
    await this.#extend(now);
    this.#changed();
  }

  /** Writes again what was found damaged or missing. What fails is tried with the next change. */
  async #mend(): Promise<void> {
    const vault = this.#open?.vault;
    if (vault !== undefined) await this.#store.save(vault, vault.nextCopy()).catch(() => undefined);
  }

  async #load(vaultKey: Uint8Array<ArrayBuffer>): Promise<Vault> {
    const stored = await this.#store.read();
    return this.#core.Vault.open(vaultKey, stored, this.#ports.random(REPLICA_BYTES));
  }

  async #touch(): Promise<void> {
    const now = this.#ports.now();
    if (this.#open === undefined) return;
    const { deadline } = this.#open.session;
    if ((await this.#deadlineFrom(now)) - deadline > EXTEND_AFTER_MS) await this.#extend(now);
  }

  async #extend(now: number): Promise<void> {
    if (this.#open === undefined) return;
    const deadline = await this.#deadlineFrom(now);
    const session = await extendSession(this.#ports.keys, this.#open.session, now, deadline);
    if (session === undefined || this.#open === undefined) return;
    this.#open.session = session;
    await this.#ports.session.set({ [SESSION]: session });
    await this.#ports.wakeAt(deadline);
  }

  async #deadlineFrom(now: number): Promise<number> {
    const { autoLockMinutes } = await readSettings(this.#ports.local);
    return now + (autoLockMinutes === 0 ? ONE_USE_MS : autoLockMinutes * 60_000);
  }
}
