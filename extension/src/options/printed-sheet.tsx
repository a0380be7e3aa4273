/** The sheet for the safe: for each entry its QR code, secret key and names, made on this page. */

import { entryWords } from "../list/entry-words";
import type { ExportedEntry } from "../protocol";
import { QrCode } from "../ui/qr-code";
import { qrPath } from "../ui/qr-path";
import { useServices } from "../ui/services";

export function PrintedSheet({ entries }: { entries: readonly ExportedEntry[] }) {
  const { clock, words } = useServices();
  return (
    <div class="sheet">
      <p>{words("sheetText", { date: words.date(clock()) })}</p>
      <ul class="sheet-entries">
        {entries.map(({ entry, uri }) => {
          const { title, subtitle } = entryWords(entry, words);
          return (
            <li key={entry.entryId}>
              <QrCode text={uri} label={words("sheetQr", { title })} draw={qrPath} />
              <div>
                <h3>{title}</h3>
                <p>{subtitle}</p>
                <p>{entry.accountId}</p>
                <p class="sheet-secret">{words("sheetSecret", { secret: secretOf(uri) })}</p>
              </div>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** The secret of a key URI in groups of four, as people type it. */
function secretOf(uri: string): string {
  const secret = new URL(uri).searchParams.get("secret") ?? "";
  return secret.match(/.{1,4}/g)?.join(" ") ?? "";
}
