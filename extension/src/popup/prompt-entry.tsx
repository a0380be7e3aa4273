/** An entry that fits what the tab in front asks for: its code can be filled from here. */

import type { EntryView } from "../entry-view";
import { type ReceivedCodes, secondsUsed } from "../ui/code-clock";
import { EntryMark, EntryNames } from "../ui/entry-identity";
import { entryName } from "../ui/entry-words";
import { CopyIcon, EditIcon } from "../ui/icons";
import { useNow } from "../ui/now";
import { useWords } from "../ui/services";
import { CodeLine } from "./code-line";
import type { FillQuestion } from "./unlocked-state";

const fillActions = {
  nothing: { label: "fill", named: "fillNamed" },
  field: { label: "offerFillHere", named: "fillHereNamed" },
  usedCode: { label: "fillUsed", named: "fillUsedNamed" },
} as const;
const copyAction = { label: "copyCode", named: "copyNamed" } as const;

type PromptEntryProps = {
  entry: EntryView;
  codes: ReceivedCodes;
  recent: boolean;
  /** The best of the matches: the one that Enter fills. */
  best: boolean;
  /** Whether there is a field to fill; otherwise the code is copied. */
  fillable: boolean;
  /** What another click on the button says yes to. */
  asked: FillQuestion["about"] | undefined;
  onFill: () => void;
  onCopy: () => void;
  onEdit: () => void;
};

export function PromptEntry(props: PromptEntryProps) {
  const { entry, codes, recent, best, fillable, asked, onFill, onCopy, onEdit } = props;
  const words = useWords();
  const now = useNow();
  const name = entryName(entry, words);
  const used = secondsUsed(codes, entry.entryId, now);
  const action = fillable ? fillActions[asked ?? "nothing"] : copyAction;
  return (
    <li class="prompt-entry">
      <div class="entry-line">
        <EntryMark entry={entry} />
        <EntryNames entry={entry} {...(entry.pending ? { badge: words("pending") } : {})} />
        <CodeLine received={codes} entryId={entry.entryId} />
      </div>
      {used > 0 && <p class="prompt-remark">{words("usedNextIn", { seconds: used })}</p>}
      <div class="prompt-actions">
        <button
          type="button"
          class={`button ${best ? "button-primary" : ""}`}
          data-primary
          data-recent={recent || undefined}
          aria-label={words(action.named, { name })}
          onClick={fillable ? onFill : onCopy}
        >
          {words(action.label)}
        </button>
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
