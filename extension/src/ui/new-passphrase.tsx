/** Choosing a passphrase: twice, with honest words on its strength. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { TextKey } from "../words/words";
import { PassphraseField } from "./field";
import { Notice } from "./notice";
import { assessPassphrase, isAcceptable, type PassphraseLevel } from "./passphrase-strength";
import { useServices } from "./services";
import { useFocusInvalid } from "./use-focus-invalid";
import { makeWordPassphrase } from "./word-passphrase";

const WORDS_OF_LEVEL: Record<PassphraseLevel, TextKey> = {
  empty: "strengthEmpty",
  tooShort: "strengthTooShort",
  tooEasy: "strengthTooEasy",
  acceptable: "strengthAcceptable",
  strong: "strengthStrong",
};

const METER_OF_LEVEL: Record<PassphraseLevel, number> = {
  empty: 0,
  tooShort: 1,
  tooEasy: 1,
  acceptable: 2,
  strong: 3,
};

type NewPassphraseProps = {
  /** What it is called; the passphrase of the vault when nothing is said. */
  label?: string;
  repeatLabel?: string;
  submitLabel: string;
  busy: boolean;
  /** What went wrong with the last one, in words. */
  error?: string | undefined;
  startFocused?: boolean;
  /** What is asked before it, in the same form. */
  children?: ComponentChildren;
  onChoose: (passphrase: string) => void;
};

export function NewPassphrase(props: NewPassphraseProps) {
  const { randomBelow, words } = useServices();
  const [passphrase, setPassphrase] = useState("");
  const [generated, setGenerated] = useState<string | undefined>();
  const [repeated, setRepeated] = useState("");
  const [attempts, setAttempts] = useState(0);
  const form = useFocusInvalid(attempts);
  const level = assessPassphrase(passphrase);
  const weak = attempts > 0 && !isAcceptable(level);
  const different = attempts > 0 && !weak && passphrase !== repeated;

  const submit = (event: Event) => {
    event.preventDefault();
    setAttempts(attempts + 1);
    if (isAcceptable(level) && passphrase === repeated && !props.busy) props.onChoose(passphrase);
  };

  return (
    <form class="stack" ref={form} onSubmit={submit}>
      {props.children}
      <PassphraseField
        label={props.label ?? words("newPassphrase")}
        value={passphrase}
        onInput={setPassphrase}
        startFocused={props.startFocused ?? false}
        autocomplete="new-password"
        maxLength={256}
        error={weak ? words(WORDS_OF_LEVEL[level]) : props.error}
        hint={
          <span class="strength">
            <span class="strength-meter" data-level={METER_OF_LEVEL[level]} aria-hidden="true">
              <i />
              <i />
              <i />
            </span>
            {!weak && <span>{words(WORDS_OF_LEVEL[level])}</span>}
          </span>
        }
      />
      <button
        type="button"
        class="button button-quiet button-start"
        onClick={() => {
          const made = makeWordPassphrase(randomBelow);
          setGenerated(made);
          setPassphrase(made);
        }}
      >
        {words("generatePassphrase")}
      </button>
      <div role="status">
        {generated && (
          <Notice tone="info">{words("generatedPassphrase", { passphrase: generated })}</Notice>
        )}
      </div>
      <PassphraseField
        label={props.repeatLabel ?? words("repeatPassphrase")}
        value={repeated}
        onInput={setRepeated}
        autocomplete="new-password"
        maxLength={256}
        error={different ? words("passphrasesDiffer") : undefined}
      />
      <button type="submit" class="button button-primary" aria-disabled={props.busy}>
        {props.busy ? words("working") : props.submitLabel}
      </button>
    </form>
  );
}
