/** The page that brings entries in from other programs: a popup would close under a file dialog. */

import { PageFrame } from "../ui/page-frame";
import { useServices } from "../ui/services";
import { useSettings } from "../ui/use-settings";
import { useVaultState } from "../ui/use-vault-state";
import { WhenUnlocked } from "../ui/when-unlocked";
import { Importer } from "./importer";

export function Import() {
  const { words } = useServices();
  const { vault, reload } = useVaultState();
  const { settings } = useSettings();
  return (
    <PageFrame title={words("importTitle")} heading={words("importTitle")} settings={settings}>
      <WhenUnlocked vault={vault} reload={reload}>
        <Importer onLocked={reload} />
      </WhenUnlocked>
    </PageFrame>
  );
}
