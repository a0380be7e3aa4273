/** One entry: its names, what is known of it, and deleting it. */

import { useId, useState } from "preact/hooks";
import { accountsOf, isAws } from "../accounts";
import { withEdit } from "../entry-edit";
import type { EntryEdit, EntryView } from "../entry-view";
import type { VaultCare } from "../protocol";
import { EntryMark, EntryNames } from "../ui/entry-identity";
import { FailureNotice } from "../ui/failure-notice";
import { TextField } from "../ui/field";
import { Notice } from "../ui/notice";
import { useWords } from "../ui/services";
import { useAction } from "../ui/use-action";
import { ColourField } from "./colour-field";
import { EntryActions } from "./entry-actions";
import { EntryDevices } from "./entry-devices";
import { IdentityFields } from "./identity-fields";
import { ScreenHeader } from "./screen-header";
import type { UnlockedCommands } from "./use-unlocked";

type EditEntryProps = {
  entry: EntryView;
  /** All entries, for how many devices its user has. */
  entries: readonly EntryView[];
  /** The tab in front asks for a code, though not, as far as known, for this one. */
  canFill: boolean;
  care: VaultCare;
  commands: UnlockedCommands;
  onQr: () => void;
  onBack: () => void;
};

export function EditEntry(props: EditEntryProps) {
  const { entry, entries, canFill, care, commands, onQr, onBack } = props;
  const words = useWords();
  const formId = useId();
  const [edit, setEdit] = useState<EntryEdit>({});
  const saving = useAction();
  const deleting = useAction();
  const changed = withEdit(entry, edit);
  const colour = edit.colour ?? accountsOf(entries).colourOf(entry);
  const failure = saving.failure ?? deleting.failure;

  const submit = (event: Event) => {
    event.preventDefault();
    void saving.run(() => commands.saveEdit(entry, trimmed(edit)));
  };
  const fields = fieldsOf(changed, isAws(entry));
  return (
    <>
      <ScreenHeader title={words("editEntry")} onBack={onBack} focused />
      <div class="screen">
        <section class="preview" aria-label={words("preview")}>
          <div class="entry-line">
            <EntryMark entry={changed} colour={colour} />
            <EntryNames
              entry={changed}
              colour={colour}
              {...(entry.pending ? { badge: words("pending") } : {})}
            />
          </div>
          <p class="preview-facts">
            {words("codeFacts", {
              algorithm: entry.algorithm.replace(/^SHA/, "SHA-"),
              digits: entry.digits,
              seconds: entry.periodSeconds,
            })}
          </p>
        </section>
        {entry.pending && (
          <Notice tone="warning">
            <p>{words("pendingText")}</p>
            <button
              type="button"
              class="button"
              aria-disabled={saving.busy}
              onClick={() => saving.run(() => commands.saveEdit(entry, { pending: false }))}
            >
              {words("pendingConfirm")}
            </button>
          </Notice>
        )}
        <EntryActions entry={entry} canFill={canFill} commands={commands} onQr={onQr} />
        <EntryDevices entry={entry} entries={entries} care={care} />
        <form class="stack" id={formId} onSubmit={submit}>
          {fields.map(({ name, label, hint }) => (
            <TextField
              key={name}
              label={words(label)}
              {...(hint ? { hint: words(hint) } : {})}
              value={edit[name] ?? entry[name] ?? ""}
              onInput={(value) => setEdit({ ...edit, [name]: value })}
              maxLength={256}
            />
          ))}
          {isAws(entry) && (
            <IdentityFields entry={changed} onChange={(part) => setEdit({ ...edit, ...part })} />
          )}
          {(changed.accountId || changed.accountAlias) && (
            <ColourField
              colour={colour}
              onChange={(value) => setEdit({ ...edit, colour: value })}
            />
          )}
          <label class="check">
            <input
              type="checkbox"
              checked={changed.pinned}
              onChange={(event) => setEdit({ ...edit, pinned: event.currentTarget.checked })}
            />
            <span>{words("pinEntry")}</span>
          </label>
        </form>
        <section class="danger-zone">
          <p>{words("deleteText")}</p>
          <button
            type="button"
            class="button button-danger"
            aria-disabled={deleting.busy}
            onClick={() => deleting.run(() => commands.deleteEntry(entry))}
          >
            {words("deleteEntry")}
          </button>
        </section>
      </div>
      <footer class="screen-foot">
        <FailureNotice failure={failure} />
        <div class="button-row">
          <button type="button" class="button" onClick={onBack}>
            {words("cancel")}
          </button>
          <button
            type="submit"
            form={formId}
            class="button button-primary"
            aria-disabled={saving.busy}
          >
            {words(saving.busy ? "saving" : "save")}
          </button>
        </div>
      </footer>
    </>
  );
}

const ACCOUNT_ALIAS = {
  name: "accountAlias",
  label: "accountAlias",
  hint: "accountAliasHint",
} as const;
const ACCOUNT_ID = { name: "accountId", label: "accountId", hint: "accountIdHint" } as const;
const DIRECTORY = { name: "directoryId", label: "directory", hint: "directoryHint" } as const;
const NOTE = { name: "note", label: "note", hint: undefined } as const;
const USER_FIELDS = [
  { name: "userName", label: "userName", hint: undefined },
  { name: "deviceName", label: "deviceName", hint: "deviceNameHint" },
  NOTE,
] as const;
const OTHER_FIELDS = [
  { name: "issuer", label: "issuer", hint: undefined },
  { name: "accountName", label: "accountName", hint: undefined },
  ACCOUNT_ID,
  NOTE,
] as const;

/** What tells whose the entry is: a user of IAM Identity Center signs in to a directory. */
function fieldsOf({ identityKind }: EntryView, aws: boolean) {
  if (!aws) return OTHER_FIELDS;
  return identityKind === "identityCenterUser"
    ? ([DIRECTORY, ACCOUNT_ID, ...USER_FIELDS] as const)
    : ([ACCOUNT_ALIAS, ACCOUNT_ID, ...USER_FIELDS] as const);
}

/** Without the spaces around; an account id also without the hyphens that the console shows. */
function trimmed(edit: EntryEdit): EntryEdit {
  const texts = Object.entries(edit).map(([name, value]) => {
    if (typeof value !== "string") return [name, value];
    return [name, name === "accountId" ? value.replace(/[\s-]/g, "") : value.trim()];
  });
  return Object.fromEntries(texts);
}
