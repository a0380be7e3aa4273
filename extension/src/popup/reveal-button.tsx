/** Shows a hidden code, or hides it again. There is none where codes are not hidden. */

import type { EntryView } from "../entry-view";
import { entryName } from "../list/entry-words";
import { HideIcon, ShowIcon } from "../ui/icons";
import { useWords } from "../ui/services";

type RevealButtonProps = {
  entry: EntryView;
  hidden: boolean;
  framed?: boolean;
  onPress: () => void;
};

export function RevealButton({ entry, hidden, framed, onPress }: RevealButtonProps) {
  const words = useWords();
  const name = entryName(entry, words);
  return (
    <button
      type="button"
      class={`icon-button ${framed ? "icon-button-framed" : "entry-button"}`}
      aria-label={words(hidden ? "revealNamed" : "concealNamed", { name })}
      title={words(hidden ? "show" : "hide")}
      onClick={onPress}
    >
      {hidden ? <ShowIcon size={18} /> : <HideIcon size={18} />}
    </button>
  );
}
