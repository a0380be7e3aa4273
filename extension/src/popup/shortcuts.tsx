/** What the keyboard can do here. */

import { useChordNames } from "../ui/key-names";
import { useWords } from "../ui/services";
import { ScreenHeader } from "./screen-header";

export function Shortcuts({ hideCodes, onBack }: { hideCodes: boolean; onBack: () => void }) {
  const words = useWords();
  const chord = useChordNames();
  const rows: [keys: string[], does: string][] = [
    [[words("shortcutType")], words("shortcutSearch")],
    [["↑", "↓", "Home", "End"], words("shortcutMove")],
    [["Enter"], words("shortcutEnter")],
    ...(hideCodes ? [[["→", "←"], words("shortcutReveal")] satisfies [string[], string]] : []),
    [[chord("Alt+E")], words("shortcutEdit")],
    [[chord("Alt+P")], words("shortcutPin")],
    [[chord("Alt+↑"), chord("Alt+↓")], words("shortcutOrder")],
    [[chord("Ctrl+Z")], words("shortcutUndo")],
    [["Esc"], words("shortcutClear")],
    [["?"], words("shortcutList")],
    [[chord("Alt+Shift+D")], words("shortcutFill")],
  ];
  return (
    <>
      <ScreenHeader title={words("shortcuts")} onBack={onBack} focused />
      <dl class="screen shortcuts">
        {rows.map(([keys, does]) => (
          <div key={does}>
            <dt>{does}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key} dir="ltr">
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
