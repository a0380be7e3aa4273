/** Passphrase and recovery code: what opens the vault. */

import { failureWords } from "../ui/failure-words";
import { Notice } from "../ui/notice";
import { useServices } from "../ui/services";
import { UnlockOrUnreadable } from "../ui/unlock-or-unreadable";
import type { PageVaultState } from "../ui/use-vault-state";
import { ChangePassphrase } from "./change-passphrase";
import { NewRecoveryCode } from "./new-recovery-code";
import { Section } from "./section";

type VaultKeysProps = { vault: PageVaultState; reload: () => Promise<void> };

export function VaultKeys({ vault, reload }: VaultKeysProps) {
  const { openPage, words } = useServices();
  switch (vault.state) {
    case "loading":
      return null;
    case "absent":
      return (
        <Section title={words("vaultKeys")}>
          <p>{words("absentText")}</p>
          <button type="button" class="button button-primary" onClick={() => openPage("welcome")}>
            {words("createVault")}
          </button>
        </Section>
      );
    case "locked":
      return (
        <Section title={words("vaultKeys")} fragment="passphrase">
          <p>{words("unlockToChange")}</p>
          <UnlockOrUnreadable headers={vault.headers} onUnlocked={reload} />
        </Section>
      );
    case "unknown":
      return (
        <Section title={words("vaultKeys")}>
          <Notice tone="danger">{failureWords(vault.failure, words)}</Notice>
        </Section>
      );
    case "unlocked":
      return (
        <>
          <ChangePassphrase headers={vault.headers} onChanged={reload} />
          <NewRecoveryCode headers={vault.headers} onChanged={reload} />
        </>
      );
  }
}
