/** The vault as a whole: what opens it, what is kept of it, what leaves it. */

import { failureWords } from "../ui/failure-words";
import { Notice } from "../ui/notice";
import { useServices } from "../ui/services";
import { UnlockOrUnreadable } from "../ui/unlock-or-unreadable";
import type { PageVaultState } from "../ui/use-vault-state";
import { ChangePassphrase } from "./change-passphrase";
import { DeletedEntries } from "./deleted-entries";
import { EarlierStates } from "./earlier-states";
import { ExportEntries } from "./export-entries";
import { ImportEntries } from "./import-entries";
import { KnowIt } from "./know-it";
import { MakeBackup } from "./make-backup";
import { NewKey } from "./new-key";
import { NewRecoveryCode } from "./new-recovery-code";
import { Passkey } from "./passkey";
import { RestoreBackup } from "./restore-backup";
import { Section } from "./section";

type VaultKeysProps = { vault: PageVaultState; reload: () => Promise<void> };

export function VaultKeys({ vault, reload }: VaultKeysProps) {
  const { openPage, words } = useServices();
  switch (vault.state) {
    case "loading":
      return null;
    case "absent":
      return (
        <Section title={words("vaultKeys")} fragment="vault">
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
          <UnlockOrUnreadable
            headers={vault.headers}
            startFocused={location.hash === "#passphrase"}
            onUnlocked={reload}
          />
        </Section>
      );
    case "unknown":
      return (
        <Section title={words("vaultKeys")} fragment="vault">
          <Notice tone="danger">{failureWords(vault.failure, words)}</Notice>
        </Section>
      );
    case "unlocked":
      if (vault.rescue) {
        return (
          <>
            <MakeBackup headers={vault.headers} care={vault.care} onChanged={reload} />
            <ExportEntries headers={vault.headers} />
          </>
        );
      }
      return (
        <>
          <ChangePassphrase headers={vault.headers} onChanged={reload} />
          <NewRecoveryCode headers={vault.headers} onChanged={reload} />
          <Passkey headers={vault.headers} onChanged={reload} />
          <KnowIt headers={vault.headers} care={vault.care} onChanged={reload} />
          <MakeBackup headers={vault.headers} care={vault.care} onChanged={reload} />
          <RestoreBackup onChanged={reload} />
          <ImportEntries />
          <ExportEntries headers={vault.headers} />
          <DeletedEntries />
          <EarlierStates onChanged={reload} />
          <NewKey headers={vault.headers} onChanged={reload} />
        </>
      );
  }
}
