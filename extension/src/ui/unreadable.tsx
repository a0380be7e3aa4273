/** Something is stored that cannot be read. It is kept: nothing here starts afresh over it. */

import type { Failure } from "../protocol";
import { failureWords } from "./failure-words";
import { StepHeading } from "./heading";
import { WarningIcon } from "./icons";
import { SaveStored } from "./save-stored";
import { useServices } from "./services";

type UnreadableProps = { failure: Failure; onRetry: () => void };

export function Unreadable({ failure, onRetry }: UnreadableProps) {
  const { version, words } = useServices();
  return (
    <>
      <span class="big-mark big-mark-danger">
        <WarningIcon size={32} />
      </span>
      <StepHeading>{words("unreadableTitle")}</StepHeading>
      <p class="lead">{failureWords(failure, words)}</p>
      <ul class="advice">
        <li>{words("unreadableKept")}</li>
        <li>{words("unreadableRestart")}</li>
        <li>{words("unreadableDoNotRemove")}</li>
        <li>{words("unreadableBackup")}</li>
      </ul>
      <button type="button" class="button" onClick={onRetry}>
        {words("tryAgain")}
      </button>
      <SaveStored />
      <p class="fine-print">{words("failureDetails", { kind: failure.kind, version })}</p>
    </>
  );
}
