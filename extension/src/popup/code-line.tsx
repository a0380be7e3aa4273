/** A code, the next one in its last seconds, and the time left. Its size never changes. */

import type { EntryView } from "../entry-view";
import {
  groupDigits,
  hiddenDigits,
  liveCode,
  NEXT_CODE_SECONDS,
  type ReceivedCodes,
} from "../ui/code-clock";
import { CountdownRing } from "../ui/countdown-ring";
import { useNow } from "../ui/now";
import { useWords } from "../ui/services";

type CodeLineProps = { received: ReceivedCodes; entry: EntryView; hidden: boolean };

export function CodeLine({ received, entry, hidden }: CodeLineProps) {
  const now = useNow();
  const words = useWords();
  const live = liveCode(received, entry.entryId, now);
  if (hidden) {
    return (
      <>
        <span class="code-column">
          <span class="code code-hidden" aria-hidden="true">
            {hiddenDigits(entry.digits)}
          </span>
          <span class="visually-hidden">{words("codeHidden")}</span>
        </span>
        <CountdownRing live={live} />
      </>
    );
  }
  const next =
    live && live.remainingSeconds <= NEXT_CODE_SECONDS && live.nextCode
      ? words("nextCode", { code: groupDigits(live.nextCode) })
      : "";
  return (
    <>
      <span class="code-column" dir="ltr">
        <span class="code">{live ? groupDigits(live.code) : "––– –––"}</span>
        <span class="next-code">{next}</span>
      </span>
      <CountdownRing live={live} />
    </>
  );
}
