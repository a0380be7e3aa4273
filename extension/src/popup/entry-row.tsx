/** One entry of the list: a press copies its code. */

import type { EntryView } from "../entry-view";
import type { ReceivedCodes } from "../ui/code-clock";
import { EntryMark, EntryNames } from "../ui/entry-identity";
import { entryName } from "../ui/entry-words";
import { EditIcon, PinIcon } from "../ui/icons";
import { useWords } from "../ui/services";
import { CodeLine } from "./code-line";

export type EntryRowProps = {
  entry: EntryView;
  codes: ReceivedCodes;
  recent: boolean;
  /** What Enter in the search field acts on. */
  searchTarget: boolean;
  onCopy: () => void;
  onEdit: () => void;
};

export function EntryRow(props: EntryRowProps) {
  const { entry, codes, recent, searchTarget, onCopy, onEdit } = props;
  const words = useWords();
  const timeBased = entry.type === "totp";
  return (
    <li class={`entry ${searchTarget ? "search-target" : ""}`}>
      <button
        type="button"
        class="entry-main"
        data-primary
        data-recent={recent || undefined}
        aria-disabled={!timeBased}
        onClick={timeBased ? onCopy : undefined}
      >
        <EntryMark entry={entry} />
        {entry.pinned && (
          <span class="pinned" role="img" aria-label={words("pinned")}>
            <PinIcon size={14} />
          </span>
        )}
        <EntryNames entry={entry} {...(entry.pending ? { badge: words("pending") } : {})} />
        {timeBased ? (
          <CodeLine received={codes} entryId={entry.entryId} />
        ) : (
          <span class="entry-no-code">{words("counterBased")}</span>
        )}
        {timeBased && <span class="visually-hidden">{words("pressToCopy")}</span>}
      </button>
      <button
        type="button"
        class="icon-button entry-edit"
        aria-label={words("editNamed", { name: entryName(entry, words) })}
        title={words("edit")}
        onClick={onEdit}
      >
        <EditIcon size={18} />
      </button>
    </li>
  );
}
