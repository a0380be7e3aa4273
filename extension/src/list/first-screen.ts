/** Which entries the popup needs before it can be drawn, out of a vault with many. */

import { type Accounts, accountsOf } from "../accounts";
import type { EntryView } from "../entry-view";
import type { Words } from "../words/words";
import { sortEntries } from "./entry-words";
import { FIRST_ROWS } from "./first-rows";
import { sectionsOf } from "./sections";

/** So many entries are sent at once: picking among fewer would save nothing. */
const FEW = 40;

export type FirstScreenInput = {
  /** The entries used last, the latest first. */
  recent: readonly string[];
  /** The entries that the tab in front may ask for. */
  matches: readonly string[];
  grouped: boolean;
};

/**
 * The entries with which the first screen is the same as with all that are kept: those that it
 * draws, and those of the same accounts, which tell their names and colours.
 */
export function firstScreen(
  kept: readonly EntryView[],
  { recent, matches, grouped }: FirstScreenInput,
  words: Words,
): EntryView[] {
  if (kept.length <= FEW) return [...kept];
  const { accounts, sorted } = inOrder(kept, words);
  const isMatch = ({ entryId }: EntryView) => matches.includes(entryId);
  const others = sorted.filter((entry) => !isMatch(entry));
  const drawn = sectionsOf({ sorted: others, accounts, recent, grouped })
    .flatMap(({ entries }) => entries)
    .slice(0, FIRST_ROWS);
  const needed = new Set(
    [...drawn, ...sorted.filter(isMatch), ...twoOfOneAccount(sorted, accounts)]
      .flatMap((entry) => [entry, ...accounts.sameAccount(entry)])
      .map(({ entryId }) => entryId),
  );
  return kept.filter(({ entryId }) => needed.has(entryId));
}

type InOrder = { accounts: Accounts; sorted: readonly EntryView[] };

/** Of each list of entries once: the same one comes with each popup. */
const known = new WeakMap<readonly EntryView[], InOrder>();

function inOrder(kept: readonly EntryView[], words: Words): InOrder {
  const before = known.get(kept);
  if (before !== undefined) return before;
  const accounts = accountsOf(kept);
  const made = { accounts, sorted: sortEntries(kept.map(accounts.named), words) };
  known.set(kept, made);
  return made;
}

/** Whether there are any decides whether the list has headings. */
function twoOfOneAccount(entries: readonly EntryView[], accounts: Accounts): EntryView[] {
  return entries.filter((entry) => accounts.sameAccount(entry).length > 1).slice(0, 1);
}
