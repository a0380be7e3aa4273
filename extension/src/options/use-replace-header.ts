/** Puts a new header in force, as after a change of passphrase or recovery code. */

import { useCallback } from "preact/hooks";
import { failureOf } from "../messaging";
import { useServices } from "../ui/services";

/** `reload` shows the page anew: with the new header, or to unlock when the vault was locked. */
export function useReplaceHeader(reload: () => Promise<void>): (header: string) => Promise<void> {
  const { background } = useServices();
  return useCallback(
    async (header: string) => {
      try {
        await background.replaceHeader({ header });
      } catch (thrown) {
        if (failureOf(thrown).kind === "locked") await reload();
        throw thrown;
      }
      await reload();
    },
    [background, reload],
  );
}
