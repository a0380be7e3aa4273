import { describe, expect, test } from "vitest";
import { accountsOf } from "./accounts";
import { undoEdit, withEdit } from "./entry-edit";
import { entry } from "./ui/testing/sample-entries";

describe("AWS accounts", () => {
  const both = entry("both", { accountId: "123456789012", accountAlias: "example" });
  const byId = entry("id", { accountId: "123456789012" });
  const byAlias = entry("alias", { accountAlias: "example" });
  const other = entry("other", { accountAlias: "other" });
  const none = entry("none");

  test("are one where an entry knows ID and alias", () => {
    const accounts = accountsOf([both, byId, byAlias, other, none]);
    expect(accounts.sameAccount(byAlias)).toEqual([both, byId, byAlias]);
    expect(accounts.sameAccount(other)).toEqual([other]);
    expect(accounts.keyOf(none)).toBeUndefined();
    expect(accounts.sameAccount(none)).toEqual([none]);
  });

  test("are two where nothing says that ID and alias belong together", () => {
    const accounts = accountsOf([byId, byAlias]);
    expect(accounts.keyOf(byId)).not.toBe(accounts.keyOf(byAlias));
  });

  test("lend their colour to entries that came later", () => {
    const red = { ...both, colour: 1 };
    const accounts = accountsOf([red, byId, other]);
    expect(accounts.colourOf(byId)).toBe(1);
    expect(accounts.colourOf(other)).toBe(0);
    expect(accounts.colourOf({ ...byId, colour: 0 })).toBe(0);
  });

  test("lend their names to entries that know only a part of them", () => {
    const accounts = accountsOf([both, byId, byAlias, none]);
    expect(accounts.named(byId)).toEqual({ ...byId, accountAlias: "example" });
    expect(accounts.named(byAlias)).toEqual({ ...byAlias, accountId: "123456789012" });
    expect(accounts.named(both)).toBe(both);
    expect(accounts.named(none)).toBe(none);
  });
});

describe("an edit", () => {
  const before = entry("one", { accountAlias: "example", identityKind: "root", note: "desk" });

  test("clears what it empties", () => {
    const after = withEdit(before, { accountAlias: "", note: "drawer", identityKind: "unknown" });
    expect(after).toEqual(entry("one", { note: "drawer" }));
  });

  test("is taken back in every field that it named", () => {
    const edit = { accountAlias: "other", userName: "bob", pinned: true, order: "a" } as const;
    const edited = withEdit(before, { ...edit, identityKind: "iamUser" });
    const undo = undoEdit(before, { ...edit, identityKind: "iamUser" });
    expect(withEdit(edited, undo)).toEqual(before);
    expect(undoEdit(before, { colour: 3 })).toEqual({ colour: 0 });
  });
});
