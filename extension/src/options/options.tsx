/** The settings. */

import { FailureNotice } from "../ui/failure-notice";
import { PageFrame } from "../ui/page-frame";
import { useServices } from "../ui/services";
import { useSettings } from "../ui/use-settings";
import { useVaultState } from "../ui/use-vault-state";
import { About } from "./about";
import { Appearance } from "./appearance";
import { Clipboard } from "./clipboard";
import { Contents } from "./contents";
import { Locking } from "./locking";
import { Pages } from "./pages";
import { PlacesContext, usePlaces } from "./places";
import { Rescued } from "./rescued";
import { VaultKeys } from "./vault-keys";

export function Options() {
  const { words } = useServices();
  const { vault, reload } = useVaultState();
  const { change, failure, saves, settings } = useSettings();
  const { places, register } = usePlaces();
  return (
    <PlacesContext.Provider value={register}>
      <PageFrame title={words("settingsTitle")} heading={words("settings")} settings={settings}>
        <Contents places={places} />
        <FailureNotice failure={failure} />
        {vault.state === "unlocked" && vault.rescue && (
          <Rescued rescue={vault.rescue} onChanged={reload} />
        )}
        {settings && (
          <>
            <Locking settings={settings} onChange={change} />
            <Appearance settings={settings} onChange={change} />
            <Pages settings={settings} onChange={change} />
            <Clipboard settings={settings} onChange={change} />
          </>
        )}
        <VaultKeys vault={vault} reload={reload} />
        <About />
        <p class="visually-hidden" role="status" key={saves}>
          {saves > 0 ? words("settingsSaved") : ""}
        </p>
      </PageFrame>
    </PlacesContext.Provider>
  );
}
