/** One entry of the list: a press copies its code. */

import type { EntryView } from "../entry-view";
import { entryName } from "../list/entry-words";
import { EntryMark, EntryNames } from "../ui/entry-identity";
import { EditIcon, GripIcon } from "../ui/icons";
import { useChordNames } from "../ui/key-names";
import { useWords } from "../ui/services";
import { isHidden } from "./code-commands";
import { CodeLine } from "./code-line";
import { RevealButton } from "./reveal-button";
import type { UnlockedState } from "./unlocked-state";
import type { RowDrag } from "./use-row-drag";

export type EntryRowProps = {
  entry: EntryView;
  state: UnlockedState;
  /** Of its AWS account. */
  colour: number;
  /** It stands under a heading that names its AWS account. */
  underAccount: boolean;
  /** What Enter in the search field acts on. */
  searchTarget: boolean;
  /** Absent where entries stand in no order of the user's. */
  drag?: RowDrag;
  onCopy: () => void;
  onReveal: () => void;
  onEdit: () => void;
};

export function EntryRow(props: EntryRowProps) {
  const { entry, state, colour, underAccount, searchTarget, drag } = props;
  const { onCopy, onReveal, onEdit } = props;
  const words = useWords();
  const chord = useChordNames();
  const hidden = isHidden(state, entry.entryId);
  const timeBased = entry.type === "totp";
  const dropClass = drag?.dropPlace ? `drop-${drag.dropPlace}` : "";
  return (
    <li
      class={`entry ${searchTarget ? "search-target" : ""} ${dropClass}`}
      data-entry={entry.entryId}
      {...drag?.rowEvents}
    >
      {drag && (
        <span
          class="grip"
          draggable
          title={words("moveHint", { down: chord("Alt+↓"), up: chord("Alt+↑") })}
          {...drag.gripEvents}
        >
          <GripIcon size={14} />
        </span>
      )}
      <button
        type="button"
        class="entry-main"
        data-primary
        data-recent={entry.entryId === state.recentId || undefined}
        aria-disabled={!timeBased}
        onClick={timeBased ? onCopy : undefined}
      >
        <EntryMark
          entry={entry}
          colour={colour}
          pinned={entry.pinned ? words("pinnedEntry") : undefined}
        />
        <EntryNames
          entry={entry}
          colour={colour}
          underAccount={underAccount}
          {...(entry.pending ? { badge: words("pending") } : {})}
        />
        {timeBased ? (
          <CodeLine received={state.codes} entry={entry} hidden={hidden} />
        ) : (
          <span class="entry-no-code">{words("counterBased")}</span>
        )}
        {timeBased && <span class="visually-hidden">{words("pressToCopy")}</span>}
      </button>
      {timeBased && state.settings.hideCodes && (
        <RevealButton entry={entry} hidden={hidden} onPress={onReveal} />
      )}
      <button
        type="button"
        class="icon-button entry-button entry-edit"
        aria-label={words("editNamed", { name: entryName(entry, words) })}
        title={words("edit")}
        onClick={onEdit}
      >
        <EditIcon size={18} />
      </button>
    </li>
  );
}
