/** The settings, and changing them. */

import { useCallback, useEffect, useState } from "preact/hooks";
import { failureOf } from "../messaging";
import type { Failure, Settings } from "../protocol";
import { useServices } from "./services";

export type SettingsState = {
  /** `undefined` until they are read. */
  settings: Settings | undefined;
  failure: Failure | undefined;
  /** Counts the changes that were saved. */
  saves: number;
  change: (change: Partial<Settings>) => Promise<void>;
};

type State = Omit<SettingsState, "change">;

export function useSettings(): SettingsState {
  const { background } = useServices();
  const [state, setState] = useState<State>({ settings: undefined, failure: undefined, saves: 0 });
  useEffect(() => {
    background.readSettings({}).then(
      (settings) => setState((current) => ({ ...current, settings })),
      (thrown) => setState((current) => ({ ...current, failure: failureOf(thrown) })),
    );
  }, [background]);
  const { settings } = state;
  const change = useCallback(
    async (change: Partial<Settings>) => {
      if (settings === undefined) return;
      const changed = { ...settings, ...change };
      setState((current) => ({ ...current, settings: changed, failure: undefined }));
      try {
        await background.saveSettings({ settings: changed });
        setState((current) => ({ ...current, saves: current.saves + 1 }));
      } catch (thrown) {
        // Back to what is in force.
        setState((current) => ({ ...current, settings, failure: failureOf(thrown) }));
      }
    },
    [background, settings],
  );
  return { ...state, change };
}
