/** First run: what it shows follows from the state of the vault. */

import { Brand } from "../ui/brand";
import { failureWords } from "../ui/failure-words";
import { Notice } from "../ui/notice";
import { useServices } from "../ui/services";
import { UnlockForm } from "../ui/unlock-form";
import { useSettings } from "../ui/use-settings";
import { useTheme } from "../ui/use-theme";
import { type PageVaultState, useVaultState } from "../ui/use-vault-state";
import { CreateVault } from "./create-vault";
import { FirstEntry } from "./first-entry";

export function Welcome() {
  const { words } = useServices();
  const { vault, reload } = useVaultState();
  const { settings } = useSettings();
  useTheme(settings?.theme);
  return (
    <main class="page">
      <header class="page-brand">
        <Brand size={32} />
        <span>{words("appName")}</span>
      </header>
      <Content vault={vault} reload={reload} />
    </main>
  );
}

type ContentProps = { vault: PageVaultState; reload: () => Promise<void> };

function Content({ vault, reload }: ContentProps) {
  const { words } = useServices();
  switch (vault.state) {
    case "loading":
      return <div class="page-card" aria-busy="true" />;
    case "absent":
      return <CreateVault onCreated={reload} />;
    case "unlocked":
      return <FirstEntry />;
    case "locked":
      return (
        <section class="page-card">
          <h1>{words("lockedTitle")}</h1>
          <p class="lead">{words("welcomeLockedText")}</p>
          <UnlockForm headers={vault.headers} onUnlocked={reload} />
        </section>
      );
    case "unreadable":
    case "unknown":
      return (
        <section class="page-card">
          <h1>{words("unreadableTitle")}</h1>
          <Notice tone="danger">{failureWords(vault.failure, words)}</Notice>
          {vault.state === "unreadable" && <p>{words("unreadableKept")}</p>}
        </section>
      );
  }
}
