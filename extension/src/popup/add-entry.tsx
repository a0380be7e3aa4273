/** The screen that adds an entry. */

import type { EntryView } from "../entry-view";
import { AddEntryForm } from "../ui/add-entry-form";
import { useServices } from "../ui/services";
import { ScreenHeader } from "./screen-header";
import type { UnlockedAction } from "./unlocked-state";

type AddEntryProps = {
  dispatch: (action: UnlockedAction) => void;
  onAdded: (entry: EntryView) => void;
};

export function AddEntry({ dispatch, onAdded }: AddEntryProps) {
  const { openPage, words } = useServices();
  const back = () => dispatch({ type: "screenChosen", screen: { name: "list" } });
  return (
    <>
      <ScreenHeader title={words("addEntry")} onBack={back} />
      <div class="screen">
        <button
          type="button"
          class="button"
          onClick={() => dispatch({ type: "screenChosen", screen: { name: "scan" } })}
        >
          {words("scanPage")}
        </button>
        <button type="button" class="button" onClick={() => openPage("import")}>
          {words("importOpenPage")}
        </button>
        <AddEntryForm startFocused onCancel={back} onAdded={onAdded} />
      </div>
    </>
  );
}
