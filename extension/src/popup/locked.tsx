/** The vault is locked: unlock it here. */

import type { StoredPair } from "../protocol";
import { Brand } from "../ui/brand";
import { useServices } from "../ui/services";
import { UnlockForm } from "../ui/unlock-form";

type LockedProps = { headers: StoredPair; onUnlocked: () => void };

export function Locked({ headers, onUnlocked }: LockedProps) {
  const { openPage, words } = useServices();
  return (
    <main class="popup popup-centred">
      <Brand size={48} />
      <h1>{words("lockedTitle")}</h1>
      <UnlockForm
        headers={headers}
        onUnlocked={(by) => {
          // Who came in by the recovery code needs a new passphrase next.
          if (by === "recoveryCode") openPage("options", "passphrase");
          onUnlocked();
        }}
      />
    </main>
  );
}
