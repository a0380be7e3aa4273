/** A picture chosen, dropped or pasted, or the camera; and the codes that were found. */

import { useCallback, useEffect, useState } from "preact/hooks";
import type { EntryView } from "../entry-view";
import { entryName } from "../list/entry-words";
import { failureOf } from "../messaging";
import type { Failure } from "../protocol";
import { DropZone } from "../ui/drop-zone";
import { failureWords } from "../ui/failure-words";
import { QrIcon } from "../ui/icons";
import { Notice } from "../ui/notice";
import { kindOf } from "../ui/qr-kind";
import { ScanResults } from "../ui/scan-results";
import { useServices } from "../ui/services";
import { Camera } from "./camera";

type Result = { texts: string[] } | { failure: Failure };

export function Scanner() {
  const { readPicture, words } = useServices();
  const [result, setResult] = useState<Result>();
  const [camera, setCamera] = useState(false);
  const [added, setAdded] = useState<EntryView[]>([]);

  const read = useCallback(
    async (pictures: Iterable<File>) => {
      const files = [...pictures].filter(({ type }) => type.startsWith("image/"));
      if (files.length === 0) return setResult({ failure: { kind: "notAPicture" } });
      try {
        const texts = await Promise.all(files.map((file) => readPicture(file)));
        setResult((before) => ({ texts: withParts(before, texts.flat()) }));
      } catch (thrown) {
        setResult({ failure: failureOf(thrown) });
      }
    },
    [readPicture],
  );
  usePastedFiles(read);

  return (
    <>
      <section class="page-card">
        <DropZone
          text={words("scanDrop")}
          icon={<QrIcon size={28} />}
          accept="image/*"
          onFiles={read}
        />
        <button type="button" class="button" onClick={() => setCamera(!camera)}>
          {words(camera ? "scanStopCamera" : "scanCamera")}
        </button>
        {camera && (
          <Camera
            onFound={(texts) => {
              setCamera(false);
              setResult((before) => ({ texts: withParts(before, texts) }));
            }}
            onFailed={(failure) => {
              setCamera(false);
              setResult({ failure });
            }}
          />
        )}
      </section>
      {result && (
        <section class="page-card" aria-live="polite">
          {"failure" in result ? (
            <Notice tone="danger" alert>
              {failureWords(result.failure, words)}
            </Notice>
          ) : (
            <ScanResults
              texts={result.texts}
              onAdded={(entry) => setAdded((before) => [...before, entry])}
            />
          )}
          {added.map((entry) => (
            <Notice key={entry.entryId} tone="info">
              {words("entryAdded", { name: entryName(entry, words) })}
            </Notice>
          ))}
        </section>
      )}
    </>
  );
}

/** What was found, after the parts of an export that were found before: they come one by one. */
function withParts(before: Result | undefined, texts: string[]): string[] {
  const parts = before && "texts" in before ? before.texts : [];
  const isPart = (text: string) => kindOf(text) === "migration";
  return texts.some(isPart) ? [...parts.filter(isPart), ...texts] : texts;
}

/** Pictures that are pasted anywhere in the page. */
function usePastedFiles(read: (files: Iterable<File>) => void): void {
  useEffect(() => {
    const onPaste = ({ clipboardData }: ClipboardEvent) => {
      if (clipboardData && clipboardData.files.length > 0) read(clipboardData.files);
    };
    document.addEventListener("paste", onPaste);
    return () => document.removeEventListener("paste", onPaste);
  }, [read]);
}
