/** What a page does with an open vault; until then, what opens it. */

import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { failureWords } from "./failure-words";
import { Notice } from "./notice";
import { useServices } from "./services";
import { UnlockOrUnreadable } from "./unlock-or-unreadable";
import type { PageVaultState } from "./use-vault-state";

type WhenUnlockedProps = {
  vault: PageVaultState;
  reload: () => Promise<void>;
  children: ComponentChildren;
};

export function WhenUnlocked({ vault, reload, children }: WhenUnlockedProps) {
  const { openPage, words } = useServices();
  const [begun, setBegun] = useState(false);
  const unlocked = vault.state === "unlocked";
  useEffect(() => {
    if (unlocked) setBegun(true);
  }, [unlocked]);
  return (
    <>
      {vault.state === "locked" && (
        <section class="page-card">
          <p class="lead">{words("lockedText")}</p>
          <UnlockOrUnreadable headers={vault.headers} onUnlocked={reload} />
        </section>
      )}
      {vault.state === "absent" && (
        <section class="page-card">
          <p class="lead">{words("absentText")}</p>
          <button type="button" class="button button-primary" onClick={() => openPage("welcome")}>
            {words("createVault")}
          </button>
        </section>
      )}
      {vault.state === "unknown" && (
        <Notice tone="danger">{failureWords(vault.failure, words)}</Notice>
      )}
      {/* What was begun is not lost when the vault locks meanwhile. */}
      {(unlocked || begun) && (
        <div class="page-content" hidden={!unlocked}>
          {children}
        </div>
      )}
    </>
  );
}
