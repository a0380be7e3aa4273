/** What the keyboard can do here. */

import { useWords } from "../ui/services";
import { ScreenHeader } from "./screen-header";

export function Shortcuts({ hideCodes, onBack }: { hideCodes: boolean; onBack: () => void }) {
  const words = useWords();
  const rows: [keys: string[], does: string][] = [
    [[words("shortcutType")], words("shortcutSearch")],
    [["↑", "↓", "Home", "End"], words("shortcutMove")],
    [["Enter"], words("shortcutEnter")],
    ...(hideCodes ? [[["→", "←"], words("shortcutReveal")] satisfies [string[], string]] : []),
    [["Alt+E"], words("shortcutEdit")],
    [["Alt+P"], words("shortcutPin")],
    [["Alt+↑", "Alt+↓"], words("shortcutOrder")],
    [["Ctrl+Z"], words("shortcutUndo")],
    [["Esc"], words("shortcutClear")],
    [["?"], words("shortcutList")],
    [["Alt+Shift+D"], words("shortcutFill")],
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
