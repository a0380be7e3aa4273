/** The heading over a part of the list: for an AWS account its alias, ID and colour. */

import type { EntryView } from "../entry-view";
import { ColourBadge } from "../ui/colour-badge";
import { formatAccountId } from "../ui/entry-words";
import { useWords } from "../ui/services";
import type { Section } from "./list-sections";

type SectionHeadingProps = {
  id: string;
  section: Section;
  colour: number;
  /** It stands below other parts. */
  shown: boolean;
  /** There are groups by AWS account. */
  grouped: boolean;
};

export function SectionHeading({ id, section, colour, shown, grouped }: SectionHeadingProps) {
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
  const { accountAlias, accountId } = named(section.entries);
  return (
    <h2 id={id} class="section-heading">
      <span class="visually-hidden">{words("inAwsAccount")} </span>
      {accountAlias && <bdi class="clip account-alias">{accountAlias}</bdi>}
      {accountId && (
        <bdi class={accountAlias ? "" : "account-alias"}>{formatAccountId(accountId)}</bdi>
      )}
      <ColourBadge colour={colour} />
    </h2>
  );
}

/** What the entries of one account know of its names, together. */
function named(entries: readonly EntryView[]): Pick<EntryView, "accountAlias" | "accountId"> {
  const alias = entries.find(({ accountAlias }) => accountAlias)?.accountAlias;
  const id = entries.find(({ accountId }) => accountId)?.accountId;
  return { ...(alias ? { accountAlias: alias } : {}), ...(id ? { accountId: id } : {}) };
}
