/** The QR codes that a scan found: keys to save, and what the others are. */

import { useEffect, useState } from "preact/hooks";
import type { EntryView, ImportedEntry } from "../entry-view";
import { failureOf } from "../messaging";
import type { Failure, NewEntry } from "../protocol";
import { DuplicateNotice } from "./duplicate-notice";
import { EntryMark, EntryNames } from "./entry-identity";
import { failureWords } from "./failure-words";
import { Notice } from "./notice";
import { kindOf, nameOf } from "./qr-kind";
import { useServices } from "./services";
import { useAction } from "./use-action";

type ScanResultsProps = {
  texts: readonly string[];
  /** Saves an entry in another way than adding it, and what that is called. */
  save?: { label: string; run: (entry: NewEntry) => Promise<EntryView> } | undefined;
  onAdded: (entry: EntryView) => void;
};

export function ScanResults({ texts, save, onAdded }: ScanResultsProps) {
  const { words } = useServices();
  if (texts.length === 0) return <Notice tone="warning">{words("scanNothing")}</Notice>;
  return (
    <ul class="scan-results">
      {[...new Set(texts)].map((text) => (
        <li key={text} class="preview">
          {kindOf(text) === "keyUri" ? (
            <KeyResult uri={text} save={save} onAdded={onAdded} />
          ) : (
            <p>{words(nameOf(text))}</p>
          )}
        </li>
      ))}
    </ul>
  );
}

type Preview = { entry: ImportedEntry } | { failure: Failure } | undefined;

type KeyResultProps = Pick<ScanResultsProps, "save" | "onAdded"> & { uri: string };

function KeyResult({ uri, save, onAdded }: KeyResultProps) {
  const { background, words } = useServices();
  const [preview, setPreview] = useState<Preview>();
  const action = useAction();
  useEffect(() => {
    background.previewEntry({ kind: "keyUri", uri }).then(
      (entry) => setPreview({ entry }),
      (thrown) => setPreview({ failure: failureOf(thrown) }),
    );
  }, [background, uri]);

  if (preview === undefined) return null;
  if ("failure" in preview) {
    return <Notice tone="warning">{failureWords(preview.failure, words)}</Notice>;
  }
  const { entry } = preview;
  const add = async (request: NewEntry) => (await background.addEntry(request)).entry;
  const run = () =>
    action.run(async () => onAdded(await (save?.run ?? add)({ kind: "keyUri", uri })));
  const known = entry.duplicateOf !== undefined && save === undefined;
  return (
    <>
      <div class="entry-line">
        <EntryMark entry={entry} />
        <EntryNames entry={entry} />
      </div>
      {known && <DuplicateNotice entryId={entry.duplicateOf ?? ""} onRestored={onAdded} />}
      {!known && entry.type === "hotp" && (
        <Notice tone="warning">{words("counterBasedRefused")}</Notice>
      )}
      {!known && entry.type === "totp" && (
        <button
          type="button"
          class="button button-primary"
          aria-disabled={action.busy}
          onClick={run}
        >
          {action.busy ? words("saving") : (save?.label ?? words("saveEntry"))}
        </button>
      )}
      {action.failure && (
        <Notice tone="danger" alert>
          {failureWords(action.failure, words)}
        </Notice>
      )}
    </>
  );
}
