/** The top of a screen that leads back to the list. */

import { BackIcon } from "../ui/icons";
import { useWords } from "../ui/services";

export function ScreenHeader({ title, onBack }: { title: string; onBack: () => void }) {
  const words = useWords();
  return (
    <header class="screen-header">
      <button
        type="button"
        class="icon-button"
        aria-label={words("back")}
        title={words("back")}
        onClick={onBack}
      >
        <BackIcon />
      </button>
      <h1 class="clip">{title}</h1>
    </header>
  );
}
