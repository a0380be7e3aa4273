/** The vault is locked: unlock it here. */

import { useState } from "preact/hooks";
import type { Failure, StoredPair } from "../protocol";
import { Brand } from "../ui/brand";
import { useServices } from "../ui/services";
import { UnlockForm } from "../ui/unlock-form";
import { Unreadable } from "../ui/unreadable";

type LockedProps = { headers: StoredPair; onUnlocked: () => void };

export function Locked({ headers, onUnlocked }: LockedProps) {
  const { openPage, words } = useServices();
  const [unreadable, setUnreadable] = useState<Failure | undefined>();
  if (unreadable) {
    return (
      <main class="popup popup-centred">
        <Unreadable failure={unreadable} onRetry={() => setUnreadable(undefined)} />
      </main>
    );
  }
  return (
    <main class="popup popup-centred">
      <Brand size={48} />
      <h1>{words("lockedTitle")}</h1>
      <UnlockForm
        headers={headers}
        onUnreadable={setUnreadable}
        onUnlocked={(by) => {
          // Who came in by the recovery code needs a new passphrase next.
          if (by === "recoveryCode") openPage("options", "passphrase");
          onUnlocked();
        }}
      />
    </main>
  );
}
