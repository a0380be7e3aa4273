/** The QR codes that a scan found: keys to save, and what the others are. */

import { useEffect, useState } from "preact/hooks";
import type { EntryView, ImportedEntry } from "../entry-view";
import { failureOf } from "../messaging";
import type { Failure, MigrationView, NewEntry } from "../protocol";
import { DuplicateNotice } from "./duplicate-notice";
import { EntryMark, EntryNames } from "./entry-identity";
import { FailureNotice } from "./failure-notice";
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
          <Result text={text} save={save} onAdded={onAdded} />
        </li>
      ))}
    </ul>
  );
}

type ResultProps = Pick<ScanResultsProps, "save" | "onAdded"> & { text: string };

function Result({ text, save, onAdded }: ResultProps) {
  const { words } = useServices();
  switch (kindOf(text)) {
    case "keyUri":
      return <KeyResult uri={text} save={save} onAdded={onAdded} />;
    case "migration":
      return <MigrationResult uri={text} onAdded={onAdded} />;
    case "other":
      return <p class="lead">{words(nameOf(text))}</p>;
  }
}

/** One part of an export: each of its keys, to be saved one by one. */
function MigrationResult({ uri, onAdded }: Pick<KeyResultProps, "uri" | "onAdded">) {
  const { background, words } = useServices();
  const [part, setPart] = useState<MigrationView | { failure: Failure }>();
  useEffect(() => {
    background
      .readMigration({ uri })
      .then(setPart, (thrown) => setPart({ failure: failureOf(thrown) }));
  }, [background, uri]);

  if (part === undefined) return null;
  if ("failure" in part) return <Notice tone="warning">{failureWords(part.failure, words)}</Notice>;
  const { batchIndex, batchSize, refused, uris } = part;
  return (
    <>
      <p>{words("migrationPart", { part: batchIndex + 1, parts: batchSize })}</p>
      {batchSize > 1 && <p class="field-hint">{words("migrationMissing")}</p>}
      {refused > 0 && <p class="field-hint">{words("migrationRefused", { count: refused })}</p>}
      {uris.map((key) => (
        <KeyResult key={key} uri={key} save={undefined} onAdded={onAdded} />
      ))}
    </>
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
      <FailureNotice failure={action.failure} />
    </>
  );
}
