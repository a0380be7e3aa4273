/** What the popup shows first: asked for in one message, before anything is drawn. */

import { useCallback, useLayoutEffect, useState } from "preact/hooks";
import { failureOf } from "../messaging";
import type { Failure, PopupView } from "../protocol";
import { useServices } from "../ui/services";

export type PopupState =
  | { state: "loading" }
  /** The background did not answer. */
  | { state: "unknown"; failure: Failure }
  | { state: "known"; view: PopupView };

export function usePopupView(): { popup: PopupState; reload: () => Promise<void> } {
  const { background } = useServices();
  const [popup, setPopup] = useState<PopupState>({ state: "loading" });
  const reload = useCallback(async () => {
    try {
      setPopup({ state: "known", view: await background.readPopup({}) });
    } catch (thrown) {
      setPopup({ state: "unknown", failure: failureOf(thrown) });
    }
  }, [background]);
  // Not after the first frame, as an effect would be.
  useLayoutEffect(() => {
    void reload();
  }, [reload]);
  return { popup, reload };
}
