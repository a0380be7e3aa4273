/** The heading over a part of the list: for an AWS account its alias, ID and colour. */

import type { Accounts } from "../accounts";
import { formatAccountId, partitionWords } from "../list/entry-words";
import type { Section } from "../list/sections";
import { ColourBadge } from "../ui/colour-badge";
import { useWords } from "../ui/services";

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
  const { accountAlias, accountId, partition } = first;
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
