/** The unlocked vault: opened, kept across the death of the worker, and locked in time. */

import type { Core, Vault } from "../core";
import { failureOf, RequestError } from "../messaging";
import type { SealedSession, StoredPair, VaultState } from "../protocol";
import { extendSession, openSession, sealInSession } from "../session-key";
import type { SaveView, StoredVault } from "../wasm/core/core";
import type { Ports } from "./ports";
import { readSettings } from "./settings";
import { readCare } from "./vault-care";
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
        const care = await readCare(this.#ports, vault);
        const headers: StoredPair = [vault.header(), null];
        return { state: "unlocked", headers, report: vault.report(), care };
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
      await this.#tidy();
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
          await this.#sealAnew(key);
        }),
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
    // Read while the session opens: the popup waits for both.
    const reading = this.#store.read();
    reading.catch(() => undefined);
    const vault = await openSession(this.#ports.keys, session, now, (key) =>
      this.#load(key, reading).catch((thrown: unknown) => {
        // The key was replaced, and the session with it: somebody has to unlock again.
        if (failureOf(thrown).kind === "headerTampered") return undefined;
        throw thrown;
      }),
    );
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
    await this.#followKey(vault);
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
    await this.#followKey(vault);
    await this.#extend(now);
    this.#changed();
  }

  /**
   * Erases what was deleted long ago, and writes again what was found damaged or missing. What
   * fails is tried with the next unlock or change.
   */
  async #tidy(): Promise<void> {
    const vault = this.#open?.vault;
    if (vault === undefined) return;
    try {
      const damaged = vault.report().damaged.filter(({ damage }) => damage !== "absent");
      await this.#store.setAside(damaged.map(({ key }) => key));
      const erased = vault.purge(this.#store.random(), this.#ports.now());
      await this.#store.save(vault, erased ?? vault.nextCopy());
    } catch {
      // The vault is open; this was housekeeping.
    }
  }

  /** After a rotation that was cut short, another key than the session's may be in force. */
  async #followKey(vault: Vault): Promise<void> {
    const key = vault.otherKeyInForce() as Uint8Array<ArrayBuffer> | undefined;
    if (key !== undefined) await this.#sealAnew(key).finally(() => key.fill(0));
  }

  /** From now on the session holds this key. */
  async #sealAnew(key: Uint8Array<ArrayBuffer>): Promise<void> {
    if (this.#open === undefined) return;
    const { deadline } = this.#open.session;
    const session = await sealInSession(this.#ports.keys, key, deadline);
    if (session === undefined) return;
    this.#open.session = session;
    await this.#ports.session.set({ [SESSION]: session });
  }

  async #load(
    vaultKey: Uint8Array<ArrayBuffer>,
    reading: Promise<StoredVault> = this.#store.read(),
  ): Promise<Vault> {
    const stored = await reading;
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
