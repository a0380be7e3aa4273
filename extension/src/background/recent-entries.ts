/**
 * The entries used last, for the popup to show first. In memory only: the disk does not tell who
 * signed in when.
 */

import type { StorageArea } from "./ports";

const KEY = "recent";
const KEPT = 5;

export class RecentEntries {
  readonly #session: StorageArea;

  constructor(session: StorageArea) {
    this.#session = session;
  }

  /** The latest first. */
  async read(): Promise<string[]> {
    const kept = (await this.#session.get([KEY]))[KEY];
    return Array.isArray(kept) ? kept : [];
  }

  async add(entryId: string): Promise<void> {
    const others = (await this.read()).filter((kept) => kept !== entryId);
    await this.#session.set({ [KEY]: [entryId, ...others].slice(0, KEPT) });
  }
}
