/** Says that something failed, why, and what to do; nothing while nothing has. */

import type { Failure } from "../protocol";
import { failureWords } from "./failure-words";
import { Notice } from "./notice";
import { useWords } from "./services";

export function FailureNotice({ failure }: { failure: Failure | undefined }) {
  const words = useWords();
  return (
    failure && (
      <Notice tone="danger" alert>
        {failureWords(failure, words)}
      </Notice>
    )
  );
}
