/** Whose entry it is: a mark for its kind, account, user, and what its AWS account is for. */

import { Fragment } from "preact";
import { type EntryIdentity, entryWords } from "../list/entry-words";
import { ColourBadge } from "./colour-badge";
import { KeyIcon, PeopleIcon, PinIcon, RootIcon, UserIcon } from "./icons";
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

type EntryMarkProps = {
  entry: EntryIdentity;
  colour?: number;
  /** It carries a pin, and what that is called. */
  pinned?: string | undefined;
};

export function EntryMark({ entry, colour = 0, pinned }: EntryMarkProps) {
  const known = entry.identityKind ?? (entry.accountId || entry.accountAlias ? "aws" : "other");
  return (
    <span class={`entry-mark entry-mark-${known}${colour > 0 ? ` colour-${colour}` : ""}`}>
      <KindIcon kind={entry.identityKind} />
      {pinned && (
        <span class="pinned" role="img" aria-label={pinned}>
          <PinIcon size={12} />
        </span>
      )}
    </span>
  );
}

/** An address that is too long for its line is broken after the user's name. */
function Breakable({ text }: { text: string }) {
  return text.split(/(?<=@)/).map((part, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the name
    <Fragment key={place}>
      {place > 0 && <wbr />}
      {part}
    </Fragment>
  ));
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
      {underAccount && <span class="visually-hidden">{title}, </span>}
      <bdi class="entry-title clip-late">
        <Breakable text={underAccount ? user : title} />
      </bdi>
      <span class={below || badge ? "entry-subtitle" : "visually-hidden"}>
        {badge && <span class="badge badge-warning">{badge}</span>}
        {!underAccount && <ColourBadge colour={colour} />}
        {partition && !underAccount && <span class="badge">{partition}</span>}
        <bdi class="clip-late">
          <Breakable text={below} />
        </bdi>
      </span>
    </span>
  );
}
