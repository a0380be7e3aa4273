/** The heading over a part of the list: for an AWS account its alias, ID and colour. */

import type { Accounts } from "../accounts";
import type { EntryView } from "../entry-view";
import { ColourBadge } from "../ui/colour-badge";
import { formatAccountId, partitionWords } from "../ui/entry-words";
import { useWords } from "../ui/services";
import type { Section } from "./list-sections";

type SectionHeadingProps = {
  id: string;
  section: Section;
  accounts: Accounts;
  /** It stands below other parts. */
  shown: boolean;
  /** There are groups by AWS account. */
  grouped: boolean;
};

export function SectionHeading({ id, section, accounts, shown, grouped }: SectionHeadingProps) {
  const words = useWords();
  if (section.kind !== "account") {
    const text = {
      pinned: words("pinned"),
      recent: words("recentEntries"),
      rest: words(grouped ? "noAccountEntries" : shown ? "otherEntries" : "entries"),
    }[section.kind];
    return (
      <h2 id={id} class={shown ? "section-heading" : "visually-hidden"}>
        {text}
      </h2>
    );
  }
  const [first] = section.entries;
  if (first === undefined) return null;
  const { accountAlias, accountId, partition } = named(accounts.sameAccount(first));
  const elsewhere = partitionWords(partition, words);
  return (
    <h2 id={id} class="section-heading">
      <span class="visually-hidden">{words("inAwsAccount")} </span>
      {accountAlias && <bdi class="clip account-alias">{accountAlias}</bdi>}
      {accountId && (
        <bdi class={accountAlias ? "" : "account-alias"}>{formatAccountId(accountId)}</bdi>
      )}
      <ColourBadge colour={accounts.colourOf(first)} />
      {elsewhere && <span class="badge">{elsewhere}</span>}
    </h2>
  );
}

/** What the entries of one account know of its names, together. */
function named(entries: readonly EntryView[]) {
  const first = <Name extends "accountAlias" | "accountId" | "partition">(name: Name) =>
    entries.find((entry) => entry[name])?.[name];
  return {
    accountAlias: first("accountAlias"),
    accountId: first("accountId"),
    partition: first("partition"),
  };
}
