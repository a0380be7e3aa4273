/** Unlocking within a page that fills a tab. */

import { useState } from "preact/hooks";
import type { Failure, StoredPair } from "../protocol";
import { UnlockForm } from "./unlock-form";
import { Unreadable } from "./unreadable";

type Props = {
  headers: StoredPair;
  /** Takes the focus when it appears. */
  startFocused?: boolean;
  onUnlocked: () => void;
};

export function UnlockOrUnreadable({ headers, startFocused = true, onUnlocked }: Props) {
  const [failure, setFailure] = useState<Failure | undefined>();
  return failure ? (
    <Unreadable failure={failure} onRetry={() => setFailure(undefined)} />
  ) : (
    <UnlockForm
      headers={headers}
      startFocused={startFocused}
      onUnlocked={onUnlocked}
      onUnreadable={setFailure}
    />
  );
}
