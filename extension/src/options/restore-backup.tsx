/** Putting a backup back: first what it would do, then doing it. */

import { useState } from "preact/hooks";
import { toBase64Url } from "../base64url";
import { RequestError } from "../messaging";
import type { BackupRequest, RestoreView } from "../protocol";
import { AskPassphrase } from "../ui/ask-passphrase";
import { failureWords } from "../ui/failure-words";
import { Notice } from "../ui/notice";
import { useServices } from "../ui/services";
import { useAction } from "../ui/use-action";
import { FileField } from "./file-field";
import { isEmptyPlan, RestorePlan } from "./restore-plan";
import { Section } from "./section";

/** The largest backup, and a little more. */
const MAX_FILE_BYTES = 2_200_000;

type Step =
  | { name: "file"; done: boolean }
  | { name: "passphrase"; file: Uint8Array<ArrayBuffer> }
  | { name: "plan"; request: BackupRequest; plan: RestoreView };

export function RestoreBackup({ onChanged }: { onChanged: () => Promise<void> }) {
  const { background, keys, words } = useServices();
  const [step, setStep] = useState<Step>({ name: "file", done: false });
  const action = useAction();

  const choose = (chosen: File) =>
    action.run(async () => {
      if (chosen.size > MAX_FILE_BYTES) throw new RequestError({ kind: "notABackup" });
      setStep({ name: "passphrase", file: new Uint8Array(await chosen.arrayBuffer()) });
    });
  const plan = async (request: BackupRequest) =>
    setStep({ name: "plan", request, plan: await background.planBackup(request) });
  const open = (file: Uint8Array<ArrayBuffer>, passphrase: string) =>
    action.run(async () => {
      const { key } = await keys.unlockBackup(file, passphrase);
      await plan({ file: toBase64Url(file), key, replaceChanged: false });
    });
  const restore = (request: BackupRequest) =>
    action.run(async () => {
      await background.restoreBackup(request);
      setStep({ name: "file", done: true });
      await onChanged();
    });
  const cancel = () => {
    action.forgive();
    setStep({ name: "file", done: false });
  };
  const failure = action.failure && failureWords(action.failure, words);

  return (
    <Section title={words("restoreBackup")} fragment="restore">
      <p>{words("restoreBackupText")}</p>
      {step.name === "file" && <FileField label={words("backupFile")} onChoose={choose} />}
      {step.name === "passphrase" && (
        <AskPassphrase
          label={words("backupPassphrase")}
          submitLabel={words("openBackup")}
          busy={action.busy}
          failure={action.failure}
          onSubmit={(passphrase) => open(step.file, passphrase)}
        />
      )}
      {step.name === "plan" && (
        <>
          <p>{words("backupMadeOn", { date: words.date(step.plan.createdAt * 1000) })}</p>
          <RestorePlan plan={step.plan} />
          {step.plan.change.length > 0 && (
            <label class="check">
              <input
                type="checkbox"
                checked={step.request.replaceChanged}
                onChange={({ currentTarget }) =>
                  action.run(() => plan({ ...step.request, replaceChanged: currentTarget.checked }))
                }
              />
              <span>{words("replaceChanged")}</span>
            </label>
          )}
        </>
      )}
      {step.name !== "file" && (
        <div class="button-row">
          <button type="button" class="button" onClick={cancel}>
            {words("cancel")}
          </button>
          {step.name === "plan" && !isEmptyPlan(step.plan) && (
            <button
              type="button"
              class="button button-primary"
              aria-disabled={action.busy}
              onClick={() => restore(step.request)}
            >
              {words("restoreNow")}
            </button>
          )}
        </div>
      )}
      {failure && step.name !== "passphrase" && (
        <Notice tone="danger" alert>
          {failure}
        </Notice>
      )}
      <div role="status">
        {step.name === "file" && step.done && <Notice tone="info">{words("restored")}</Notice>}
      </div>
    </Section>
  );
}
