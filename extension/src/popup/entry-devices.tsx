/** The MFA devices of an entry's user, and what to do lest the user is locked out. */

import { deviceOverview } from "../device-overview";
import type { EntryView } from "../entry-view";
import type { VaultCare } from "../protocol";
import { useServices } from "../ui/services";
import { AddDeviceButton } from "./entry-actions";

type EntryDevicesProps = {
  entry: EntryView;
  entries: readonly EntryView[];
  care: VaultCare;
};

export function EntryDevices({ entry, entries, care }: EntryDevicesProps) {
  const { openPage, words } = useServices();
  const overview = deviceOverview(entry, entries);
  if (overview === undefined) return null;
  const { devices, limit } = overview;
  const count = devices.length;
  const unsaved = care.backupAt === undefined;
  return (
    <section class="devices" aria-label={words("devicesOf")}>
      {count > 0 && <p class="field-hint">{words("deviceCount", { count, limit })}</p>}
      {count > 1 && (
        <ul class="device-list">
          {devices.map((device) => (
            <li key={device.entryId}>
              <bdi>{device.deviceName ?? device.userName ?? device.accountName}</bdi>
              {device.entryId === entry.entryId && (
                <span class="field-hint"> ({words("thisDevice")})</span>
              )}
            </li>
          ))}
        </ul>
      )}
      {count === 1 && (
        <p class="field-hint">
          {words("onlyWayIn")} <AddDeviceButton entry={entry} />
        </p>
      )}
      {(unsaved || care.backupDue) && (
        <p class="field-hint">
          {words(unsaved ? "neverBackedUp" : "backupDue")}{" "}
          <button
            type="button"
            class="button button-quiet button-inline"
            onClick={() => openPage("options", "backup")}
          >
            {words("backupNow")}
          </button>
        </p>
      )}
    </section>
  );
}
