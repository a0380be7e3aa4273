/** An export as QR codes on the screen, one after the other, for a phone that scans them. */

import { useState } from "preact/hooks";
import type { PhoneCodes as Codes } from "../file-service";
import { entryName } from "../list/entry-words";
import type { ExportedEntry } from "../protocol";
import { Notice } from "../ui/notice";
import { QrCode } from "../ui/qr-code";
import { qrPath } from "../ui/qr-path";
import { useWords } from "../ui/services";

type PhoneCodesProps = {
  codes: Codes;
  /** What was exported, in order. */
  entries: readonly ExportedEntry[];
  onClose: () => void;
};

export function PhoneCodes({ codes: { leftOut, parts }, entries, onClose }: PhoneCodesProps) {
  const words = useWords();
  const [part, setPart] = useState(0);
  const text = parts[part];
  const place = words("phonePart", { part: part + 1, parts: parts.length });
  return (
    <div class="stack">
      {text !== undefined && (
        <>
          <p>{words("phoneText")}</p>
          <div class="phone-qr">
            <QrCode text={text} label={place} level="L" draw={qrPath} />
          </div>
          <p class="phone-part" role="status">
            {place}
          </p>
        </>
      )}
      {leftOut.length > 0 && (
        <Notice tone="warning">
          <p>{words.count("phoneLeftOut", leftOut.length)}</p>
          <ul>
            {leftOut.map((at) => {
              const left = entries[at];
              return left && <li key={at}>{entryName(left.entry, words)}</li>;
            })}
          </ul>
        </Notice>
      )}
      <div class="button-row">
        <button type="button" class="button" onClick={onClose}>
          {words("closeCodes")}
        </button>
        {part > 0 && (
          <button type="button" class="button" onClick={() => setPart(part - 1)}>
            {words("back")}
          </button>
        )}
        {part + 1 < parts.length && (
          <button type="button" class="button button-primary" onClick={() => setPart(part + 1)}>
            {words("next")}
          </button>
        )}
      </div>
    </div>
  );
}
