/** A new recovery code. The old one works until the new one was asked back. */

import { useState } from "preact/hooks";
import type { UnlockSecret } from "../key-service";
import type { StoredPair } from "../protocol";
import { failureWords } from "../ui/failure-words";
import { Notice } from "../ui/notice";
import { RecoveryCheck } from "../ui/recovery-check";
import { RecoveryCode } from "../ui/recovery-code";
import { useServices } from "../ui/services";
import { useAction } from "../ui/use-action";
import { Section } from "./section";
import { useReplaceHeader } from "./use-replace-header";
import { VaultProof } from "./vault-proof";

type NewCode = { header: string; recoveryCode: string };

type Step =
  | { name: "proof"; done: boolean }
  | { name: "show"; code: NewCode }
  | { name: "check"; code: NewCode };

type NewRecoveryCodeProps = { headers: StoredPair; onChanged: () => Promise<void> };

const NO_SECRET: UnlockSecret = { kind: "passphrase", text: "" };

export function NewRecoveryCode({ headers, onChanged }: NewRecoveryCodeProps) {
  const { keys, words } = useServices();
  const replaceHeader = useReplaceHeader(onChanged);
  const [step, setStep] = useState<Step>({ name: "proof", done: false });
  const [secret, setSecret] = useState(NO_SECRET);
  const action = useAction();

  const make = (event: Event) => {
    event.preventDefault();
    if (secret.text === "") return;
    void action.run(async () => {
      const code = await keys.replaceRecoveryCode(headers, secret);
      setSecret(NO_SECRET);
      setStep({ name: "show", code });
    });
  };
  const store = ({ header }: NewCode) =>
    action.run(async () => {
      await replaceHeader(header);
      setStep({ name: "proof", done: true });
    });
  const failure = action.failure && failureWords(action.failure, words);

  return (
    <Section title={words("recoveryCode")} fragment="recovery">
      {step.name === "proof" && (
        <form class="stack" onSubmit={make}>
          <p>{words("newRecoveryText")}</p>
          <VaultProof
            secret={secret}
            onChange={(next) => {
              setSecret(next);
              action.forgive();
            }}
            error={failure}
          />
          <button type="submit" class="button" aria-disabled={action.busy || secret.text === ""}>
            {words(action.busy ? "working" : "makeRecoveryCode")}
          </button>
          <div role="status">
            {step.done && <Notice tone="info">{words("recoveryReplaced")}</Notice>}
          </div>
        </form>
      )}
      {step.name === "show" && (
        <>
          <p>{words("newRecoveryShown")}</p>
          <RecoveryCode recoveryCode={step.code.recoveryCode} />
          <div class="button-row no-print">
            <button
              type="button"
              class="button"
              onClick={() => setStep({ name: "proof", done: false })}
            >
              {words("cancel")}
            </button>
            <button
              type="button"
              class="button button-primary"
              onClick={() => setStep({ name: "check", code: step.code })}
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
            recoveryCode={step.code.recoveryCode}
            submitLabel={words("replaceRecoveryCode")}
            busy={action.busy}
            onBack={() => setStep({ name: "show", code: step.code })}
            onConfirmed={() => store(step.code)}
          />
          {failure && (
            <Notice tone="danger" alert>
              {failure}
            </Notice>
          )}
        </>
      )}
    </Section>
  );
}
