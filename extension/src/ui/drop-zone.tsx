/** Where files are dropped, and chosen by a click or key. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "./services";

type DropZoneProps = {
  text: string;
  /** What is chosen, as a picture. */
  icon?: ComponentChildren;
  /** As in the `accept` attribute; anything when nothing is said. */
  accept?: string;
  /** Small, beside what was given before. */
  compact?: boolean;
  onFiles: (files: File[]) => void;
};

export function DropZone({ text, icon, accept, compact = false, onFiles }: DropZoneProps) {
  const words = useWords();
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFiles([...(event.dataTransfer?.files ?? [])]);
  };
  return (
    <label
      class={`drop ${compact ? "drop-compact" : ""} ${over ? "drop-over" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {icon && <span class="big-mark big-mark-good">{icon}</span>}
      <span>{text}</span>
      <input
        type="file"
        multiple
        accept={accept ?? ""}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          // The same file may be chosen again.
          currentTarget.value = "";
          if (files.length > 0) onFiles(files);
        }}
      />
      <span class="button" aria-hidden="true">
        {words("importChoose")}
      </span>
    </label>
  );
}
