/** Says which entry has the secret already; a deleted one can be restored. */

import { useEffect, useState } from "preact/hooks";
import type { EntryView } from "../entry-view";
import { entryName } from "./entry-words";
import { FailureNotice } from "./failure-notice";
import { Notice } from "./notice";
import { useServices } from "./services";
import { useAction } from "./use-action";

type DuplicateNoticeProps = { entryId: string; onRestored: (entry: EntryView) => void };

export function DuplicateNotice({ entryId, onRestored }: DuplicateNoticeProps) {
  const { background, words } = useServices();
  const [entry, setEntry] = useState<EntryView | undefined>();
  const action = useAction();
  useEffect(() => {
    background.listEntries({}).then(
      ({ entries }) => setEntry(entries.find((known) => known.entryId === entryId)),
      () => setEntry(undefined),
    );
  }, [background, entryId]);

  if (entry === undefined) return <Notice tone="info">{words("failDuplicateEntry")}</Notice>;
  const name = entryName(entry, words);
  if (entry.deletedAt === undefined) {
    return <Notice tone="info">{words("alreadyThere", { name })}</Notice>;
  }
  const restore = () =>
    action.run(async () => onRestored((await background.restoreEntry({ entryId })).entry));
  return (
    <>
      <Notice tone="info">{words("alreadyDeleted", { name })}</Notice>
      <button type="button" class="button" aria-disabled={action.busy} onClick={restore}>
        {words("restore")}
      </button>
      <FailureNotice failure={action.failure} />
    </>
  );
}
