/** Opening the vault with the passphrase, or with the recovery code when it is forgotten. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { PasskeyRequest, UnlockSecret } from "../key-service";
import { failureOf } from "../messaging";
import type { Failure, StoredPair } from "../protocol";
import { failureWords, isUnreadable } from "./failure-words";
import { PassphraseField, TextField } from "./field";
import { useServices } from "./services";
import { useAction } from "./use-action";

type UnlockFormProps = {
  headers: StoredPair;
  /** Takes the focus when it appears. */
  startFocused?: boolean;
  onUnlocked: (by: UnlockSecret["kind"] | "passkey") => void;
  /** The secret may be right, but what is stored cannot be read. */
  onUnreadable: (failure: Failure) => void;
};

export function UnlockForm({
  headers,
  startFocused = true,
  onUnlocked,
  onUnreadable,
}: UnlockFormProps) {
  const { background, keys, passkeys, words } = useServices();
  const [passkey, setPasskey] = useState<PasskeyRequest | undefined>();
  const [kind, setKind] = useState<UnlockSecret["kind"]>("passphrase");
  const [text, setText] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const action = useAction();

  useEffect(() => {
    if (passkeys === undefined) return;
    keys.passkeyRequest(headers).then(
      ({ request }) => setPasskey(request),
      () => setPasskey(undefined),
    );
  }, [headers, keys, passkeys]);
  const byPasskey = (request: PasskeyRequest) =>
    action.run(async () => {
      const output = await passkeys?.ask(request);
      if (output === undefined) return;
      const { session } = await keys.unlockWithPasskey(headers, output);
      await background.unlockVault({ session });
      onUnlocked("passkey");
    });

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
    startFocused,
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
      {passkey && (
        <button type="button" class="button" onClick={() => byPasskey(passkey)}>
          {words("usePasskey")}
        </button>
      )}
      <button type="button" class="button button-quiet" onClick={switchKind}>
        {words(kind === "passphrase" ? "useRecoveryCode" : "usePassphrase")}
      </button>
    </form>
  );
}
