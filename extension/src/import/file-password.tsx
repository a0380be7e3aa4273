/** An encrypted file asks for the password that it was made with. */

import { useState } from "preact/hooks";
import { PassphraseField } from "../ui/field";
import { useWords } from "../ui/services";
import { formatName } from "./formats";
import type { Progress } from "./use-files";

type FilePasswordProps = {
  progress: Extract<Progress, { step: "password" }>;
  onOpen: (password: string) => void;
  onSkip: () => void;
  onCancel: () => void;
};

const WRONG = {
  no: undefined,
  short: "importWrongPassword",
  long: "importWrongLongPassword",
} as const;

export function FilePassword({ progress, onOpen, onSkip, onCancel }: FilePasswordProps) {
  const words = useWords();
  const [text, setText] = useState("");
  const { format, name, wrong } = progress;
  const key = text === "" ? WRONG[wrong] : undefined;
  const submit = (event: Event) => {
    event.preventDefault();
    if (text !== "") onOpen(text);
  };
  return (
    <section class="page-card">
      <h2>{words("importEncrypted", { name, program: formatName(format, words) })}</h2>
      <form class="stack" onSubmit={submit}>
        <PassphraseField
          label={words("importPassword")}
          hint={words("importPasswordHint")}
          value={text}
          onInput={setText}
          autocomplete="off"
          startFocused
          error={key && words(key)}
        />
        <div class="button-row">
          <button type="button" class="button" onClick={onCancel}>
            {words("cancel")}
          </button>
          <button type="button" class="button" onClick={onSkip}>
            {words("importSkip")}
          </button>
          <button type="submit" class="button button-primary" aria-disabled={text === ""}>
            {words("importOpen")}
          </button>
        </div>
      </form>
    </section>
  );
}
