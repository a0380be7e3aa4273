/** The parts of the list, drawn as far as they were reached. */

import type { Accounts } from "../accounts";
import { FIRST_ROWS } from "../list/first-rows";
import type { Section } from "../list/sections";
import { useGrowingList } from "../ui/use-growing-list";
import { EntryRow } from "./entry-row";
import { SectionHeading } from "./section-heading";
import type { UnlockedAction, UnlockedState } from "./unlocked-state";
import { useRowDrag } from "./use-row-drag";
import type { UnlockedCommands } from "./use-unlocked";

type EntrySectionsProps = {
  state: UnlockedState;
  sections: readonly Section[];
  accounts: Accounts;
  /** New for a list that begins at the top again. */
  listKey: string;
  /** Whether Enter in the search field acts on the first entry. */
  searchTarget: boolean;
  commands: UnlockedCommands;
  dispatch: (action: UnlockedAction) => void;
};

export function EntrySections(props: EntrySectionsProps) {
  const { state, sections, accounts, listKey, searchTarget, commands, dispatch } = props;
  const dragOf = useRowDrag((entry, target, after) => {
    void commands.drop(entry, sections, target, after);
  });
  const all = sections.flatMap(({ entries }) => entries);
  const recentPlace = all.findIndex(({ entryId }) => entryId === state.recentId);
  const { drawn, end } = useGrowingList(all, listKey, recentPlace);
  const grouped = sections.some(({ kind }) => kind === "account");
  const shown = grouped || sections.length > 1 || state.prompt !== undefined;
  const lastKey = sections.at(-1)?.key;
  const long = drawn.length > FIRST_ROWS;
  let left = drawn.length;
  return sections.map((section) => {
    const entries = section.entries.slice(0, left);
    left -= entries.length;
    const [first] = entries;
    const last = section.key === lastKey;
    const more = end && last && <li ref={end} aria-hidden="true" />;
    if (first === undefined) return more ? <ul key={section.key}>{more}</ul> : null;
    const id = `section-${section.key}`;
    const underAccount = section.kind === "account";
    const movable = listKey === "" && section.kind !== "recent";
    return (
      <section key={section.key} aria-labelledby={id}>
        <SectionHeading
          id={id}
          section={section}
          accounts={accounts}
          shown={shown}
          grouped={grouped}
        />
        <ul class={`entries ${long ? "entries-long" : ""}`}>
          {entries.map((entry) => (
            <EntryRow
              key={entry.entryId}
              entry={entry}
              state={state}
              colour={accounts.colourOf(entry)}
              underAccount={underAccount}
              searchTarget={searchTarget && entry === all[0]}
              {...(movable ? { drag: dragOf(entry) } : {})}
              onCopy={() => commands.copyCode(entry)}
              onReveal={() => commands.toggleReveal(entry)}
              onEdit={() =>
                dispatch({ type: "screenChosen", screen: { name: "edit", entryId: entry.entryId } })
              }
            />
          ))}
          {more}
        </ul>
      </section>
    );
  });
}
