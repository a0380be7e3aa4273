/** The page that scans pictures and what a camera sees: a popup would close under a file dialog. */

import { PageFrame } from "../ui/page-frame";
import { useServices } from "../ui/services";
import { useSettings } from "../ui/use-settings";
import { useVaultState } from "../ui/use-vault-state";
import { WhenUnlocked } from "../ui/when-unlocked";
import { Scanner } from "./scanner";

export function Scan() {
  const { words } = useServices();
  const { vault, reload } = useVaultState();
  const { settings } = useSettings();
  return (
    <PageFrame title={words("scanTitle")} heading={words("scanTitle")} settings={settings}>
      <WhenUnlocked vault={vault} reload={reload}>
        <Scanner />
      </WhenUnlocked>
    </PageFrame>
  );
}
