/** Something is stored that cannot be read. It is kept: nothing here starts afresh over it. */

import type { Failure } from "../protocol";
import { failureWords } from "./failure-words";
import { StepHeading } from "./heading";
import { WarningIcon } from "./icons";
import { Notice } from "./notice";
import { useServices } from "./services";
import { useAction } from "./use-action";

type UnreadableProps = { failure: Failure; onRetry: () => void };

export function Unreadable({ failure, onRetry }: UnreadableProps) {
  const { background, saveFile, version, words } = useServices();
  const action = useAction();
  // As it is: encrypted. `tests/vault/reader.mjs` and later versions open it with the passphrase.
  const save = () =>
    action.run(async () => {
      const { values } = await background.readStored({});
      const text = JSON.stringify(values, null, 2);
      await saveFile("doorcode-stored.json", new TextEncoder().encode(text));
    });
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
      </ul>
      <button type="button" class="button" onClick={onRetry}>
        {words("tryAgain")}
      </button>
      <button type="button" class="button" aria-disabled={action.busy} onClick={save}>
        {words("saveStored")}
      </button>
      {action.failure && (
        <Notice tone="danger" alert>
          {failureWords(action.failure, words)}
        </Notice>
      )}
      <p class="fine-print">{words("failureDetails", { kind: failure.kind, version })}</p>
    </>
  );
}
