import { describe, expect, test } from "vitest";
import { accountsOf } from "../accounts";
import { withEdit } from "../entry-edit";
import type { EntryView } from "../entry-view";
import { words } from "../ui/testing/memory-services";
import { entry } from "../ui/testing/sample-entries";
import { sortEntries } from "./entry-words";
import { byName, type Change, isPlaced, moveByOne, moveTo } from "./order";
import { arranged, type Section, sectionsOf } from "./sections";

const of = (account: string, user: string, fields: Partial<EntryView> = {}) =>
  entry(`${account}-${user}`, { accountAlias: account, userName: user, ...fields });

const plain = ["a", "b", "c", "d"].map((name) => entry(name, { issuer: name }));
const grouped = [of("one", "ann"), of("one", "bob"), of("two", "ann"), of("two", "bob")];

function list(entries: readonly EntryView[], recent: string[] = []) {
  const given = {
    sorted: sortEntries(entries, words),
    accounts: accountsOf(entries),
    grouped: true,
  };
  return { sorted: arranged(given), sections: sectionsOf({ ...given, recent }) };
}

const ids = (entries: readonly EntryView[]) => entries.map(({ entryId }) => entryId);
const shown = (sections: readonly Section[]) => sections.map(({ entries }) => ids(entries));

function apply(entries: readonly EntryView[], changes: readonly Change[]): EntryView[] {
  return entries.map((one) =>
    changes
      .filter(({ entryId }) => entryId === one.entryId)
      .reduce((changed, { edit }) => withEdit(changed, edit), one),
  );
}

function move(entries: readonly EntryView[], entryId: string, step: -1 | 1): EntryView[] {
  const { sorted, sections } = list(entries);
  return apply(entries, moveByOne(sorted, sections, entryId, step));
}

describe("moving by one", () => {
  test("puts an entry past its neighbour and keeps all others", () => {
    const down = move(plain, "b", 1);
    expect(ids(list(down).sorted)).toEqual(["a", "c", "b", "d"]);
    expect(ids(list(move(down, "b", -1)).sorted)).toEqual(["a", "b", "c", "d"]);
  });

  test("does nothing at the ends", () => {
    const { sorted, sections } = list(plain);
    expect(moveByOne(sorted, sections, "a", -1)).toEqual([]);
    expect(moveByOne(sorted, sections, "d", 1)).toEqual([]);
  });

  test("changes one entry alone once there is room between its neighbours", () => {
    const ordered = move(plain, "a", 1);
    const { sorted, sections } = list(ordered);
    expect(ids(sorted)).toEqual(["b", "a", "c", "d"]);
    expect(moveByOne(sorted, sections, "a", 1)).toHaveLength(1);
  });

  test("holds through any number of moves", () => {
    let entries: EntryView[] = [...plain];
    for (let turn = 0; turn < 60; turn++) entries = move(entries, "b", turn % 2 ? 1 : -1);
    expect(ids(list(entries).sorted)).toEqual(["a", "b", "c", "d"]);
  });

  test("at the edge of an AWS account moves the whole account", () => {
    expect(shown(list(grouped).sections)).toEqual([
      ["one-ann", "one-bob"],
      ["two-ann", "two-bob"],
    ]);
    expect(shown(list(move(grouped, "one-bob", 1)).sections)).toEqual([
      ["two-ann", "two-bob"],
      ["one-ann", "one-bob"],
    ]);
  });

  test("within an AWS account leaves the account where it is, whatever its entries are called", () => {
    const byId = entry("by-id", { accountId: "123456789012", userName: "carol" });
    const both = entry("both", { accountId: "123456789012", accountAlias: "zoo", userName: "al" });
    const entries = [byId, both, ...grouped];
    expect(shown(list(entries).sections)[0]).toEqual(["by-id", "both"]);
    expect(shown(list(move(entries, "by-id", 1)).sections)[0]).toEqual(["both", "by-id"]);
  });

  test("leaves an entry that is new behind those that were put in order", () => {
    const ordered = move(plain, "a", 1);
    const later = [...ordered, entry("new", { issuer: "aa" })];
    expect(ids(list(later).sorted).at(-1)).toBe("new");
  });
});

describe("dropping", () => {
  const drop = (from: string, on: string, after: boolean, entries = plain) => {
    const { sorted, sections } = list(entries);
    return shown(list(apply(entries, moveTo(sorted, sections, from, on, after))).sections);
  };

  test("puts an entry before or after the other", () => {
    expect(drop("d", "a", false)).toEqual([["d", "a", "b", "c"]]);
    expect(drop("a", "c", true)).toEqual([["b", "c", "a", "d"]]);
  });

  test("on another AWS account moves the whole account there", () => {
    expect(drop("two-bob", "one-ann", true, grouped)).toEqual([
      ["two-ann", "two-bob"],
      ["one-ann", "one-bob"],
    ]);
  });

  test("on pinned entries, on itself or on nothing changes nothing", () => {
    const { sorted, sections } = list([...plain, of("pin", "ann", { pinned: true })]);
    expect(moveTo(sorted, sections, "a", "pin-ann", true)).toEqual([]);
    expect(moveTo(sorted, sections, "a", "a", true)).toEqual([]);
    expect(moveTo(sorted, sections, "a", "gone", true)).toEqual([]);
  });
});

test("by name changes those alone that were put in order, and keeps what is pinned on top", () => {
  const pinned = entry("z", { issuer: "z", pinned: true });
  const moved = move([...plain, pinned], "a", 1);
  const later = [...moved, entry("new", { issuer: "aa" })];
  const changes = byName(later);
  expect(changes.map(({ entryId }) => entryId)).not.toContain("new");
  const back = apply(later, changes);
  expect(ids(list(back).sorted)).toEqual(["z", "a", "new", "b", "c", "d"]);
  expect(back.some(isPlaced)).toBe(false);
});

describe("the parts of the list", () => {
  test("are pinned, used last and the accounts; each entry stands in one", () => {
    const many = Array.from({ length: 9 }, (_, at) => entry(`e${at}`, { issuer: `e${at}` }));
    const pinned = of("two", "zoe", { pinned: true });
    const { sections } = list([...grouped, pinned, ...many], ["e5", "two-zoe", "gone", "one-ann"]);
    expect(sections.map(({ kind }) => kind)).toEqual([
      "pinned",
      "recent",
      "account",
      "account",
      "rest",
    ]);
    expect(shown(sections).slice(0, 3)).toEqual([["two-zoe"], ["e5", "one-ann"], ["one-bob"]]);
    const all = shown(sections).flat();
    expect(new Set(all).size).toBe(all.length);
  });

  test("have no headings of accounts where each has one entry", () => {
    const single = [of("one", "ann"), of("two", "ann")];
    expect(list(single).sections.map(({ kind }) => kind)).toEqual(["rest"]);
  });

  test("do not show what was used last in a short list", () => {
    expect(list(plain, ["c"]).sections.map(({ kind }) => kind)).toEqual(["rest"]);
  });
});
