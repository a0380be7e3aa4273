/** First run: what it shows follows from the state of the vault. */

import { failureWords } from "../ui/failure-words";
import { Notice } from "../ui/notice";
import { PageFrame } from "../ui/page-frame";
import { useServices } from "../ui/services";
import { UnlockOrUnreadable } from "../ui/unlock-or-unreadable";
import { useSettings } from "../ui/use-settings";
import { type PageVaultState, useVaultState } from "../ui/use-vault-state";
import { CreateVault } from "./create-vault";
import { FirstEntry } from "./first-entry";

export function Welcome() {
  const { words } = useServices();
  const { vault, reload } = useVaultState();
  const { settings } = useSettings();
  return (
    <PageFrame title={words("welcomeTitle")} settings={settings}>
      <Content vault={vault} reload={reload} />
    </PageFrame>
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
          <UnlockOrUnreadable headers={vault.headers} onUnlocked={reload} />
        </section>
      );
    case "unknown":
      return <Notice tone="danger">{failureWords(vault.failure, words)}</Notice>;
  }
}
