/** The codes: first what the tab in front asks for, then all other entries. */

import { useLayoutEffect, useRef } from "preact/hooks";
import type { EntryView } from "../entry-view";
import type { TabPrompt } from "../protocol";
import { matchesQuery, sortEntries } from "../ui/entry-words";
import { useServices } from "../ui/services";
import { useGrowingList } from "../ui/use-growing-list";
import { EmptyList } from "./empty-list";
import { EntryRow } from "./entry-row";
import { ListHeader } from "./list-header";
import { firstStop, handleListKey } from "./list-keys";
import { PromptEntry } from "./prompt-entry";
import { PromptRemark } from "./prompt-remark";
import type { UnlockedAction, UnlockedState } from "./unlocked-state";
import type { UnlockedCommands } from "./use-unlocked";

/** Whether the page has a field for the code that Doorcode can fill. */
const hasField = ({ kind }: TabPrompt) => kind === "known" || kind === "structural";

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

  const recentPlace = others.findIndex(({ entryId }) => entryId === recentId);
  const { drawn, end } = useGrowingList(others, query, recentPlace);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the list appears
  useLayoutEffect(() => {
    const recent = list.current?.querySelector<HTMLElement>("[data-recent]");
    const undo = document.activeElement?.closest(".toast");
    if (!undo) (recent ?? search.current)?.focus();
  }, [recentId]);

  useLayoutEffect(() => {
    // On the document: a key also counts when nothing has the focus, as after a closed message.
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target as Element;
      if (target !== document.body && !target.closest(".popup")) return;
      if (event.key === "Escape" && query !== "") {
        event.preventDefault();
        dispatch({ type: "queryTyped", query: "" });
        search.current?.focus();
      } else if (list.current && search.current) {
        handleListKey(event, list.current, search.current);
      }
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [query, dispatch]);
  const edit = (entry: EntryView) => () =>
    dispatch({ type: "screenChosen", screen: { name: "edit", entryId: entry.entryId } });
  const add = () => dispatch({ type: "screenChosen", screen: { name: "add" } });

  return (
    <div class="list-screen">
      <h1 class="visually-hidden">{words("extensionName")}</h1>
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
            <PromptRemark prompt={prompt} matches={matches.length} searching={query !== ""} />
            <ul class="prompt-entries">
              {matches.map((entry, place) => (
                <PromptEntry
                  key={entry.entryId}
                  entry={entry}
                  codes={codes}
                  recent={entry.entryId === recentId}
                  best={place === 0}
                  fillable={hasField(prompt)}
                  asked={
                    state.question?.entryId === entry.entryId ? state.question.about : undefined
                  }
                  onFill={() => commands.fillCode(entry)}
                  onCopy={() => commands.copyCode(entry)}
                  onEdit={edit(entry)}
                />
              ))}
            </ul>
          </section>
        )}
        {state.enrolment && (
          <section class="prompt">
            <p>{words("enrolHere")}</p>
            <button
              type="button"
              class="button button-primary"
              onClick={() => dispatch({ type: "screenChosen", screen: { name: "scan" } })}
            >
              {words("scanPage")}
            </button>
          </section>
        )}
        {others.length > 0 && (
          <section aria-labelledby="entries-heading">
            <h2 id="entries-heading" class={prompt ? "section-heading" : "visually-hidden"}>
              {words(prompt ? "otherEntries" : "entries")}
            </h2>
            <ul class="entries">
              {drawn.map((entry, place) => (
                <EntryRow
                  key={entry.entryId}
                  entry={entry}
                  codes={codes}
                  recent={entry.entryId === recentId}
                  searchTarget={query !== "" && matches.length === 0 && place === 0}
                  onCopy={() => commands.copyCode(entry)}
                  onEdit={edit(entry)}
                />
              ))}
              {end && <li ref={end} aria-hidden="true" />}
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
