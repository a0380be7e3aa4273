/** The one door: files dropped, chosen or pasted. What they are is found out by what is in them. */

import { useState } from "preact/hooks";
import { DropZone } from "../ui/drop-zone";
import { ImportIcon } from "../ui/icons";
import { useServices } from "../ui/services";
import { programNames } from "./formats";
import type { Piece } from "./use-files";
import { pastedPiece } from "./use-paste";

type DoorProps = { onPieces: (pieces: Piece[]) => void };

export function Door({ onPieces }: DoorProps) {
  const { words } = useServices();
  const [pasting, setPasting] = useState(false);
  const [text, setText] = useState("");
  const submit = (event: Event) => {
    event.preventDefault();
    if (text.trim() !== "") onPieces([pastedPiece(text, words("importPasted"))]);
  };
  return (
    <>
      <section class="page-card">
        <p class="lead">{words("importLead")}</p>
        <DropZone
          text={words("importDrop")}
          icon={<ImportIcon size={28} />}
          onFiles={(files) => onPieces(files.map((blob) => ({ name: blob.name, blob })))}
        />
        {pasting ? (
          <form class="stack" onSubmit={submit}>
            <label class="field">
              <span class="field-label">{words("importPasteLabel")}</span>
              <textarea
                rows={5}
                class="monospace"
                dir="ltr"
                spellcheck={false}
                autocomplete="off"
                value={text}
                ref={(area) => area?.focus()}
                onInput={({ currentTarget }) => setText(currentTarget.value)}
              />
            </label>
            <button type="submit" class="button" aria-disabled={text.trim() === ""}>
              {words("importPasteRead")}
            </button>
          </form>
        ) : (
          <button
            type="button"
            class="button button-quiet button-start"
            onClick={() => setPasting(true)}
          >
            {words("importPaste")}
          </button>
        )}
        <p class="fine-print">{words("importStaysHere")}</p>
      </section>
      <section class="page-card page-help">
        <details>
          <summary>{words("importPrograms")}</summary>
          <p>{words("importProgramsText", { programs: programNames(words) })}</p>
        </details>
        <details>
          <summary>{words("importHow")}</summary>
          <ul class="advice">
            <li>{words("importHowGoogle")}</li>
            <li>{words("importHowApple")}</li>
            <li>{words("importHowNone")}</li>
          </ul>
        </details>
      </section>
    </>
  );
}
