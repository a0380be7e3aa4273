/** The popup: what it shows follows from the state of the vault. */

import { failureWords } from "../ui/failure-words";
import { Notice } from "../ui/notice";
import { useServices } from "../ui/services";
import { useSettings } from "../ui/use-settings";
import { useTheme } from "../ui/use-theme";
import { useTitle } from "../ui/use-title";
import { useVaultState } from "../ui/use-vault-state";
import { Absent } from "./absent";
import { Locked } from "./locked";
import { Unlocked } from "./unlocked";

export function Popup() {
  const { words } = useServices();
  const { vault, reload } = useVaultState();
  const { settings } = useSettings();
  useTheme(settings?.theme);
  useTitle(words("extensionName"));
  switch (vault.state) {
    case "loading":
      return <main class="popup" aria-busy="true" aria-label={words("extensionName")} />;
    case "unknown":
      return (
        <main class="popup popup-centred">
          <h1>{words("extensionName")}</h1>
          <Notice tone="danger" alert>
            {failureWords(vault.failure, words)}
          </Notice>
          <button type="button" class="button" onClick={reload}>
            {words("tryAgain")}
          </button>
        </main>
      );
    case "absent":
      return <Absent />;
    case "locked":
      return <Locked headers={vault.headers} onUnlocked={reload} />;
    case "unlocked":
      return <Unlocked vault={vault} onLocked={reload} />;
  }
}
