/** Says which entry has the secret already; a deleted one can be restored. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { EntryView } from "../entry-view";
import { entryName } from "../list/entry-words";
import { FailureNotice } from "./failure-notice";
import { Notice } from "./notice";
import { useServices } from "./services";
import { useAction } from "./use-action";

type DuplicateNoticeProps = { entryId: string; onRestored: (entry: EntryView) => void };

export function DuplicateNotice({ entryId, onRestored }: DuplicateNoticeProps) {
  const { background, words } = useServices();
  const [entry, setEntry] = useState<EntryView | undefined>();
  const action = useAction();
  const box = useRef<HTMLDivElement>(null);
  // It says why the entry cannot be saved: not to be missed under the buttons of the form.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it says changes its size
  useEffect(() => box.current?.scrollIntoView({ block: "nearest" }), [entry]);
  useEffect(() => {
    background.listEntries({}).then(
      ({ entries }) => setEntry(entries.find((known) => known.entryId === entryId)),
      () => setEntry(undefined),
    );
  }, [background, entryId]);

  const name = entry && entryName(entry, words);
  const restore = () =>
    action.run(async () => onRestored((await background.restoreEntry({ entryId })).entry));
  return (
    <div class="stack" ref={box}>
      {name === undefined && <Notice tone="info">{words("failDuplicateEntry")}</Notice>}
      {name !== undefined && (
        <Notice tone="info">
          {words(entry?.deletedAt === undefined ? "alreadyThere" : "alreadyDeleted", { name })}
        </Notice>
      )}
      {entry?.deletedAt !== undefined && (
        <button type="button" class="button" aria-disabled={action.busy} onClick={restore}>
          {words("restore")}
        </button>
      )}
      <FailureNotice failure={action.failure} />
    </div>
  );
}
