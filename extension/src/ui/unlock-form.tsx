/** Opening the vault with the passphrase, or with the recovery code when it is forgotten. */

import { useRef, useState } from "preact/hooks";
import type { UnlockSecret } from "../key-service";
import { failureOf } from "../messaging";
import type { Failure, StoredPair } from "../protocol";
import { failureWords, isUnreadable } from "./failure-words";
import { PassphraseField, TextField } from "./field";
import { useServices } from "./services";
import { useAction } from "./use-action";

type UnlockFormProps = {
  headers: StoredPair;
  onUnlocked: (by: UnlockSecret["kind"]) => void;
  /** The secret may be right, but what is stored cannot be read. */
  onUnreadable: (failure: Failure) => void;
};

export function UnlockForm({ headers, onUnlocked, onUnreadable }: UnlockFormProps) {
  const { background, keys, words } = useServices();
  const [kind, setKind] = useState<UnlockSecret["kind"]>("passphrase");
  const [text, setText] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const action = useAction();

  const change = (next: string) => {
    setText(next);
    action.forgive();
  };
  const switchKind = () => {
    setKind(kind === "passphrase" ? "recoveryCode" : "passphrase");
    change("");
    queueMicrotask(() => input.current?.focus());
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    if (text === "") {
      input.current?.focus();
      return;
    }
    await action.run(async () => {
      try {
        const { session } = await keys.unlock(headers, { kind, text });
        await background.unlockVault({ session });
      } catch (thrown) {
        const failure = failureOf(thrown);
        if (isUnreadable(failure)) return onUnreadable(failure);
        input.current?.focus();
        input.current?.select();
        throw thrown;
      }
      setText("");
      onUnlocked(kind);
    });
  };

  const field = {
    value: text,
    onInput: change,
    inputRef: input,
    startFocused: true,
    readOnly: action.busy,
    error: action.failure && failureWords(action.failure, words),
  };
  return (
    <form class="stack" onSubmit={submit} aria-busy={action.busy}>
      {kind === "passphrase" ? (
        <PassphraseField
          {...field}
          key="passphrase"
          label={words("passphrase")}
          autocomplete="current-password"
        />
      ) : (
        <TextField
          {...field}
          key="recoveryCode"
          label={words("recoveryCode")}
          hint={words("recoveryCodeHint")}
          monospace
        />
      )}
      <button type="submit" class="button button-primary" aria-disabled={action.busy}>
        {words(action.busy ? "unlocking" : "unlock")}
        {action.busy && <span class="progress" aria-hidden="true" />}
      </button>
      <button type="button" class="button button-quiet" onClick={switchKind}>
        {words(kind === "passphrase" ? "useRecoveryCode" : "usePassphrase")}
      </button>
    </form>
  );
}
