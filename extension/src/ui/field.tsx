/** Form fields: each with its label, a hint, and what is wrong with it. */

import type { ComponentChildren, RefObject } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { WarningIcon } from "./icons";
import { useWords } from "./services";

export type FieldProps = {
  label: string;
  value: string;
  onInput: (value: string) => void;
  hint?: ComponentChildren;
  error?: string | undefined;
  inputRef?: RefObject<HTMLInputElement | null>;
  /** Takes the focus when it appears. */
  startFocused?: boolean;
  readOnly?: boolean;
  required?: boolean;
  maxLength?: number;
  inputMode?: "text" | "numeric";
  autocomplete?: string;
  /** Digits and codes: characters of one width. */
  monospace?: boolean;
};

type InputProps = FieldProps & { type: "text" | "password"; end?: ComponentChildren };

/** What a person types here is never sent to a spelling service or changed by the browser. */
const AS_TYPED = { autocapitalize: "off", autocorrect: "off", spellcheck: false } as const;

function Input(props: InputProps) {
  const { label, hint, error, end, inputRef, onInput, monospace, startFocused, type, ...rest } =
    props;
  const id = useId();
  const own = useRef<HTMLInputElement | null>(null);
  const ref = inputRef ?? own;
  // Before anything is drawn, so that no key pressed early goes elsewhere.
  useLayoutEffect(() => {
    if (startFocused) ref.current?.focus();
  }, [startFocused, ref]);
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  const attributes = {
    ...AS_TYPED,
    autocomplete: "off",
    ...rest,
    id,
    ref,
    class: monospace ? "monospace" : "",
    // Codes and keys run from left to right in every script.
    dir: monospace ? "ltr" : undefined,
    "aria-invalid": error ? true : undefined,
    "aria-describedby": describedBy || undefined,
    onInput: (event: { currentTarget: HTMLInputElement }) => onInput(event.currentTarget.value),
  } as const;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="field-box">
        {type === "password" ? (
          <input {...attributes} type="password" />
        ) : (
          <input {...attributes} type="text" />
        )}
        {end}
      </div>
      {error && (
        <p class="field-error" id={`${id}-error`} role="alert">
          <WarningIcon size={16} />
          <span>{error}</span>
        </p>
      )}
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

export function TextField(props: FieldProps) {
  return <Input {...props} type="text" />;
}

/** A passphrase, hidden until the user asks to see it. */
export function PassphraseField(props: FieldProps) {
  const words = useWords();
  const [shown, setShown] = useState(false);
  return (
    <Input
      {...props}
      type={shown ? "text" : "password"}
      end={
        <button
          type="button"
          class="field-button"
          aria-pressed={shown}
          aria-label={words("showPassphraseOf", { label: props.label })}
          onClick={() => setShown(!shown)}
        >
          {shown ? words("hide") : words("show")}
        </button>
      }
    />
  );
}
