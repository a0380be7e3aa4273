/** The state of the vault, as a page sees it. */

import { useCallback, useEffect, useState } from "preact/hooks";
import { failureOf } from "../messaging";
import type { Failure, VaultState } from "../protocol";
import { useServices } from "./services";

export type PageVaultState =
  | VaultState
  | { state: "loading" }
  /** The background did not answer. */
  | { state: "unknown"; failure: Failure };

export function useVaultState(): { vault: PageVaultState; reload: () => Promise<void> } {
  const { background } = useServices();
  const [vault, setVault] = useState<PageVaultState>({ state: "loading" });
  const reload = useCallback(async () => {
    try {
      setVault(await background.readVaultState({}));
    } catch (thrown) {
      setVault({ state: "unknown", failure: failureOf(thrown) });
    }
  }, [background]);
  useEffect(() => {
    void reload();
  }, [reload]);
  return { vault, reload };
}
