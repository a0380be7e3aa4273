/** The keys that act on the entry with the focus, and those that act from anywhere in the list. */

import type { EntryView } from "../entry-view";
import type { Section } from "../list/sections";
import type { UnlockedAction, UnlockedState } from "./unlocked-state";
import type { UnlockedCommands } from "./use-unlocked";

type RowKeyContext = {
  state: UnlockedState;
  sections: readonly Section[];
  commands: UnlockedCommands;
  dispatch: (action: UnlockedAction) => void;
  direction: "ltr" | "rtl";
};

/** Returns whether the key was one of these. */
export function handleRowKey(event: KeyboardEvent, context: RowKeyContext): boolean {
  const { commands, dispatch, state } = context;
  const { code, key, target } = event;
  if (event.isComposing) return false;
  const typing = target instanceof HTMLInputElement;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && code === "KeyZ") {
    // In the search field it takes back what was typed there.
    if (state.toast?.onUndo === undefined || (typing && state.query !== "")) return false;
    state.toast.onUndo();
    return true;
  }
  if (event.ctrlKey || event.metaKey) return false;
  if (key === "?" && state.query === "") {
    dispatch({ type: "screenChosen", screen: { name: "shortcuts" } });
    return true;
  }
  const entry = entryAt(target as Element, state.entries);
  if (entry === undefined) return false;
  return event.altKey ? altKey(event, entry, context) : revealKey(event, entry, commands, context);
}

function entryAt(target: Element, entries: readonly EntryView[]): EntryView | undefined {
  const entryId = target.closest<HTMLElement>("[data-entry]")?.dataset.entry;
  return entryId === undefined ? undefined : entries.find((entry) => entry.entryId === entryId);
}

/** By the place of the key: with Alt, some systems type other characters. */
function altKey(
  { code, key }: KeyboardEvent,
  entry: EntryView,
  { commands, dispatch, sections }: RowKeyContext,
): boolean {
  if (key === "ArrowUp" || key === "ArrowDown") {
    void commands.move(entry, sections, key === "ArrowUp" ? -1 : 1);
  } else if (code === "KeyP") {
    void commands.togglePin(entry);
  } else if (code === "KeyE") {
    dispatch({ type: "screenChosen", screen: { name: "edit", entryId: entry.entryId } });
  } else {
    return false;
  }
  return true;
}

/** Forwards, in the direction of the script, shows; backwards hides. */
function revealKey(
  { key }: KeyboardEvent,
  entry: EntryView,
  commands: UnlockedCommands,
  { direction, state }: RowKeyContext,
): boolean {
  if (!state.settings.hideCodes || (key !== "ArrowRight" && key !== "ArrowLeft")) return false;
  const shows = (key === "ArrowRight") === (direction === "ltr");
  if (shows !== (state.revealed?.entryId === entry.entryId)) commands.toggleReveal(entry);
  return true;
}
