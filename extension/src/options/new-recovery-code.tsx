/** A new recovery code. The old one works until the new one was asked back. */

import { useState } from "preact/hooks";
import type { UnlockSecret } from "../key-service";
import type { StoredPair } from "../protocol";
import { failureWords } from "../ui/failure-words";
import { Notice } from "../ui/notice";
import { useServices } from "../ui/services";
import { useAction } from "../ui/use-action";
import { KeepRecoveryCode } from "./keep-recovery-code";
import { Section } from "./section";
import { useReplaceHeader } from "./use-replace-header";
import { VaultProof } from "./vault-proof";

type NewCode = { header: string; recoveryCode: string };

type Step = { name: "proof"; done: boolean } | { name: "keep"; code: NewCode };

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
      setStep({ name: "keep", code });
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
      {step.name === "keep" && (
        <KeepRecoveryCode
          recoveryCode={step.code.recoveryCode}
          submitLabel={words("replaceRecoveryCode")}
          busy={action.busy}
          failure={failure}
          onCancel={() => setStep({ name: "proof", done: false })}
          onKept={() => store(step.code)}
        />
      )}
    </Section>
  );
}
