/** The screen that adds an entry. */

import { entryName } from "../list/entry-words";
import { AddEntryForm } from "../ui/add-entry-form";
import { useServices } from "../ui/services";
import { ScreenHeader } from "./screen-header";
import type { UnlockedAction } from "./unlocked-state";

export function AddEntry({ dispatch }: { dispatch: (action: UnlockedAction) => void }) {
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
        <AddEntryForm
          startFocused
          onCancel={back}
          onAdded={(entry) => {
            const text = words("entryAdded", { name: entryName(entry, words) });
            dispatch({ type: "entryStored", entry, text });
          }}
        />
      </div>
    </>
  );
}
