/** The QR code of an entry, for another authenticator: after the passphrase, on this screen alone. */

import { useState } from "preact/hooks";
import type { EntryView } from "../entry-view";
import { entryName } from "../list/entry-words";
import type { StoredPair } from "../protocol";
import { AskPassphrase } from "../ui/ask-passphrase";
import { EntryMark, EntryNames } from "../ui/entry-identity";
import { Notice } from "../ui/notice";
import { QrCode } from "../ui/qr-code";
import type { qrPath } from "../ui/qr-path";
import { useServices } from "../ui/services";
import { useAction } from "../ui/use-action";
import { ScreenHeader } from "./screen-header";

type ShowQrProps = {
  entry: EntryView;
  colour: number;
  headers: StoredPair;
  onBack: () => void;
};

export function ShowQr({ entry, colour, headers, onBack }: ShowQrProps) {
  const { background, keys, words } = useServices();
  const [shown, setShown] = useState<{ uri: string; draw: typeof qrPath } | undefined>();
  const action = useAction();
  const show = (passphrase: string) =>
    action.run(async () => {
      const { proof } = await keys.prove(headers, { kind: "passphrase", text: passphrase });
      const { entries } = await background.exportEntries({ proof, entryIds: [entry.entryId] });
      const [exported] = entries;
      // By itself a quarter of the popup's code, which every opening would read.
      const { qrPath } = await import("../ui/qr-path");
      setShown(exported && { uri: exported.uri, draw: qrPath });
    });
  return (
    <>
      <ScreenHeader title={words("qrTitle")} onBack={onBack} />
      <div class="screen">
        <div class="preview">
          <div class="entry-line">
            <EntryMark entry={entry} colour={colour} />
            <EntryNames entry={entry} colour={colour} />
          </div>
        </div>
        {shown === undefined ? (
          <>
            <p>{words("qrAsk")}</p>
            <AskPassphrase
              label={words("passphrase")}
              submitLabel={words("showQr")}
              startFocused
              busy={action.busy}
              failure={action.failure}
              onSubmit={show}
            />
          </>
        ) : (
          <>
            <Notice tone="warning" alert>
              {words("qrShownText")}
            </Notice>
            <QrCode
              text={shown.uri}
              label={words("sheetQr", { title: entryName(entry, words) })}
              draw={shown.draw}
            />
            <button type="button" class="button button-primary" onClick={onBack}>
              {words("qrClose")}
            </button>
          </>
        )}
      </div>
    </>
  );
}
