/** Taking entries elsewhere: a list of key URIs, or a sheet of paper for the safe. */

import { useEffect, useState } from "preact/hooks";
import type { EntryView } from "../entry-view";
import type { ExportedEntry, StoredPair } from "../protocol";
import { entryName, keptEntries, sortEntries } from "../ui/entry-words";
import { Notice } from "../ui/notice";
import { SelectField } from "../ui/select-field";
import { useServices } from "../ui/services";
import { useAction } from "../ui/use-action";
import { AskPassphrase } from "./ask-passphrase";
import { PrintedSheet } from "./printed-sheet";
import { Section } from "./section";

const ALL = "all";

export function ExportEntries({ headers }: { headers: StoredPair }) {
  const { background, keys, printPage, saveFile, words } = useServices();
  const [entries, setEntries] = useState<readonly EntryView[]>([]);
  const [wanted, setWanted] = useState(ALL);
  const [form, setForm] = useState<"list" | "sheet">("sheet");
  const [sheet, setSheet] = useState<readonly ExportedEntry[] | undefined>();
  const action = useAction();
  useEffect(() => {
    background.listEntries({}).then(
      (listed) => setEntries(sortEntries(keptEntries(listed.entries), words)),
      () => setEntries([]),
    );
  }, [background, words]);

  const take = (passphrase: string) =>
    action.run(async () => {
      const { proof } = await keys.prove(headers, { kind: "passphrase", text: passphrase });
      const entryIds = wanted === ALL ? null : [wanted];
      const exported = await background.exportEntries({ proof, entryIds });
      if (form === "sheet") return setSheet(exported.entries);
      const text = exported.entries.map(({ uri }) => `${uri}\n`).join("");
      await saveFile("doorcode-otpauth.txt", new TextEncoder().encode(text));
    });

  if (sheet !== undefined) {
    return (
      <Section title={words("printedSheet")} fragment="export">
        <PrintedSheet entries={sheet} />
        <div class="button-row no-print">
          <button type="button" class="button" onClick={() => setSheet(undefined)}>
            {words("closeSheet")}
          </button>
          <button type="button" class="button button-primary" onClick={printPage}>
            {words("print")}
          </button>
        </div>
      </Section>
    );
  }
  return (
    <Section title={words("exportEntries")} fragment="export">
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
        options={[
          { value: "sheet", label: words("exportSheet") },
          { value: "list", label: words("exportList") },
        ]}
        onChange={(value) => setForm(value === "list" ? "list" : "sheet")}
      />
      <Notice tone="warning">
        {words(form === "list" ? "exportListWarning" : "exportSheetWarning")}
      </Notice>
      <AskPassphrase
        submitLabel={words(form === "list" ? "saveList" : "showSheet")}
        busy={action.busy}
        failure={action.failure}
        onSubmit={take}
      />
    </Section>
  );
}
