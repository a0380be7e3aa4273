/** The popup: what it shows follows from the state of the vault. */

import type { Failure } from "../protocol";
import { Brand } from "../ui/brand";
import { failureWords } from "../ui/failure-words";
import { Notice } from "../ui/notice";
import { useServices } from "../ui/services";
import { Unreadable } from "../ui/unreadable";
import { useTheme } from "../ui/use-theme";
import { useTitle } from "../ui/use-title";
import { Absent } from "./absent";
import { Locked } from "./locked";
import { Unlocked } from "./unlocked";
import { usePopupView } from "./use-popup-view";

export function Popup() {
  const { words } = useServices();
  const { popup, reload } = usePopupView();
  useTheme(popup.state === "known" ? popup.view.settings.theme : undefined);
  useTitle(words("extensionName"));
  if (popup.state === "loading") {
    return <main class="popup" aria-busy="true" aria-label={words("extensionName")} />;
  }
  if (popup.state === "unknown") return <Failed failure={popup.failure} onRetry={reload} />;
  const { open, settings, vault } = popup.view;
  switch (vault.state) {
    case "absent":
      return <Absent />;
    case "locked":
      return <Locked headers={vault.headers} onUnlocked={reload} />;
    case "unlocked":
      return open && <Unlocked vault={vault} open={open} settings={settings} onLocked={reload} />;
    case "unreadable":
      return (
        <main class="popup popup-centred">
          <Unreadable failure={vault.failure} onRetry={reload} />
        </main>
      );
  }
}

type FailedProps = { failure: Failure; onRetry: () => void };

function Failed({ failure, onRetry }: FailedProps) {
  const { words } = useServices();
  return (
    <main class="popup popup-centred">
      <Brand size={48} />
      <h1>{words("extensionName")}</h1>
      <Notice tone="danger" alert>
        {failureWords(failure, words)}
      </Notice>
      <button type="button" class="button button-primary" onClick={onRetry}>
        {words("tryAgain")}
      </button>
    </main>
  );
}
