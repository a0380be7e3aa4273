/** The codes: first what the tab in front asks for, then all other entries. */

import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { accountsOf } from "../accounts";
import type { EntryView } from "../entry-view";
import { findEntries, sortEntries } from "../list/entry-words";
import { isPlaced } from "../list/order";
import { sectionsOf } from "../list/sections";
import { useServices } from "../ui/services";
import { EmptyList } from "./empty-list";
import { EntrySections } from "./entry-sections";
import { ListFoot } from "./list-foot";
import { ListHeader } from "./list-header";
import { firstStop, handleListKey } from "./list-keys";
import { PromptSection } from "./prompt-section";
import { handleRowKey } from "./row-keys";
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
  const { focusTurn, prompt, query, recent, recentId, settings } = state;

  const accounts = useMemo(() => accountsOf(state.entries), [state.entries]);
  const entries = useMemo(() => state.entries.map(accounts.named), [state.entries, accounts]);
  const found = useMemo(() => findEntries(entries, query, words), [entries, query, words]);
  const matches = useMemo(
    () =>
      (prompt?.matches ?? [])
        .map((entryId) => found.find((entry) => entry.entryId === entryId))
        .filter((entry): entry is EntryView => entry !== undefined),
    [found, prompt],
  );
  const searching = query !== "";
  const sections = useMemo(() => {
    const others = found.filter((entry) => !matches.includes(entry));
    const sorted = sortEntries(others, words);
    // What was looked for is one list, so that the first find is the first entry.
    if (searching) return [{ key: "rest", kind: "rest", entries: sorted } as const];
    return sectionsOf({ sorted, accounts, recent, grouped: settings.groupByAccount });
  }, [found, matches, words, searching, accounts, recent, settings.groupByAccount]);

  const takeFocus = () => {
    const recent = list.current?.querySelector<HTMLElement>("[data-recent]");
    const { activeElement } = document;
    if (activeElement?.closest(".toast")) return;
    // A key may have chosen an entry before the list takes the focus.
    if (recent) recent.focus();
    else if (!list.current?.contains(activeElement)) search.current?.focus();
  };
  const opened = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when an entry moved, before the next key
  useLayoutEffect(() => {
    if (opened.current) takeFocus();
  }, [recentId, focusTurn]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once; the first frame does not wait for it
  useEffect(() => {
    opened.current = true;
    takeFocus();
  }, []);

  useLayoutEffect(() => {
    // On the document: a key also counts when nothing has the focus, as after a closed message.
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target as Element;
      if (target !== document.body && !target.closest(".popup")) return;
      const context = { state, sections, commands, dispatch, direction: words.direction };
      if (event.key === "Escape" && query !== "") {
        event.preventDefault();
        dispatch({ type: "queryTyped", query: "" });
        search.current?.focus();
      } else if (handleRowKey(event, context)) {
        event.preventDefault();
      } else if (list.current && search.current) {
        handleListKey(event, list.current, search.current);
      }
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [query, dispatch, state, sections, commands, words]);
  const choose = (name: "add" | "scan" | "shortcuts") => () =>
    dispatch({ type: "screenChosen", screen: { name } });

  return (
    <div class="list-screen">
      <h1 class="visually-hidden">{words("extensionName")}</h1>
      <ListHeader
        query={query}
        searchRef={search}
        onQuery={(typed) => dispatch({ type: "queryTyped", query: typed })}
        onSubmit={() => list.current && firstStop(list.current)?.click()}
        onAdd={choose("add")}
        onLock={commands.lock}
      />
      <div class="list" ref={list}>
        <PromptSection
          state={state}
          matches={matches}
          accounts={accounts}
          commands={commands}
          dispatch={dispatch}
        />
        {state.enrolment && (
          <section class="prompt" aria-labelledby="enrolment-heading">
            <h2 id="enrolment-heading" class="section-heading">
              {words("enrolHere")}
            </h2>
            <div class="prompt-actions prompt-alone">
              <button type="button" class="button button-primary" onClick={choose("scan")}>
                {words("scanPage")}
              </button>
            </div>
          </section>
        )}
        <EntrySections
          state={state}
          sections={sections}
          accounts={accounts}
          listKey={query}
          searchTarget={searching && matches.length === 0}
          commands={commands}
          dispatch={dispatch}
        />
        {found.length === 0 && state.complete && (
          <EmptyList query={query} onAdd={choose("add")} onScan={choose("scan")} />
        )}
        {entries.length > 0 && (
          <ListFoot
            ordered={state.complete && entries.some(isPlaced)}
            onOrderByName={commands.orderByName}
            onShortcuts={choose("shortcuts")}
          />
        )}
        <p class="visually-hidden" role="status">
          {query === "" || !state.complete ? "" : words.count("found", found.length)}
        </p>
      </div>
    </div>
  );
}
