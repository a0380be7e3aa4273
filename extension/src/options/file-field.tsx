/** Choosing a file of this computer. */

import { useId } from "preact/hooks";

type FileFieldProps = { label: string; onChoose: (file: File) => void };

export function FileField({ label, onChoose }: FileFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="file"
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file) onChoose(file);
        }}
      />
    </div>
  );
}
