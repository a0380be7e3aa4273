/** The codes of all entries, from the numbers that the core makes in one call. */

import type { Vault } from "../core";
import type { CodeView } from "../protocol";

/** The codes at a Unix time in seconds, and those of the step after it. */
export function codesAt(vault: Vault, unixSeconds: number): CodeView[] {
  const now = vault.codeValues(unixSeconds, 0);
  const next = vault.codeValues(unixSeconds, 1);
  return vault.codeSources().map(({ entryId, digits, periodSeconds }, index) => ({
    entryId,
    code: padded(now[index], digits),
    nextCode: padded(next[index], digits),
    remainingSeconds: periodSeconds - (unixSeconds % periodSeconds),
    periodSeconds,
    timeStep: Math.floor(unixSeconds / periodSeconds),
  }));
}

function padded(value: number | undefined, digits: number): string {
  return String(value).padStart(digits, "0");
}
