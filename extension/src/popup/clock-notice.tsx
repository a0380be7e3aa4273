/** Says when AWS's clock and that of this computer differ, and which of them codes follow. */

import type { ClockView } from "../protocol";
import { Notice } from "../ui/notice";
import { useWords } from "../ui/services";

export function ClockNotice({ clock }: { clock: ClockView }) {
  const words = useWords();
  if (clock.state === "tooFarOff") return <Notice tone="warning">{words("clockTooFarOff")}</Notice>;
  if (clock.state !== "corrected") return null;
  const seconds = Math.abs(clock.offsetSeconds);
  const key = clock.offsetSeconds > 0 ? "clockAhead" : "clockBehind";
  return <Notice tone="info">{words(key, { seconds })}</Notice>;
}
