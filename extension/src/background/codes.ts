/** The codes of all entries, from the numbers that the core makes in one call. */

import type { Vault } from "../core";
import type { CodesView, CodeView, UsedCode } from "../protocol";
import type { Clock } from "./clock";
import type { ReplayGuard } from "./replay-guard";

/** The codes of all entries now, which of them were used, and how the clock stands. */
export async function codesView(
  vault: Vault,
  { clock, guard }: { clock: Clock; guard: ReplayGuard },
): Promise<CodesView> {
  const unixSeconds = await clock.unixSeconds();
  const codes = codesAt(vault, unixSeconds);
  const used = (await guard.waiting(codes)).map(
    ({ code: { entryId, timeStep, periodSeconds }, steps }): UsedCode => ({
      entryId,
      untilSeconds: (timeStep + steps) * periodSeconds,
    }),
  );
  return { unixSeconds, codes, used, clock: await clock.view() };
}

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
