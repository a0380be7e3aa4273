/** The top of a screen that leads back to the list. */

import { useLayoutEffect, useRef } from "preact/hooks";
import { BackIcon } from "../ui/icons";
import { useWords } from "../ui/services";

type ScreenHeaderProps = {
  title: string;
  onBack: () => void;
  /** The way back takes the focus: there is nothing else to work on. */
  focused?: boolean;
};

export function ScreenHeader({ title, onBack, focused = false }: ScreenHeaderProps) {
  const words = useWords();
  const back = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (focused) back.current?.focus();
  }, [focused]);
  return (
    <header class="screen-header">
      <button
        type="button"
        class="icon-button"
        ref={back}
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
