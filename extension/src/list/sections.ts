/** The parts of the list: pinned, used last, and the entries of each AWS account. */

import type { Accounts } from "../accounts";
import type { EntryView } from "../entry-view";

export type Section = {
  /** New for each part of one list. */
  key: string;
  kind: "pinned" | "recent" | "account" | "rest";
  entries: readonly EntryView[];
};

export type ListInput = {
  /** In the order to show them. */
  sorted: readonly EntryView[];
  accounts: Accounts;
  /** The entries used last, the latest first. */
  recent: readonly string[];
  grouped: boolean;
};

/** In a shorter list everything is in sight anyway. */
const RECENT_FROM = 9;
const MOST_RECENT = 3;

export function sectionsOf({ sorted, accounts, recent, grouped }: ListInput): Section[] {
  const pinned = sorted.filter((entry) => entry.pinned);
  const latest = sorted.length < RECENT_FROM ? [] : recentOf(sorted, recent);
  const others = sorted.filter((entry) => !entry.pinned && !latest.includes(entry));
  const parts: Section[] = [
    { key: "pinned", kind: "pinned", entries: pinned },
    { key: "recent", kind: "recent", entries: latest },
    ...(grouped && hasGroups(sorted, accounts)
      ? groupsOf(others, accounts)
      : [{ key: "rest", kind: "rest", entries: others } as const]),
  ];
  return parts.filter(({ entries }) => entries.length > 0);
}

/** All entries in the order of the parts that they belong to, for moving one among the others. */
export function arranged({ sorted, accounts, grouped }: Omit<ListInput, "recent">): EntryView[] {
  return sectionsOf({ sorted, accounts, grouped, recent: [] }).flatMap(({ entries }) => entries);
}

function recentOf(sorted: readonly EntryView[], recent: readonly string[]): EntryView[] {
  return recent
    .map((entryId) => sorted.find((entry) => entry.entryId === entryId && !entry.pinned))
    .filter((entry) => entry !== undefined)
    .slice(0, MOST_RECENT);
}

/** Headings help only where an account has more than one entry. */
function hasGroups(entries: readonly EntryView[], accounts: Accounts): boolean {
  return entries.some(
    (entry) => accounts.keyOf(entry) !== undefined && accounts.sameAccount(entry).length > 1,
  );
}

/** Each account where its first entry stands; what belongs to none comes last. */
function groupsOf(entries: readonly EntryView[], accounts: Accounts): Section[] {
  const groups = new Map<string, EntryView[]>();
  const rest: EntryView[] = [];
  for (const entry of entries) {
    const key = accounts.keyOf(entry);
    if (key === undefined) rest.push(entry);
    else groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [
    ...[...groups].map(([key, members]): Section => ({ key, kind: "account", entries: members })),
    { key: "rest", kind: "rest", entries: rest },
  ];
}
