import { describe, expect, test } from "vitest";
import { words } from "../ui/testing/memory-services";
import * as sample from "../ui/testing/sample-entries";
import { entryName, entryWords, findEntries, formatAccountId, sortEntries } from "./entry-words";

const shown = (entry: Parameters<typeof entryWords>[0]) => {
  const { title, subtitle } = entryWords(entry, words);
  return [title, subtitle];
};

describe("an entry is called", () => {
  test("by the alias of its account, with user and kind", () => {
    expect(shown(sample.production)).toEqual(["example-production", "alice · IAM user"]);
  });

  test("by the account ID as the console writes it when there is no alias", () => {
    expect(shown(sample.staging)).toEqual(["2109-8765-4321", "alice · IAM user"]);
  });

  test("by its account alone for the root user", () => {
    expect(shown(sample.root)).toEqual(["example-production", "Root user"]);
  });

  test("by its user in Identity Center, which has no account", () => {
    expect(shown(sample.identityCenter)).toEqual(["alice@example.com", "Identity Center user"]);
  });

  test("by its issuer outside AWS", () => {
    expect(shown(sample.elsewhere)).toEqual(["Example Mail", "alice@example.com"]);
  });

  test("by what there is when there is only an account name", () => {
    expect(shown(sample.entry("x", { issuer: "", accountName: "alice" }))).toEqual(["alice", ""]);
  });

  test("by the device when the user is not known", () => {
    const entry = { ...sample.staging, userName: "", deviceName: "alice-phone" };
    expect(entryName(entry, words)).toBe("2109-8765-4321, alice-phone · IAM user");
  });
});

test("names the partition only outside the commercial one", () => {
  expect(entryWords(sample.production, words).partition).toBeUndefined();
  expect(entryWords(sample.govCloud, words).partition).toBe("GovCloud");
  expect(entryWords({ ...sample.govCloud, partition: "aws-iso" }, words).partition).toBe("aws-iso");
});

test("leaves an account ID that has not twelve digits as it is", () => {
  expect(formatAccountId("12345")).toBe("12345");
});

describe("a search finds", () => {
  const finds = (query: string) =>
    findEntries(sample.everyKind, query, words).map((e) => e.entryId);

  test("everything when nothing is typed", () => {
    expect(finds("")).toHaveLength(sample.everyKind.length);
  });

  test("each word anywhere, in any case and order", () => {
    expect(finds("ALICE prod")).toEqual(["production"]);
  });

  test("an account ID with and without hyphens", () => {
    expect(finds("2109-8765")).toEqual(["staging"]);
    expect(finds("210987654321")).toEqual(["staging"]);
  });

  test("the kind and the partition as they are shown", () => {
    expect(finds("root")).toEqual(["root"]);
    expect(finds("govcloud")).toEqual(["gov-cloud"]);
  });
});

test("sorts pinned entries first, then by name with numbers by value", () => {
  const [first, , , fourth] = sample.manyEntries(12);
  const ten = { ...sample.entry("ten"), accountAlias: "team-10", pinned: true };
  const nine = sample.entry("nine", { accountAlias: "team-9" });
  const sorted = sortEntries(
    [nine, fourth, first, ten].filter((e) => e !== undefined),
    words,
  );
  expect(sorted.map((entry) => entry.accountAlias)).toEqual([
    "team-10",
    "team-01",
    "team-04",
    "team-9",
  ]);
});
