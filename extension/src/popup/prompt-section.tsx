/** What the tab in front asks for, and the entries that may answer it. */

import type { Accounts } from "../accounts";
import type { EntryView } from "../entry-view";
import type { TabPrompt } from "../protocol";
import { useWords } from "../ui/services";
import { PromptEntry } from "./prompt-entry";
import { PromptRemark } from "./prompt-remark";
import type { UnlockedAction, UnlockedState } from "./unlocked-state";
import type { UnlockedCommands } from "./use-unlocked";

/** Whether the page has a field for the code that Doorcode can fill. */
const hasField = ({ kind }: TabPrompt) => kind === "known" || kind === "structural";

type PromptSectionProps = {
  state: UnlockedState;
  matches: readonly EntryView[];
  accounts: Accounts;
  commands: UnlockedCommands;
  dispatch: (action: UnlockedAction) => void;
};

export function PromptSection(props: PromptSectionProps) {
  const { state, matches, accounts, commands, dispatch } = props;
  const words = useWords();
  const { prompt, query, question } = state;
  if (prompt === undefined) return null;
  return (
    <section class="prompt" aria-labelledby="prompt-heading">
      <h2 id="prompt-heading" class="section-heading">
        {words("thisTab")} <bdi class="clip">{prompt.host}</bdi>
      </h2>
      <PromptRemark prompt={prompt} matches={matches.length} searching={query !== ""} />
      <ul class="prompt-entries">
        {matches.map((entry, place) => (
          <PromptEntry
            key={entry.entryId}
            entry={entry}
            state={state}
            colour={accounts.colourOf(entry)}
            best={place === 0}
            fillable={hasField(prompt)}
            asked={question?.entryId === entry.entryId ? question.about : undefined}
            onFill={() => commands.fillCode(entry)}
            onCopy={() => commands.copyCode(entry)}
            onReveal={() => commands.toggleReveal(entry)}
            onEdit={() =>
              dispatch({ type: "screenChosen", screen: { name: "edit", entryId: entry.entryId } })
            }
          />
        ))}
      </ul>
    </section>
  );
}
