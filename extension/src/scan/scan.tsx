/** The page that scans pictures and what a camera sees: a popup would close under a file dialog. */

import { Brand } from "../ui/brand";
import { failureWords } from "../ui/failure-words";
import { Notice } from "../ui/notice";
import { useServices } from "../ui/services";
import { UnlockOrUnreadable } from "../ui/unlock-or-unreadable";
import { useSettings } from "../ui/use-settings";
import { useTheme } from "../ui/use-theme";
import { useTitle } from "../ui/use-title";
import { useVaultState } from "../ui/use-vault-state";
import { Scanner } from "./scanner";

export function Scan() {
  const { openPage, words } = useServices();
  const { vault, reload } = useVaultState();
  const { settings } = useSettings();
  useTheme(settings?.theme);
  useTitle(words("scanTitle"));
  return (
    <main class="page">
      <header class="page-brand">
        <Brand size={32} />
        <span>{words("extensionName")}</span>
      </header>
      <h1>{words("scanTitle")}</h1>
      {vault.state === "unlocked" && <Scanner />}
      {vault.state === "locked" && (
        <section class="page-card">
          <UnlockOrUnreadable headers={vault.headers} onUnlocked={reload} />
        </section>
      )}
      {vault.state === "absent" && (
        <button type="button" class="button button-primary" onClick={() => openPage("welcome")}>
          {words("createVault")}
        </button>
      )}
      {vault.state === "unknown" && (
        <Notice tone="danger">{failureWords(vault.failure, words)}</Notice>
      )}
    </main>
  );
}
