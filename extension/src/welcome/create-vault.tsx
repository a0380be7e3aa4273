/** Creating the vault: passphrase, recovery code, asking it back. Nothing is stored before that. */

import { useState } from "preact/hooks";
import type { KeyService } from "../key-service";
import { FailureNotice } from "../ui/failure-notice";
import { failureWords } from "../ui/failure-words";
import { StepHeading } from "../ui/heading";
import { NewPassphrase } from "../ui/new-passphrase";
import { RecoveryCheck } from "../ui/recovery-check";
import { RecoveryCode } from "../ui/recovery-code";
import { useServices } from "../ui/services";
import { useAction } from "../ui/use-action";
import { Steps } from "./steps";

type NewVault = Awaited<ReturnType<KeyService["makeVault"]>>;

type Step =
  | { name: "passphrase" }
  | { name: "recoveryCode"; vault: NewVault }
  | { name: "recoveryCheck"; vault: NewVault };

export function CreateVault({ onCreated }: { onCreated: () => void }) {
  const { background, keys, words } = useServices();
  const [step, setStep] = useState<Step>({ name: "passphrase" });
  const action = useAction();

  const choosePassphrase = (passphrase: string) =>
    action.run(async () => {
      setStep({ name: "recoveryCode", vault: await keys.makeVault(passphrase) });
    });
  const store = ({ header, session }: NewVault) =>
    action.run(async () => {
      await background.createVault({ header, session });
      onCreated();
    });

  return (
    <>
      <Steps current={step.name === "passphrase" ? 1 : 2} />
      <section class="page-card">
        {step.name === "passphrase" && (
          <>
            <h1>{words("choosePassphraseTitle")}</h1>
            <p class="lead">{words("choosePassphraseText")}</p>
            <ul class="advice">
              <li>{words("passphraseProtects")}</li>
              <li>{words("passphraseNotKept")}</li>
              <li>{words("passphraseAdvice")}</li>
            </ul>
            <NewPassphrase
              submitLabel={words("next")}
              busy={action.busy}
              startFocused
              error={action.failure && failureWords(action.failure, words)}
              onChoose={choosePassphrase}
            />
          </>
        )}
        {step.name === "recoveryCode" && (
          <>
            <StepHeading>{words("keepRecoveryTitle")}</StepHeading>
            <p class="lead">{words("keepRecoveryText")}</p>
            <RecoveryCode recoveryCode={step.vault.recoveryCode} />
            <ul class="advice no-print">
              <li>{words("keepRecoveryWhere")}</li>
              <li>{words("keepRecoveryOnce")}</li>
            </ul>
            <div class="button-row no-print">
              <button type="button" class="button" onClick={() => setStep({ name: "passphrase" })}>
                {words("back")}
              </button>
              <button
                type="button"
                class="button button-primary"
                onClick={() => setStep({ name: "recoveryCheck", vault: step.vault })}
              >
                {words("writtenDown")}
              </button>
            </div>
          </>
        )}
        {step.name === "recoveryCheck" && (
          <>
            <StepHeading>{words("checkRecoveryTitle")}</StepHeading>
            <p class="lead">{words("checkRecoveryText")}</p>
            <RecoveryCheck
              recoveryCode={step.vault.recoveryCode}
              submitLabel={words("createVault")}
              busy={action.busy}
              onBack={() => setStep({ name: "recoveryCode", vault: step.vault })}
              onConfirmed={() => store(step.vault)}
            />
            <FailureNotice failure={action.failure} />
          </>
        )}
      </section>
      {step.name !== "recoveryCode" && (
        <p class="page-foot no-print">{words("nothingStoredYet")}</p>
      )}
    </>
  );
}
