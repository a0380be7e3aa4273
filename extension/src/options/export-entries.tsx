/** Taking entries elsewhere: files for other programs, QR codes for a phone, a sheet for the safe. */

import { useEffect, useState } from "preact/hooks";
import type { EntryView } from "../entry-view";
import type { PhoneCodes as Codes } from "../file-service";
import { entryName, keptEntries, sortEntries } from "../list/entry-words";
import { RequestError } from "../messaging";
import type { ExportedEntry, StoredPair } from "../protocol";
import { AskPassphrase } from "../ui/ask-passphrase";
import { failureWords } from "../ui/failure-words";
import { PassphraseField } from "../ui/field";
import { NewPassphrase } from "../ui/new-passphrase";
import { Notice } from "../ui/notice";
import { SelectField } from "../ui/select-field";
import { useServices } from "../ui/services";
import { useAction } from "../ui/use-action";
import type { TextKey } from "../words/words";
import { isEqual } from "./is-equal";
import { PhoneCodes } from "./phone-codes";
import { PrintedSheet } from "./printed-sheet";
import { Section } from "./section";

const ALL = "all";

/** In what form, with what is said about it. */
const FORMS = {
  sheet: { label: "exportSheet", warning: "exportSheetWarning", submit: "showSheet" },
  phone: { label: "exportPhone", warning: "exportPhoneWarning", submit: "showPhoneCodes" },
  aegisEncrypted: {
    label: "exportAegisEncrypted",
    warning: "exportAegisEncryptedText",
    submit: "saveExport",
  },
  aegis: { label: "exportAegis", warning: "exportAegisWarning", submit: "saveExport" },
  list: { label: "exportList", warning: "exportListWarning", submit: "saveList" },
} as const satisfies Record<string, Record<"label" | "warning" | "submit", TextKey>>;

type Form = keyof typeof FORMS;
const forms = Object.keys(FORMS) as Form[];

type Shown =
  | { name: "form"; done?: string }
  | { name: "sheet"; entries: readonly ExportedEntry[] }
  | { name: "phone"; entries: readonly ExportedEntry[]; codes: Codes };

export function ExportEntries({ headers }: { headers: StoredPair }) {
  const { background, files, keys, printPage, saveFile, words } = useServices();
  const [entries, setEntries] = useState<readonly EntryView[]>([]);
  const [wanted, setWanted] = useState(ALL);
  const [form, setForm] = useState<Form>("sheet");
  const [shown, setShown] = useState<Shown>({ name: "form" });
  const [passphrase, setPassphrase] = useState("");
  const action = useAction();
  useEffect(() => {
    background.listEntries({}).then(
      (listed) => setEntries(sortEntries(keptEntries(listed.entries), words)),
      () => setEntries([]),
    );
  }, [background, words]);

  /** `password` is that of the file, where it gets one. */
  const write = (exported: readonly ExportedEntry[], password: string | undefined) => {
    const contents = exported.map(({ entry, uri }) => ({
      uri,
      note: entry.note ?? "",
      pinned: entry.pinned,
    }));
    return form === "list" ? files.writeList(contents) : files.writeAegis(contents, password);
  };
  const take = (proofText: string, password?: string) =>
    action.run(async () => {
      setShown({ name: "form" });
      const { proof } = await keys.prove(headers, { kind: "passphrase", text: proofText });
      const entryIds = wanted === ALL ? null : [wanted];
      const { entries: exported } = await background.exportEntries({ proof, entryIds });
      if (form === "sheet") return setShown({ name: "sheet", entries: exported });
      if (form === "phone") {
        const contents = exported.map(({ uri }) => ({ uri, note: "", pinned: false }));
        const codes = await files.writePhoneCodes(contents);
        return setShown({ name: "phone", entries: exported, codes });
      }
      const file = await write(exported, password);
      const saved = await saveFile(FILE_NAMES[form], file);
      if (saved === undefined) return;
      if (saved.readBack && !isEqual(file, saved.readBack))
        throw new RequestError({ kind: "exportNotKept" });
      const done = saved.readBack ? "exportDone" : "exportDoneUnseen";
      setPassphrase("");
      setShown({ name: "form", done: words.count(done, exported.length) });
    });
  const close = () => setShown({ name: "form" });

  if (shown.name === "sheet") {
    return (
      <Section title={words("printedSheet")} fragment="export">
        <PrintedSheet entries={shown.entries} />
        <div class="button-row no-print">
          <button type="button" class="button" onClick={close}>
            {words("closeSheet")}
          </button>
          <button type="button" class="button button-primary" onClick={printPage}>
            {words("print")}
          </button>
        </div>
      </Section>
    );
  }
  if (shown.name === "phone") {
    return (
      <Section title={words("phoneCodes")} fragment="export">
        <PhoneCodes codes={shown.codes} entries={shown.entries} onClose={close} />
      </Section>
    );
  }
  const { submit, warning } = FORMS[form];
  const encrypted = form === "aegisEncrypted";
  return (
    <Section title={words("exportEntries")} fragment="export">
      <div class="stack">
        <SelectField
          label={words("exportWhich")}
          value={wanted}
          options={[
            { value: ALL, label: words("exportAll") },
            ...entries.map((entry) => ({ value: entry.entryId, label: entryName(entry, words) })),
          ]}
          onChange={setWanted}
        />
        <SelectField
          label={words("exportAs")}
          value={form}
          options={forms.map((value) => ({ value, label: words(FORMS[value].label) }))}
          onChange={(value) => {
            setForm(forms.find((known) => known === value) ?? "sheet");
            close();
            action.forgive();
          }}
        />
      </div>
      <Notice tone={encrypted ? "info" : "warning"}>{words(warning)}</Notice>
      {encrypted ? (
        <NewPassphrase
          label={words("exportPassword")}
          repeatLabel={words("exportPasswordRepeat")}
          submitLabel={words(submit)}
          busy={action.busy}
          onChoose={(password) => take(passphrase, password)}
        >
          <PassphraseField
            label={words("currentPassphrase")}
            value={passphrase}
            onInput={(text) => {
              setPassphrase(text);
              action.forgive();
            }}
            autocomplete="current-password"
            error={action.failure && failureWords(action.failure, words)}
          />
        </NewPassphrase>
      ) : (
        <AskPassphrase
          submitLabel={words(submit)}
          busy={action.busy}
          failure={action.failure}
          onSubmit={(text) => take(text)}
        />
      )}
      <div role="status">{shown.done && <Notice tone="info">{shown.done}</Notice>}</div>
    </Section>
  );
}

const FILE_NAMES: Record<Exclude<Form, "sheet" | "phone">, string> = {
  list: "doorcode-otpauth.txt",
  aegis: "doorcode-aegis.json",
  aegisEncrypted: "doorcode-aegis-encrypted.json",
};
