/** The passphrase, asked for before something leaves the vault or replaces what opens it. */

import { useState } from "preact/hooks";
import type { Failure } from "../protocol";
import { failureWords } from "./failure-words";
import { PassphraseField } from "./field";
import { useWords } from "./services";

type AskPassphraseProps = {
  /** Whose passphrase; the vault's when nothing is said. */
  label?: string;
  submitLabel: string;
  /** Takes the focus when it appears. */
  startFocused?: boolean;
  busy: boolean;
  failure: Failure | undefined;
  onSubmit: (passphrase: string) => void;
};

export function AskPassphrase(props: AskPassphraseProps) {
  const { label, submitLabel, startFocused = false, busy, failure, onSubmit } = props;
  const words = useWords();
  const [text, setText] = useState("");
  const submit = (event: Event) => {
    event.preventDefault();
    if (text === "" || busy) return;
    onSubmit(text);
    setText("");
  };
  return (
    <form class="stack" onSubmit={submit} aria-busy={busy}>
      <PassphraseField
        label={label ?? words("currentPassphrase")}
        value={text}
        onInput={setText}
        startFocused={startFocused}
        autocomplete="current-password"
        error={failure && text === "" ? failureWords(failure, words) : undefined}
      />
      <button type="submit" class="button" aria-disabled={busy || text === ""}>
        {busy ? words("working") : submitLabel}
      </button>
    </form>
  );
}
