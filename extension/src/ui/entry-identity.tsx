/** Whose entry it is: a mark for its kind, account, user, and what its AWS account is for. */

import { ColourBadge } from "./colour-badge";
import { type EntryIdentity, entryWords } from "./entry-words";
import { KeyIcon, PeopleIcon, RootIcon, UserIcon } from "./icons";
import { useWords } from "./services";

function KindIcon({ kind }: { kind: EntryIdentity["identityKind"] }) {
  switch (kind) {
    case "root":
      return <RootIcon />;
    case "iamUser":
      return <UserIcon />;
    case "identityCenterUser":
      return <PeopleIcon />;
    case undefined:
      return <KeyIcon />;
  }
}

export function EntryMark({ entry, colour = 0 }: { entry: EntryIdentity; colour?: number }) {
  const known = entry.identityKind ?? (entry.accountId || entry.accountAlias ? "aws" : "other");
  return (
    <span class={`entry-mark entry-mark-${known}${colour > 0 ? ` colour-${colour}` : ""}`}>
      <KindIcon kind={entry.identityKind} />
    </span>
  );
}

type EntryNamesProps = {
  entry: EntryIdentity;
  badge?: string;
  /** Of its AWS account, in the palette. */
  colour?: number;
  /** It stands under a heading that names its AWS account. */
  underAccount?: boolean;
};

export function EntryNames({ entry, badge, colour = 0, underAccount = false }: EntryNamesProps) {
  const words = useWords();
  const { title, subtitle, partition, user, kind } = entryWords(entry, words);
  const below = underAccount ? kind : subtitle;
  return (
    <span class="entry-names">
      <span class="entry-title clip-late">
        {underAccount && <span class="visually-hidden">{title}, </span>}
        <bdi>{underAccount ? user : title}</bdi>
      </span>
      <span class={below || badge ? "entry-subtitle" : "visually-hidden"}>
        {badge && <span class="badge badge-warning">{badge}</span>}
        {!underAccount && <ColourBadge colour={colour} />}
        {partition && !underAccount && <span class="badge">{partition}</span>}
        <span class="clip-late">
          <bdi>{below}</bdi>
        </span>
      </span>
    </span>
  );
}
