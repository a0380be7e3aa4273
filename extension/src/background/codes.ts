/** The codes of all entries, from the numbers that the core makes in one call. */

import type { Vault } from "../core";
import type { CodesView, CodeView, UsedCode } from "../protocol";
import type { Clock } from "./clock";
import { knownEntries } from "./known-entries";
import type { ReplayGuard } from "./replay-guard";

/**
 * The codes of all entries now, which of them were used, and how the clock stands; of some entries
 * alone when they are named.
 */
export async function codesView(
  vault: Vault,
  { clock, guard }: { clock: Clock; guard: ReplayGuard },
  entryIds?: ReadonlySet<string>,
): Promise<CodesView> {
  const unixSeconds = await clock.unixSeconds();
  const codes = codesAt(vault, unixSeconds, entryIds);
  const used = (await guard.waiting(codes)).map(
    ({ code: { entryId, timeStep, periodSeconds }, steps }): UsedCode => ({
      entryId,
      untilSeconds: (timeStep + steps) * periodSeconds,
    }),
  );
  return { unixSeconds, codes, used, clock: await clock.view() };
}

/** The codes at a Unix time in seconds, and those of the step after it. */
function codesAt(
  vault: Vault,
  unixSeconds: number,
  entryIds: ReadonlySet<string> | undefined,
): CodeView[] {
  const now = vault.codeValues(unixSeconds, 0);
  const next = vault.codeValues(unixSeconds, 1);
  return knownEntries(vault).codeSources.flatMap(({ entryId, digits, periodSeconds }, index) =>
    entryIds?.has(entryId) === false
      ? []
      : {
          entryId,
          code: padded(now[index], digits),
          nextCode: padded(next[index], digits),
          remainingSeconds: periodSeconds - (unixSeconds % periodSeconds),
          periodSeconds,
          timeStep: Math.floor(unixSeconds / periodSeconds),
        },
  );
}

function padded(value: number | undefined, digits: number): string {
  return String(value).padStart(digits, "0");
}
