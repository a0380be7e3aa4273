/** The unlocked lifetime of the vault: kept across the death of the worker, and locked in time. */

import type { Vault } from "../core";
import { failureOf, RequestError } from "../messaging";
import type { SealedSession } from "../protocol";
import { extendSession, openSession, sealInSession } from "../session-key";
import type { Ports } from "./ports";
import { readSettings } from "./settings";
import type { VaultStore } from "./vault-store";

const SESSION = "session";
/** A session is sealed anew when at least this much of its time is gone, in milliseconds. */
const EXTEND_AFTER_MS = 20_000;
/** With auto-lock after each use: time for that one use, in milliseconds. */
const ONE_USE_MS = 60_000;

export class OpenVault {
  readonly #ports: Ports;
  readonly #store: VaultStore;
  readonly #changed: () => void;
  #open: { vault: Vault; session: SealedSession } | undefined;

  /** `changed` is called after the vault was locked or unlocked. */
  constructor(ports: Ports, store: VaultStore, changed: () => void) {
    this.#ports = ports;
    this.#store = store;
    this.#changed = changed;
  }

  /** The open vault, or `undefined` when it is locked or its deadline has passed. */
  async current(): Promise<Vault | undefined> {
    const now = this.#ports.now();
    if (this.#open === undefined) return this.#resume(now);
    if (now < this.#open.session.deadline) return this.#open.vault;
    await this.lock();
    return undefined;
  }

  /** What is stored is open from now on, or what `open` makes of the key in this session. */
  async begin(
    session: SealedSession,
    open: (vaultKey: Uint8Array<ArrayBuffer>) => Promise<Vault> = (key) => this.#store.open(key),
  ): Promise<Vault> {
    const now = this.#ports.now();
    const vault = await openSession(this.#ports.keys, session, now, open);
    if (vault === undefined) throw new RequestError({ kind: "sessionLost" });
    this.#open?.vault.free();
    this.#open = { vault, session };
    await this.#followKey(vault);
    await this.extend();
    this.#changed();
    return vault;
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

  /** It was used: the deadline moves, at times. */
  async touch(): Promise<void> {
    if (this.#open === undefined) return;
    const { deadline } = this.#open.session;
    if ((await this.#nextDeadline()) - deadline > EXTEND_AFTER_MS) await this.extend();
  }

  /** The whole auto-lock time begins anew. */
  async extend(): Promise<void> {
    if (this.#open === undefined) return;
    const now = this.#ports.now();
    const deadline = await this.#nextDeadline();
    const session = await extendSession(this.#ports.keys, this.#open.session, now, deadline);
    if (session === undefined || this.#open === undefined) return;
    await this.#keep(session);
    await this.#ports.wakeAt(deadline);
  }

  /** From now on the session holds this key. */
  async sealAnew(key: Uint8Array<ArrayBuffer>): Promise<void> {
    if (this.#open === undefined) return;
    const session = await sealInSession(this.#ports.keys, key, this.#open.session.deadline);
    if (session !== undefined) await this.#keep(session);
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
      this.#store.open(key, reading).catch((thrown: unknown) => {
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

  /** After a rotation that was cut short, another key than the session's may be in force. */
  async #followKey(vault: Vault): Promise<void> {
    const key = vault.otherKeyInForce() as Uint8Array<ArrayBuffer> | undefined;
    if (key !== undefined) await this.sealAnew(key).finally(() => key.fill(0));
  }

  async #keep(session: SealedSession): Promise<void> {
    if (this.#open === undefined) return;
    this.#open.session = session;
    await this.#ports.session.set({ [SESSION]: session });
  }

  async #nextDeadline(): Promise<number> {
    const { autoLockMinutes } = await readSettings(this.#ports.local);
    return this.#ports.now() + (autoLockMinutes === 0 ? ONE_USE_MS : autoLockMinutes * 60_000);
  }
}
