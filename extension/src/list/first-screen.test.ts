import { describe, expect, test } from "vitest";
import { accountsOf } from "../accounts";
import type { EntryView } from "../entry-view";
import { words } from "../ui/testing/memory-services";
import { entry } from "../ui/testing/sample-entries";
import { sortEntries } from "./entry-words";
import { FIRST_ROWS } from "./first-rows";
import { type FirstScreenInput, firstScreen } from "./first-screen";
import { sectionsOf } from "./sections";

/** The first rows as the list draws them: each with the heading, names and colour that it has. */
function firstRows(entries: readonly EntryView[], { recent, matches, grouped }: FirstScreenInput) {
  const accounts = accountsOf(entries);
  const named = entries.map(accounts.named);
  const isMatch = ({ entryId }: EntryView) => matches.includes(entryId);
  const sorted = sortEntries(
    named.filter((one) => !isMatch(one)),
    words,
  );
  const row = (one: EntryView) => ({ ...one, shownColour: accounts.colourOf(one) });
  return {
    asked: named.filter(isMatch).map(row),
    list: sectionsOf({ sorted, accounts, recent, grouped })
      .flatMap(({ key, kind, entries }) => entries.map((one) => ({ key, kind, ...row(one) })))
      .slice(0, FIRST_ROWS),
  };
}

/** The same numbers each time: mulberry32. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function madeUp(below: (limit: number) => number): { all: EntryView[]; input: FirstScreenInput } {
  const accounts = 1 + below(80);
  const all = Array.from({ length: 41 + below(160) }, (_, at) => {
    const account = below(accounts);
    const fields: Partial<EntryView> = { userName: `user-${below(1000)}` };
    const knows = below(4);
    if (knows > 0) fields.accountId = String(100_000_000_000 + account);
    if (knows === 0 || knows === 3) fields.accountAlias = `alias-${account}`;
    if (below(6) === 0) fields.colour = 1 + below(8);
    if (below(8) === 0) fields.order = `00000${below(10)}`;
    return entry(`e${at}`, { ...fields, pinned: below(25) === 0 });
  });
  const some = (count: number) =>
    Array.from({ length: below(count) }, () => `e${below(all.length)}`);
  const input = { recent: some(5), matches: some(3), grouped: below(2) === 0 };
  return { all, input };
}

describe("the entries of the first screen", () => {
  test("draw the same rows as all of them, in vaults of every kind", () => {
    let left = 0;
    for (let seed = 1; seed <= 1000; seed += 1) {
      const { all, input } = madeUp(numbers(seed));
      const sent = firstScreen(all, input, words);
      expect(firstRows(sent, input), `seed ${seed}`).toEqual(firstRows(all, input));
      left += all.length - sent.length;
    }
    // On average most are left out.
    expect(left / 1000).toBeGreaterThan(60);
  });

  test("are all of them where there are few", () => {
    const few = Array.from({ length: 40 }, (_, at) => entry(`e${at}`));
    const input = { recent: [], matches: [], grouped: true };
    expect(firstScreen(few, input, words)).toEqual(few);
  });
});
