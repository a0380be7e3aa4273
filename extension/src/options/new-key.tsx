/** A new vault key: everything is encrypted anew, so that earlier copies and keys open nothing of it. */

import { useState } from "preact/hooks";
import type { SealedSession, StoredPair } from "../protocol";
import { AskPassphrase } from "../ui/ask-passphrase";
import { failureWords } from "../ui/failure-words";
import { Notice } from "../ui/notice";
import { RecoveryCheck } from "../ui/recovery-check";
import { RecoveryCode } from "../ui/recovery-code";
import { useServices } from "../ui/services";
import { useAction } from "../ui/use-action";
import { Section } from "./section";

type NewKeys = { header: string; key: SealedSession; recoveryCode: string };

type Step =
  | { name: "start"; done: boolean }
  | { name: "show"; made: NewKeys }
  | { name: "check"; made: NewKeys };

type NewKeyProps = { headers: StoredPair; onChanged: () => Promise<void> };

export function NewKey({ headers, onChanged }: NewKeyProps) {
  const { background, keys, words } = useServices();
  const [step, setStep] = useState<Step>({ name: "start", done: false });
  const action = useAction();
  const make = (passphrase: string) =>
    action.run(async () => {
      setStep({ name: "show", made: await keys.rotateKey(headers, passphrase) });
    });
  const store = ({ header, key }: NewKeys) =>
    action.run(async () => {
      await background.rotateKey({ header, key });
      setStep({ name: "start", done: true });
      await onChanged();
    });

  return (
    <Section title={words("newKey")} fragment="key">
      {step.name === "start" && (
        <>
          <p>{words("newKeyText")}</p>
          <AskPassphrase
            submitLabel={words("makeNewKey")}
            busy={action.busy}
            failure={action.failure}
            onSubmit={make}
          />
          <div role="status">{step.done && <Notice tone="info">{words("newKeyDone")}</Notice>}</div>
        </>
      )}
      {step.name === "show" && (
        <>
          <p>{words("newRecoveryShown")}</p>
          <RecoveryCode recoveryCode={step.made.recoveryCode} />
          <div class="button-row no-print">
            <button
              type="button"
              class="button"
              onClick={() => setStep({ name: "start", done: false })}
            >
              {words("cancel")}
            </button>
            <button
              type="button"
              class="button button-primary"
              onClick={() => setStep({ name: "check", made: step.made })}
            >
              {words("writtenDown")}
            </button>
          </div>
        </>
      )}
      {step.name === "check" && (
        <>
          <p>{words("checkRecoveryText")}</p>
          <RecoveryCheck
            recoveryCode={step.made.recoveryCode}
            submitLabel={words("putKeyInForce")}
            busy={action.busy}
            onBack={() => setStep({ name: "show", made: step.made })}
            onConfirmed={() => store(step.made)}
          />
          {action.failure && (
            <Notice tone="danger" alert>
              {failureWords(action.failure, words)}
            </Notice>
          )}
        </>
      )}
    </Section>
  );
}
