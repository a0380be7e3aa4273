/** An entry that fits what the tab in front asks for: its code can be filled from here. */

import type { EntryView } from "../entry-view";
import { entryName } from "../list/entry-words";
import { secondsUsed } from "../ui/code-clock";
import { EntryMark, EntryNames } from "../ui/entry-identity";
import { CopyIcon, EditIcon } from "../ui/icons";
import { useNow } from "../ui/now";
import { useWords } from "../ui/services";
import { isHidden } from "./code-commands";
import { CodeLine } from "./code-line";
import { RevealButton } from "./reveal-button";
import type { FillQuestion, UnlockedState } from "./unlocked-state";

const fillActions = {
  nothing: { label: "fill", named: "fillNamed" },
  field: { label: "offerFillHere", named: "fillHereNamed" },
  usedCode: { label: "fillUsed", named: "fillUsedNamed" },
} as const;
const copyAction = { label: "copyCode", named: "copyNamed" } as const;

type PromptEntryProps = {
  entry: EntryView;
  state: UnlockedState;
  /** Of its AWS account. */
  colour: number;
  /** The best of the matches: the one that Enter fills. */
  best: boolean;
  /** Whether there is a field to fill; otherwise the code is copied. */
  fillable: boolean;
  /** What another click on the button says yes to. */
  asked: FillQuestion["about"] | undefined;
  onFill: () => void;
  onCopy: () => void;
  onReveal: () => void;
  onEdit: () => void;
};

export function PromptEntry(props: PromptEntryProps) {
  const { entry, state, colour, best, fillable, asked } = props;
  const { onFill, onCopy, onReveal, onEdit } = props;
  const words = useWords();
  const now = useNow();
  const name = entryName(entry, words);
  const used = secondsUsed(state.codes, entry.entryId, now);
  const hidden = isHidden(state, entry.entryId);
  const action = fillable ? fillActions[asked ?? "nothing"] : copyAction;
  return (
    <li class="prompt-entry" data-entry={entry.entryId}>
      <div class="entry-line">
        <EntryMark entry={entry} colour={colour} />
        <EntryNames
          entry={entry}
          colour={colour}
          {...(entry.pending ? { badge: words("pending") } : {})}
        />
        <CodeLine received={state.codes} entry={entry} hidden={hidden} />
      </div>
      {used > 0 && <p class="prompt-remark">{words("usedNextIn", { seconds: used })}</p>}
      <div class="prompt-actions">
        <button
          type="button"
          class={`button ${best ? "button-primary" : ""}`}
          data-primary
          data-recent={entry.entryId === state.recentId || undefined}
          aria-label={words(action.named, { name })}
          onClick={fillable ? onFill : onCopy}
        >
          {words(action.label)}
        </button>
        {state.settings.hideCodes && (
          <RevealButton entry={entry} hidden={hidden} framed onPress={onReveal} />
        )}
        {fillable && (
          <button
            type="button"
            class="icon-button icon-button-framed"
            aria-label={words("copyNamed", { name })}
            title={words("copy")}
            onClick={onCopy}
          >
            <CopyIcon size={18} />
          </button>
        )}
        <button
          type="button"
          class="icon-button icon-button-framed"
          aria-label={words("editNamed", { name })}
          title={words("edit")}
          onClick={onEdit}
        >
          <EditIcon size={18} />
        </button>
      </div>
    </li>
  );
}
