/** Which AWS account each entry belongs to, and the colour that the user gave that account. */

import { NO_COLOUR } from "./entry-edit";
import type { EntryView } from "./entry-view";

type Account = Pick<EntryView, "accountId" | "accountAlias">;

/** Whether anything is known of AWS. */
export function isAws({ identityKind, accountId, accountAlias, directoryId }: EntryView): boolean {
  return Boolean(identityKind || accountId || accountAlias || directoryId);
}

export type Accounts = {
  /** Names the account of an entry; `undefined` when none is known. */
  keyOf(entry: Account): string | undefined;
  /** The number in the palette, `NO_COLOUR` for none. */
  colourOf(entry: EntryView): number;
  /** The entries of the same account, this one among them. */
  sameAccount(entry: EntryView): readonly EntryView[];
  /** The entry with what others know of the names of its account: all are called and sorted alike. */
  named(entry: EntryView): EntryView;
};

/** What names an account. */
const NAMES = ["accountAlias", "accountId", "partition"] as const;

/** The colours of the palette, by number: those of the vault format. Each has a meaning in words. */
export const COLOURS = [1, 2, 3, 4, 5, 6, 7, 8] as const;

/**
 * An entry that knows only the alias belongs to the account whose ID another entry knows with it.
 * A colour is the account's: an entry without one has that of the others.
 */
export function accountsOf(entries: readonly EntryView[]): Accounts {
  const idOfAlias = new Map<string, string>();
  for (const { accountId, accountAlias } of entries) {
    if (accountId && accountAlias) idOfAlias.set(accountAlias, accountId);
  }
  const keyOf = ({ accountId, accountAlias }: Account) =>
    accountId || (accountAlias && (idOfAlias.get(accountAlias) ?? accountAlias)) || undefined;
  const byAccount = new Map<string, EntryView[]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    if (key === undefined) continue;
    const same = byAccount.get(key);
    if (same === undefined) byAccount.set(key, [entry]);
    else same.push(entry);
  }
  const sameAccount = (entry: EntryView) => {
    const key = keyOf(entry);
    return (key === undefined ? undefined : byAccount.get(key)) ?? [entry];
  };
  const colourOf = (entry: EntryView) =>
    entry.colour ??
    sameAccount(entry).find(({ colour }) => colour !== undefined)?.colour ??
    NO_COLOUR;
  const named = (entry: EntryView) => {
    if (keyOf(entry) === undefined) return entry;
    const shared = { ...entry };
    for (const name of NAMES) {
      const known = entry[name] || sameAccount(entry).find((other) => other[name])?.[name];
      if (known) shared[name] = known;
    }
    return NAMES.every((name) => shared[name] === entry[name]) ? entry : shared;
  };
  return { keyOf, colourOf, sameAccount, named };
}
