/** Where in the first run the user is. */

import { CheckIcon } from "../ui/icons";
import { useWords } from "../ui/services";

export function Steps({ current }: { current: 1 | 2 | 3 | 4 }) {
  const words = useWords();
  const names = [
    words("stepPassphrase"),
    words("stepRecovery"),
    words("stepFirstEntry"),
    words("stepPin"),
  ];
  return (
    <ol class="steps no-print" aria-label={words("steps")}>
      {names.map((name, index) => (
        <li
          key={name}
          class={index + 1 < current ? "step-done" : ""}
          aria-current={index + 1 === current ? "step" : undefined}
        >
          <span class="step-mark" aria-hidden="true">
            {index + 1 < current ? <CheckIcon size={14} /> : index + 1}
          </span>
          {name}
        </li>
      ))}
    </ol>
  );
}
