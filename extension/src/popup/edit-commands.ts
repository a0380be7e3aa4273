/** What changes entries: saved at once, and each change can be taken back. */

import { accountsOf } from "../accounts";
import { undoEdit } from "../entry-edit";
import type { EntryEdit, EntryView } from "../entry-view";
import { nameAmong, sortEntries } from "../list/entry-words";
import { byName, type Change, moveByOne, moveTo } from "../list/order";
import { arranged, type Section } from "../list/sections";
import type { PageServices } from "../ui/services";
import type { UnlockedAction, UnlockedState } from "./unlocked-state";

export type EditCommands = {
  saveEdit: (entry: EntryView, edit: EntryEdit) => Promise<void>;
  deleteEntry: (entry: EntryView) => Promise<void>;
  togglePin: (entry: EntryView) => Promise<void>;
  /** One place up or down in the list, as its sections stand. */
  move: (entry: EntryView, sections: readonly Section[], step: -1 | 1) => Promise<void>;
  /** Before or after another entry. */
  drop: (
    entry: EntryView,
    sections: readonly Section[],
    target: EntryView,
    after: boolean,
  ) => Promise<void>;
  /** All entries by their names again. */
  orderByName: () => Promise<void>;
};

type EditContext = {
  services: PageServices;
  state: UnlockedState;
  dispatch: (action: UnlockedAction) => void;
  /** Shows a failure above the list. */
  attempt: (work: () => Promise<void>) => Promise<void>;
  /** Passes a failure on to the screen that asked. */
  leaveIfLocked: (thrown: unknown) => never;
};

export function editCommands(context: EditContext): EditCommands {
  const { attempt, dispatch, leaveIfLocked, services, state } = context;
  const { background, words } = services;
  const { entries } = state;

  /** Saves changes of which the first is about the entry that is to have the focus. */
  const change = async (changes: readonly Change[], textOf: (entry: EntryView) => string) => {
    const [first] = changes;
    if (first === undefined) return;
    const before = changes.flatMap(({ entryId, edit }) => {
      const entry = entries.find((known) => known.entryId === entryId);
      return entry === undefined ? [] : [{ entryId, edit: undoEdit(entry, edit) }];
    });
    const save = async (edits: Change[], text: (entry: EntryView) => string, undo?: () => void) => {
      const stored = await background.editEntries({ edits });
      const focused = stored.entries.find(({ entryId }) => entryId === first.entryId);
      dispatch({
        type: "entriesStored",
        entries: stored.entries,
        text: focused === undefined ? "" : text(focused),
        focusId: first.entryId,
        ...(undo === undefined ? {} : { onUndo: undo }),
      });
    };
    const onUndo = () => void attempt(() => save(before, () => words("changeUndone")));
    await save([...changes], textOf, onUndo);
  };
  const inOrder = () => {
    const accounts = accountsOf(entries);
    const sorted = sortEntries(entries.map(accounts.named), words);
    return arranged({ sorted, accounts, grouped: state.settings.groupByAccount });
  };
  const named =
    (key: "entryMoved" | "entryPinned" | "entryUnpinned" | "entrySaved") => (entry: EntryView) =>
      words(key, { name: nameAmong(entries, entry, words) });
  const reorder = (moved: EntryView, changes: readonly Change[]) =>
    attempt(async () => {
      // A place among entries of which some are not there yet would be another one.
      if (!state.complete) return;
      const isMoved = ({ entryId }: Change) => entryId === moved.entryId;
      const others = changes.filter((one) => !isMoved(one));
      const own = changes.find(isMoved) ?? { entryId: moved.entryId, edit: {} };
      if (changes.length > 0) await change([own, ...others], named("entryMoved"));
    });

  return {
    saveEdit: async (entry, edit) => {
      const { colour } = edit;
      const others = accountsOf(entries)
        .sameAccount(entry)
        .filter(({ entryId }) => entryId !== entry.entryId);
      const coloured = colour === undefined ? [] : others;
      const changes: Change[] = [
        { entryId: entry.entryId, edit },
        ...coloured.map(({ entryId }) => ({ entryId, edit: { colour: colour ?? 0 } })),
      ];
      await change(changes, named("entrySaved")).catch(leaveIfLocked);
    },
    deleteEntry: async (entry) => {
      const { entryId } = entry;
      const name = nameAmong(entries, entry, words);
      await background.deleteEntry({ entryId }).catch(leaveIfLocked);
      const onUndo = () =>
        void attempt(async () => {
          const restored = await background.restoreEntry({ entryId });
          const text = words("entryRestored", { name });
          dispatch({ type: "entryStored", entry: restored.entry, text });
        });
      dispatch({ type: "entryDeleted", entryId, text: words("entryDeleted", { name }), onUndo });
    },
    togglePin: (entry) =>
      attempt(() => {
        const pinned = !entry.pinned;
        const changes = [{ entryId: entry.entryId, edit: { pinned } }];
        return change(changes, named(pinned ? "entryPinned" : "entryUnpinned"));
      }),
    move: (entry, sections, step) =>
      reorder(entry, moveByOne(inOrder(), sections, entry.entryId, step)),
    drop: (entry, sections, target, after) =>
      reorder(entry, moveTo(inOrder(), sections, entry.entryId, target.entryId, after)),
    orderByName: () => attempt(() => change(byName(inOrder()), () => words("orderedByName"))),
  };
}
