/** Whether the code of an entry is hidden at this second. */

import { useNow } from "../ui/now";
import { isHidden } from "./code-commands";
import type { UnlockedState } from "./unlocked-state";

export function useHidden(
  state: Pick<UnlockedState, "revealed" | "settings">,
  entryId: string,
): boolean {
  return isHidden(state, entryId, useNow());
}
