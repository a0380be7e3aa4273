/** What was saved, and the way back. */

import { useState } from "preact/hooks";
import { FailureNotice } from "../ui/failure-notice";
import { StepHeading } from "../ui/heading";
import { CheckIcon } from "../ui/icons";
import { Notice } from "../ui/notice";
import { useServices } from "../ui/services";
import { useAction } from "../ui/use-action";
import type { Saved } from "./use-plan";

type SavedEntriesProps = { saved: Saved; onAnother: () => void };

export function SavedEntries({ saved, onAnother }: SavedEntriesProps) {
  const { background, words } = useServices();
  const [undone, setUndone] = useState(false);
  const action = useAction();
  const undo = () =>
    action.run(async () => {
      await background.undoImport(saved.undo);
      setUndone(true);
    });
  return (
    <section class="page-card">
      {!undone && (
        <span class="big-mark big-mark-good">
          <CheckIcon size={32} />
        </span>
      )}
      <StepHeading key={String(undone)} level={2}>
        {undone ? words("importUndone") : words.count("importSaved", saved.entries)}
      </StepHeading>
      {!undone && <Notice tone="warning">{words("importDeleteFile")}</Notice>}
      <FailureNotice failure={action.failure} />
      <div class="button-row">
        {!undone && (
          <button type="button" class="button" aria-disabled={action.busy} onClick={undo}>
            {words("importUndo")}
          </button>
        )}
        <button type="button" class="button button-primary" onClick={onAnother}>
          {words("importAnother")}
        </button>
      </div>
    </section>
  );
}
