/** How an entry is called: the one place that reads its identity for people. */

import { accountsOf } from "../accounts";
import type { EntryView, IdentityKind } from "../entry-view";
import type { Words } from "../words/words";

/** The part of an entry that says whose it is. */
export type EntryIdentity = Pick<
  EntryView,
  | "issuer"
  | "accountName"
  | "partition"
  | "accountId"
  | "accountAlias"
  | "userName"
  | "deviceName"
  | "identityKind"
>;

export type EntryWords = {
  /** The AWS account as people know it, else the issuer. */
  title: string;
  /** Who signs in, and as what. */
  subtitle: string;
  /** Only for accounts outside the commercial partition. */
  partition: string | undefined;
  /** Who signs in, and as what, where the account is named elsewhere. */
  user: string;
  kind: string;
};

/** `123456789012` as the AWS console writes it: `1234-5678-9012`. */
export function formatAccountId(accountId: string): string {
  return accountId.replace(/^(\d{4})(\d{4})(\d{4})$/, "$1-$2-$3");
}

function kindWords(kind: IdentityKind, words: Words): string {
  switch (kind) {
    case "root":
      return words("kindRoot");
    case "iamUser":
      return words("kindIamUser");
    case "identityCenterUser":
      return words("kindIdentityCenter");
  }
}

export function partitionWords(partition: string | undefined, words: Words): string | undefined {
  switch (partition) {
    case undefined:
    case "":
    case "aws":
      return undefined;
    case "aws-us-gov":
      return words("partitionGovCloud");
    case "aws-cn":
      return words("partitionChina");
    case "aws-eusc":
      return words("partitionEurope");
    default:
      return partition;
  }
}

export function entryWords(entry: EntryIdentity, words: Words): EntryWords {
  const account = entry.accountAlias || (entry.accountId && formatAccountId(entry.accountId));
  const name = entry.userName || entry.deviceName || entry.accountName;
  const partition = partitionWords(entry.partition, words);
  if (entry.identityKind === undefined) {
    const title = account || entry.issuer || entry.accountName;
    const subtitle = account || entry.issuer ? name : "";
    return { title, subtitle, partition, user: name, kind: "" };
  }
  const kind = kindWords(entry.identityKind, words);
  if (entry.identityKind === "root") {
    return { title: account || entry.accountName, subtitle: kind, partition, user: kind, kind: "" };
  }
  const rest = { partition, user: name, kind };
  if (!account) return { title: name, subtitle: kind, ...rest };
  return { title: account, subtitle: words("userAndKind", { kind, user: name }), ...rest };
}

/** The entry in one line, for messages and accessible names. */
export function entryName(entry: EntryIdentity, words: Words): string {
  const { title, subtitle } = entryWords(entry, words);
  return subtitle ? words("entryName", { subtitle, title }) : title;
}

/** The entry in one line as a list of all `entries` calls it, though it may not stand there itself. */
export function nameAmong(entries: readonly EntryView[], entry: EntryView, words: Words): string {
  return entryName(accountsOf(entries).named(entry), words);
}

/** What finding and sorting make of an entry, made once for each. */
function remembered(make: (entry: EntryView, words: Words) => string): typeof make {
  const made = new WeakMap<EntryView, string>();
  return (entry, words) => {
    const text = made.get(entry) ?? make(entry, words);
    made.set(entry, text);
    return text;
  };
}

const nameOf = remembered(entryName);

const textOf = remembered((entry, words) => {
  const { title, subtitle, partition } = entryWords(entry, words);
  return [
    title,
    subtitle,
    partition,
    entry.issuer,
    entry.accountName,
    entry.accountId,
    entry.accountAlias,
    entry.userName,
    entry.deviceName,
    entry.directoryId,
    entry.note,
  ]
    .join("\n")
    .toLocaleLowerCase(words.locale);
});

/** The entries in which every word of the query stands somewhere. */
export function findEntries(
  entries: readonly EntryView[],
  query: string,
  words: Words,
): readonly EntryView[] {
  const parts = query.toLocaleLowerCase(words.locale).split(/\s+/).filter(Boolean);
  if (parts.length === 0) return entries;
  return entries.filter((entry) => parts.every((part) => textOf(entry, words).includes(part)));
}

/** The entries to show: the background lists deleted ones too, as they can be restored. */
export function keptEntries(entries: readonly EntryView[]): EntryView[] {
  return entries.filter((entry) => entry.deletedAt === undefined);
}

/** Pinned entries first, then as the user put them, then by name. */
export function sortEntries(entries: readonly EntryView[], words: Words): EntryView[] {
  const collator = new Intl.Collator(words.locale, { numeric: true, sensitivity: "base" });
  return entries
    .map((entry) => ({ entry, name: nameOf(entry, words) }))
    .sort(
      (a, b) =>
        Number(b.entry.pinned) - Number(a.entry.pinned) ||
        compareOrder(a.entry.order, b.entry.order) ||
        collator.compare(a.name, b.name),
    )
    .map(({ entry }) => entry);
}

/** By the code units, which for the keys that Doorcode makes are bytes; those without one come last. */
function compareOrder(one: string | undefined, other: string | undefined): number {
  if (one === other) return 0;
  if (one === undefined) return 1;
  if (other === undefined) return -1;
  return one < other ? -1 : 1;
}
