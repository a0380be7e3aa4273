/** The passphrase in force, or the recovery code, asked for before the keys are changed. */

import type { UnlockSecret } from "../key-service";
import { PassphraseField, TextField } from "../ui/field";
import { useWords } from "../ui/services";

type VaultProofProps = {
  secret: UnlockSecret;
  onChange: (secret: UnlockSecret) => void;
  error?: string | undefined;
};

export function VaultProof({ secret, onChange, error }: VaultProofProps) {
  const words = useWords();
  const byPassphrase = secret.kind === "passphrase";
  const onInput = (text: string) => onChange({ ...secret, text });
  return (
    <div class="stack stack-tight">
      {byPassphrase ? (
        <PassphraseField
          label={words("currentPassphrase")}
          value={secret.text}
          onInput={onInput}
          autocomplete="current-password"
          error={error}
        />
      ) : (
        <TextField
          label={words("recoveryCode")}
          hint={words("recoveryCodeHint")}
          value={secret.text}
          onInput={onInput}
          error={error}
          monospace
        />
      )}
      <button
        type="button"
        class="button button-quiet button-start"
        onClick={() => onChange({ kind: byPassphrase ? "recoveryCode" : "passphrase", text: "" })}
      >
        {words(byPassphrase ? "useRecoveryCode" : "usePassphrase")}
      </button>
    </div>
  );
}
