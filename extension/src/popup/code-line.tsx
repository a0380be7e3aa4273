/** A code, the next one in its last seconds, and the time left. Its size never changes. */

import { groupDigits, liveCode, NEXT_CODE_SECONDS, type ReceivedCodes } from "../ui/code-clock";
import { CountdownRing } from "../ui/countdown-ring";
import { useNow } from "../ui/now";
import { useWords } from "../ui/services";

type CodeLineProps = { received: ReceivedCodes; entryId: string };

export function CodeLine({ received, entryId }: CodeLineProps) {
  const now = useNow();
  const live = liveCode(received, entryId, now);
  const words = useWords();
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
