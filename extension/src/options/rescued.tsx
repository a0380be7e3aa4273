/** An earlier state is shown, because the vault itself cannot be read: what that means, and going on. */

import { useState } from "preact/hooks";
import type { RescueView } from "../protocol";
import { FailureNotice } from "../ui/failure-notice";
import { Notice } from "../ui/notice";
import { rescueWords } from "../ui/rescue-words";
import { SaveStored } from "../ui/save-stored";
import { useServices } from "../ui/services";
import { useAction } from "../ui/use-action";
import { Section } from "./section";

type RescuedProps = { rescue: RescueView; onChanged: () => Promise<void> };

export function Rescued({ rescue, onChanged }: RescuedProps) {
  const { background, words } = useServices();
  const [asked, setAsked] = useState(false);
  const action = useAction();
  const goOn = () =>
    action.run(async () => {
      await background.goOn({});
      await onChanged();
    });
  return (
    <Section title={words("rescueTitle")} fragment="rescue">
      <Notice tone="danger">{rescueWords(rescue, words)}</Notice>
      <ul class="advice">
        <li>{words("rescueUntouched")}</li>
        <li>{words("rescueRestart")}</li>
        <li>{words("rescueBackup")}</li>
        <li>{words("rescueThenGoOn")}</li>
      </ul>
      {asked ? (
        <>
          <p>{words("rescueConfirm")}</p>
          <div class="button-row">
            <button type="button" class="button" onClick={() => setAsked(false)}>
              {words("cancel")}
            </button>
            <button
              type="button"
              class="button button-primary"
              aria-disabled={action.busy}
              onClick={goOn}
            >
              {words("rescueGoOn")}
            </button>
          </div>
        </>
      ) : (
        <div class="button-row">
          <SaveStored />
          <button type="button" class="button" onClick={() => setAsked(true)}>
            {words("rescueGoOn")}
          </button>
        </div>
      )}
      <FailureNotice failure={action.failure} />
    </Section>
  );
}
