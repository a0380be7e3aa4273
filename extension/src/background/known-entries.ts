/** What the pages are shown of the entries, made once for each state of the vault. */

import type { Vault } from "../core";
import { keptEntries } from "../list/entry-words";
import type { EntryView } from "../protocol";
import type { CodeSource } from "../wasm/core/core";

export type KnownEntries = {
  /** Deleted ones too. */
  all: readonly EntryView[];
  kept: readonly EntryView[];
  /** What makes the codes of `Vault.codeValues`, in their order. */
  codeSources: readonly CodeSource[];
};

/** Forgotten with the vault when it locks. */
const known = new WeakMap<Vault, KnownEntries & { rev: number }>();

export function knownEntries(vault: Vault): KnownEntries {
  const rev = vault.rev();
  const before = known.get(vault);
  if (before?.rev === rev) return before;
  const all = vault.entries();
  const made = { rev, all, kept: keptEntries(all), codeSources: vault.codeSources() };
  known.set(vault, made);
  return made;
}
