/** The codes: first what the tab in front asks for, then all other entries. */

import { useEffect, useRef } from "preact/hooks";
import type { EntryView } from "../entry-view";
import { matchesQuery, sortEntries } from "../ui/entry-words";
import { useServices } from "../ui/services";
import { EmptyList } from "./empty-list";
import { EntryRow } from "./entry-row";
import { ListHeader } from "./list-header";
import { firstStop, handleListKey } from "./list-keys";
import { PromptEntry } from "./prompt-entry";
import type { UnlockedAction, UnlockedState } from "./unlocked-state";
import type { UnlockedCommands } from "./use-unlocked";

type EntryListProps = {
  state: UnlockedState;
  dispatch: (action: UnlockedAction) => void;
  commands: UnlockedCommands;
};

export function EntryList({ state, dispatch, commands }: EntryListProps) {
  const { words } = useServices();
  const list = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const { codes, entries = [], prompt, query, recentId } = state;

  const found = entries.filter((entry) => matchesQuery(entry, query, words));
  const matches = (prompt?.matches ?? [])
    .map((entryId) => found.find((entry) => entry.entryId === entryId))
    .filter((entry): entry is EntryView => entry !== undefined);
  const others = sortEntries(
    found.filter((entry) => !matches.includes(entry)),
    words,
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the list appears
  useEffect(() => {
    const recent = list.current?.querySelector<HTMLElement>("[data-recent]");
    const undo = document.activeElement?.closest(".toast");
    if (!undo) (recent ?? search.current)?.focus();
  }, [recentId]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && query !== "") {
      event.preventDefault();
      dispatch({ type: "queryTyped", query: "" });
      search.current?.focus();
    } else if (list.current && search.current) {
      handleListKey(event, list.current, search.current);
    }
  };
  const edit = (entry: EntryView) => () =>
    dispatch({ type: "screenChosen", screen: { name: "edit", entryId: entry.entryId } });
  const add = () => dispatch({ type: "screenChosen", screen: { name: "add" } });

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys bubble here from what has the focus
    <div class="list-screen" onKeyDown={onKeyDown}>
      <ListHeader
        query={query}
        searchRef={search}
        onQuery={(typed) => dispatch({ type: "queryTyped", query: typed })}
        onSubmit={() => list.current && firstStop(list.current)?.click()}
        onAdd={add}
        onLock={commands.lock}
      />
      <div class="list" ref={list}>
        {prompt && (
          <section class="prompt" aria-labelledby="prompt-heading">
            <h2 id="prompt-heading" class="section-heading">
              {words("thisTab")} <bdi class="clip">{prompt.host}</bdi>
            </h2>
            {matches.length === 0 && query === "" && <p class="prompt-none">{words("noMatch")}</p>}
            {matches.length > 1 && !prompt.certain && (
              <p class="prompt-none">{words("severalMatches")}</p>
            )}
            <ul class="prompt-entries">
              {matches.map((entry, place) => (
                <PromptEntry
                  key={entry.entryId}
                  entry={entry}
                  codes={codes}
                  best={place === 0}
                  onFill={() => commands.fillCode(entry)}
                  onCopy={() => commands.copyCode(entry)}
                  onEdit={edit(entry)}
                />
              ))}
            </ul>
          </section>
        )}
        {others.length > 0 && (
          <section aria-labelledby="entries-heading">
            <h2 id="entries-heading" class={prompt ? "section-heading" : "visually-hidden"}>
              {words(prompt ? "otherEntries" : "entries")}
            </h2>
            <ul class="entries">
              {others.map((entry) => (
                <EntryRow
                  key={entry.entryId}
                  entry={entry}
                  codes={codes}
                  recent={entry.entryId === recentId}
                  onCopy={() => commands.copyCode(entry)}
                  onEdit={edit(entry)}
                />
              ))}
            </ul>
          </section>
        )}
        {state.entries && found.length === 0 && <EmptyList query={query} onAdd={add} />}
        <p class="visually-hidden" role="status">
          {query === "" ? "" : words.count("found", found.length)}
        </p>
      </div>
    </div>
  );
}
