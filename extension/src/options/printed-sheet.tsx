/** The sheet for the safe: for each entry its QR code, secret key and names, made on this page. */

import type { ExportedEntry } from "../protocol";
import { entryWords } from "../ui/entry-words";
import { useServices } from "../ui/services";
import { qrPath } from "./qr-path";

export function PrintedSheet({ entries }: { entries: readonly ExportedEntry[] }) {
  const { clock, words } = useServices();
  return (
    <div class="sheet">
      <p>{words("sheetText", { date: words.date(clock()) })}</p>
      <ul class="sheet-entries">
        {entries.map(({ entry, uri }) => {
          const { title, subtitle } = entryWords(entry, words);
          const { path, size } = qrPath(uri);
          return (
            <li key={entry.entryId}>
              <svg
                class="sheet-qr"
                viewBox={`0 0 ${size} ${size}`}
                role="img"
                aria-label={words("sheetQr", { title })}
              >
                <rect width={size} height={size} fill="#fff" />
                <path d={path} fill="#000" />
              </svg>
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
