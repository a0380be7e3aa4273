/** Something is stored that cannot be read. It is kept: nothing here starts afresh over it. */

import type { Failure } from "../protocol";
import { failureWords } from "../ui/failure-words";
import { WarningIcon } from "../ui/icons";
import { useServices } from "../ui/services";

export function Unreadable({ failure }: { failure: Failure }) {
  const { version, words } = useServices();
  return (
    <main class="popup popup-centred">
      <span class="big-mark big-mark-danger">
        <WarningIcon size={32} />
      </span>
      <h1>{words("unreadableTitle")}</h1>
      <p class="lead">{failureWords(failure, words)}</p>
      <ul class="advice">
        <li>{words("unreadableKept")}</li>
        <li>{words("unreadableRestart")}</li>
        <li>{words("unreadableDoNotRemove")}</li>
      </ul>
      <p class="fine-print">{words("failureDetails", { kind: failure.kind, version })}</p>
    </main>
  );
}
