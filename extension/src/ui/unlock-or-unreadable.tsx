/** Unlocking within a page that fills a tab. */

import { useState } from "preact/hooks";
import type { Failure, StoredPair } from "../protocol";
import { UnlockForm } from "./unlock-form";
import { Unreadable } from "./unreadable";

type Props = { headers: StoredPair; onUnlocked: () => void };

export function UnlockOrUnreadable({ headers, onUnlocked }: Props) {
  const [failure, setFailure] = useState<Failure | undefined>();
  return failure ? (
    <Unreadable failure={failure} onRetry={() => setFailure(undefined)} />
  ) : (
    <UnlockForm headers={headers} onUnlocked={onUnlocked} onUnreadable={setFailure} />
  );
}
