/** A backup file: written, read back and compared before it is said to be done. */

import { useState } from "preact/hooks";
import { fromBase64Url } from "../base64url";
import { RequestError } from "../messaging";
import type { StoredPair, VaultCare } from "../protocol";
import { AskPassphrase } from "../ui/ask-passphrase";
import { FailureNotice } from "../ui/failure-notice";
import { Notice } from "../ui/notice";
import { useServices } from "../ui/services";
import { useAction } from "../ui/use-action";
import { FileField } from "./file-field";
import { isEqual } from "./is-equal";
import { Section } from "./section";

type MakeBackupProps = {
  headers: StoredPair;
  care: VaultCare;
  onChanged: () => Promise<void>;
};

type Step =
  | { name: "start"; done: string | undefined }
  /** Saved where this page cannot look: the user shows it the file. */
  | { name: "check"; file: Uint8Array<ArrayBuffer>; fileName: string; entries: number };

export function MakeBackup({ headers, care, onChanged }: MakeBackupProps) {
  const { background, clock, keys, saveFile, words } = useServices();
  const [step, setStep] = useState<Step>({ name: "start", done: undefined });
  const action = useAction();

  const finish = async (wanted: Uint8Array, kept: Uint8Array, entries: number) => {
    if (!isEqual(wanted, kept)) throw new RequestError({ kind: "backupNotKept" });
    await background.backupKept({});
    setStep({ name: "start", done: words.count("backupDone", entries) });
    await onChanged();
  };
  const make = (passphrase: string) =>
    action.run(async () => {
      setStep({ name: "start", done: undefined });
      const { header, key } = await keys.makeBackupKey(headers, passphrase);
      const made = await background.makeBackup({ header, key });
      const file = fromBase64Url(made.file);
      const fileName = backupName(clock());
      const saved = await saveFile(fileName, file);
      if (saved === undefined) return;
      const { readBack } = saved;
      if (readBack) await finish(file, readBack, made.entries);
      else setStep({ name: "check", file, fileName, entries: made.entries });
    });
  const check = (file: Uint8Array, entries: number, chosen: File) =>
    action.run(async () => finish(file, new Uint8Array(await chosen.arrayBuffer()), entries));

  return (
    <Section title={words("backup")} fragment="backup">
      <p>{words("backupText")}</p>
      <p>
        {care.backupAt === undefined
          ? words("backupNever")
          : words("backupLast", { date: words.date(care.backupAt) })}
      </p>
      {care.backupDue && <Notice tone="warning">{words("backupDue")}</Notice>}
      {step.name === "start" ? (
        <AskPassphrase
          submitLabel={words("makeBackup")}
          busy={action.busy}
          failure={action.failure}
          onSubmit={make}
        />
      ) : (
        <>
          <p>{words("backupCheck", { name: step.fileName })}</p>
          <FileField
            label={words("backupCheckFile")}
            onChoose={(chosen) => check(step.file, step.entries, chosen)}
          />
          <FailureNotice failure={action.failure} />
        </>
      )}
      <div role="status">
        {step.name === "start" && step.done && <Notice tone="info">{step.done}</Notice>}
      </div>
    </Section>
  );
}

/** `doorcode-2026-11-22.backup`: the day says which passphrase opens it. */
function backupName(unixMillis: number): string {
  return `doorcode-${new Date(unixMillis).toISOString().slice(0, 10)}.backup`;
}
