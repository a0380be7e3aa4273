/** A new vault key: everything is encrypted anew, so that earlier copies and keys open nothing of it. */

import { useState } from "preact/hooks";
import type { SealedSession, StoredPair } from "../protocol";
import { AskPassphrase } from "../ui/ask-passphrase";
import { failureWords } from "../ui/failure-words";
import { Notice } from "../ui/notice";
import { useServices } from "../ui/services";
import { useAction } from "../ui/use-action";
import { KeepRecoveryCode } from "./keep-recovery-code";
import { Section } from "./section";

type NewKeys = { header: string; key: SealedSession; recoveryCode: string };

type Step = { name: "start"; done: boolean } | { name: "keep"; made: NewKeys };

type NewKeyProps = { headers: StoredPair; onChanged: () => Promise<void> };

export function NewKey({ headers, onChanged }: NewKeyProps) {
  const { background, keys, words } = useServices();
  const [step, setStep] = useState<Step>({ name: "start", done: false });
  const action = useAction();
  const make = (passphrase: string) =>
    action.run(async () => {
      setStep({ name: "keep", made: await keys.rotateKey(headers, passphrase) });
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
          <Notice tone="warning">{words("newKeyWarning")}</Notice>
          <AskPassphrase
            submitLabel={words("makeNewKey")}
            busy={action.busy}
            failure={action.failure}
            onSubmit={make}
          />
          <div role="status">{step.done && <Notice tone="info">{words("newKeyDone")}</Notice>}</div>
        </>
      )}
      {step.name === "keep" && (
        <KeepRecoveryCode
          recoveryCode={step.made.recoveryCode}
          submitLabel={words("putKeyInForce")}
          busy={action.busy}
          failure={action.failure && failureWords(action.failure, words)}
          onCancel={() => setStep({ name: "start", done: false })}
          onKept={() => store(step.made)}
        />
      )}
    </Section>
  );
}
