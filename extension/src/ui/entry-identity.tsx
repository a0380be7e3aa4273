/** Whose entry it is: a mark for its kind, account, user. */

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

export function EntryMark({ entry }: { entry: EntryIdentity }) {
  const known = entry.identityKind ?? (entry.accountId || entry.accountAlias ? "aws" : "other");
  return (
    <span class={`entry-mark entry-mark-${known}`}>
      <KindIcon kind={entry.identityKind} />
    </span>
  );
}

export function EntryNames({ entry, badge }: { entry: EntryIdentity; badge?: string }) {
  const { title, subtitle, partition } = entryWords(entry, useWords());
  return (
    <span class="entry-names">
      <span class="entry-title clip">
        <bdi>{title}</bdi>
      </span>
      <span class="entry-subtitle">
        {badge && <span class="badge badge-warning">{badge}</span>}
        {partition && <span class="badge">{partition}</span>}
        <span class="clip">
          <bdi>{subtitle}</bdi>
        </span>
      </span>
    </span>
  );
}
