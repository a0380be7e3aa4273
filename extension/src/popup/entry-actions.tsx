/** What can be done with an entry besides its code; where something is missing for it, what. */

import { isAws } from "../accounts";
import type { EntryView } from "../entry-view";
import { mfaDevicesPage, signInPage } from "../sign-in-page";
import { stsCommand } from "../sts-command";
import { KeyIcon, OpenIcon, QrIcon, TerminalIcon } from "../ui/icons";
import { useServices } from "../ui/services";
import type { TextKey, Words } from "../words/words";
import type { UnlockedCommands } from "./use-unlocked";

type EntryActionsProps = {
  entry: EntryView;
  /** The tab in front asks for a code, though not, as far as known, for this one. */
  canFill: boolean;
  commands: UnlockedCommands;
  onQr: () => void;
};

export function EntryActions({ entry, canFill, commands, onQr }: EntryActionsProps) {
  const { openUrl, words } = useServices();
  const page = signInPage(entry);
  const command = stsCommand(entry);
  const aws = isAws(entry);
  return (
    <section class="actions" aria-label={words("entryActions")}>
      {canFill && (
        <button type="button" class="button" onClick={() => commands.fillCode(entry)}>
          <KeyIcon size={18} />
          {words("fillAnyway")}
        </button>
      )}
      {"url" in page && (
        <button type="button" class="button" onClick={() => openUrl(page.url)}>
          <OpenIcon size={18} />
          {words("openSignIn")}
        </button>
      )}
      {"serialNumber" in command && (
        <button type="button" class="button" onClick={() => commands.copyCommand(entry, command)}>
          <TerminalIcon size={18} />
          {words("copyStsCommand")}
        </button>
      )}
      <button type="button" class="button" onClick={onQr}>
        <QrIcon size={18} />
        {words("showQr")}
      </button>
      {aws && "missing" in page && <p class="field-hint">{signInHint(page.missing, words)}</p>}
      {aws && "missing" in command && <p class="field-hint">{stsHint(command.missing, words)}</p>}
    </section>
  );
}

const FIELDS = {
  account: "accountIdOrAlias",
  accountId: "accountId",
  partition: "partition",
  directory: "directory",
  deviceName: "deviceName",
} as const satisfies Record<string, TextKey>;

/** The names of fields as a list of the language. */
function listed(missing: readonly (keyof typeof FIELDS)[], words: Words): string {
  const names = missing.map((field) => words(FIELDS[field]));
  return new Intl.ListFormat(words.locale, { type: "conjunction" }).format(names);
}

type MissingPage = Extract<ReturnType<typeof signInPage>, { missing: unknown }>["missing"];
type MissingCommand = Extract<ReturnType<typeof stsCommand>, { missing: unknown }>["missing"];

function signInHint(missing: MissingPage, words: Words): string {
  if (missing === "address") return words("noSignInAddress");
  return words("missingForSignIn", { fields: listed(missing, words) });
}

function stsHint(missing: MissingCommand, words: Words): string {
  if (missing === "identityCenter") return words("noStsForIdentityCenter");
  return words("missingForSts", { fields: listed(missing, words) });
}

/** The page of AWS on which the user of an entry adds a device. */
export function AddDeviceButton({ entry }: { entry: EntryView }) {
  const { openUrl, words } = useServices();
  const url = mfaDevicesPage(entry);
  if (url === undefined) return null;
  return (
    <button type="button" class="button button-quiet button-inline" onClick={() => openUrl(url)}>
      {words("openMfaDevices")}
    </button>
  );
}
