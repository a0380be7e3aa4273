/** Adding an entry from a key URI or a secret key, with a look at it before it is saved. */

import { useEffect, useState } from "preact/hooks";
import type { EntryView, ImportedEntry } from "../entry-view";
import { failureOf } from "../messaging";
import type { Failure, NewEntry } from "../protocol";
import { DuplicateNotice } from "./duplicate-notice";
import { EntryMark, EntryNames } from "./entry-identity";
import { FailureNotice } from "./failure-notice";
import { failureWords } from "./failure-words";
import { TextField } from "./field";
import { Notice } from "./notice";
import { useServices, useWords } from "./services";
import { useAction } from "./use-action";

type AddEntryFormProps = {
  onAdded: (entry: EntryView) => void;
  onCancel?: () => void;
  cancelLabel?: string;
  /** Whether the form is all there is to do, so that it takes the focus. */
  startFocused: boolean;
};

type Preview =
  | { state: "none" }
  | { state: "ready"; entry: ImportedEntry }
  | { state: "refused"; failure: Failure };

/** After the last key stroke, in milliseconds. */
const PREVIEW_DELAY_MS = 150;

/** What AWS writes as the issuer of IAM and root devices. */
const AWS_ISSUER = "Amazon Web Services";

function newEntryFrom(text: string, issuer: string, accountName: string): NewEntry | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  return /^otpauth/i.test(trimmed)
    ? { kind: "keyUri", uri: trimmed }
    : {
        kind: "secretKey",
        secretKey: trimmed,
        issuer: issuer.trim(),
        accountName: accountName.trim(),
      };
}

export function AddEntryForm(props: AddEntryFormProps) {
  const { onAdded, onCancel, cancelLabel, startFocused } = props;
  const { background, words } = useServices();
  const [text, setText] = useState("");
  const [issuer, setIssuer] = useState(AWS_ISSUER);
  const [accountName, setAccountName] = useState("");
  const [preview, setPreview] = useState<Preview>({ state: "none" });
  const action = useAction();
  const request = newEntryFrom(text, issuer, accountName);
  const unnamed = request?.kind === "secretKey" && request.accountName === "";

  // biome-ignore lint/correctness/useExhaustiveDependencies: `request` is made of these three
  useEffect(() => {
    setPreview({ state: "none" });
    action.forgive();
    if (request === undefined) return;
    const cancelled = new AbortController();
    const show = (next: Preview) => !cancelled.signal.aborted && setPreview(next);
    const timer = setTimeout(() => {
      background.previewEntry(request).then(
        (entry) => show({ state: "ready", entry }),
        (thrown) => show({ state: "refused", failure: failureOf(thrown) }),
      );
    }, PREVIEW_DELAY_MS);
    return () => {
      cancelled.abort();
      clearTimeout(timer);
    };
  }, [background, text, issuer, accountName]);

  const known = preview.state === "ready" && preview.entry.duplicateOf !== undefined;
  const counterBased = preview.state === "ready" && preview.entry.type === "hotp";
  const savable = preview.state === "ready" && !known && !counterBased && !unnamed;
  const submit = (event: Event) => {
    event.preventDefault();
    if (!savable || request === undefined) return;
    void action.run(async () => {
      const { entry } = await background.addEntry(request);
      setText("");
      onAdded(entry);
    });
  };

  return (
    <form class="stack" onSubmit={submit}>
      <TextField
        label={words("secretOrUri")}
        hint={words("secretOrUriHint")}
        value={text}
        onInput={setText}
        startFocused={startFocused}
        monospace
        maxLength={8192}
        error={preview.state === "refused" ? failureWords(preview.failure, words) : undefined}
      />
      {request?.kind === "secretKey" && (
        <>
          <TextField label={words("issuer")} value={issuer} onInput={setIssuer} maxLength={128} />
          <TextField
            label={words("accountName")}
            hint={words("accountNameHint")}
            value={accountName}
            onInput={setAccountName}
            maxLength={256}
          />
        </>
      )}
      {preview.state === "ready" && !unnamed && <EntryPreview entry={preview.entry} />}
      {preview.state === "ready" && preview.entry.duplicateOf !== undefined && (
        <DuplicateNotice entryId={preview.entry.duplicateOf} onRestored={onAdded} />
      )}
      {counterBased && <Notice tone="warning">{words("counterBasedRefused")}</Notice>}
      <FailureNotice failure={action.failure} />
      <div class="button-row">
        {onCancel && (
          <button type="button" class="button" onClick={onCancel}>
            {cancelLabel ?? words("cancel")}
          </button>
        )}
        <button type="submit" class="button button-primary" aria-disabled={!savable || action.busy}>
          {words(action.busy ? "saving" : "saveEntry")}
        </button>
      </div>
    </form>
  );
}

function EntryPreview({ entry }: { entry: ImportedEntry }) {
  const words = useWords();
  return (
    <section class="preview" aria-label={words("preview")}>
      <div class="entry-line">
        <EntryMark entry={entry} />
        <EntryNames entry={entry} />
      </div>
      <p class="preview-facts">
        {words("codeFacts", {
          algorithm: entry.algorithm.replace(/^SHA/, "SHA-"),
          digits: entry.digits,
          seconds: entry.periodSeconds,
        })}
      </p>
    </section>
  );
}
