/** Hides a code again that was shown for a while. Alone in looking at the time, so that rows need not. */

import { useEffect } from "preact/hooks";
import { useNow } from "../ui/now";
import type { UnlockedAction, UnlockedState } from "./unlocked-state";

type RevealEndProps = {
  revealed: UnlockedState["revealed"];
  dispatch: (action: UnlockedAction) => void;
};

export function RevealEnd({ revealed, dispatch }: RevealEndProps) {
  const now = useNow();
  const over = revealed !== undefined && now >= revealed.until;
  useEffect(() => {
    if (over) dispatch({ type: "codeConcealed" });
  }, [over, dispatch]);
  return null;
}
