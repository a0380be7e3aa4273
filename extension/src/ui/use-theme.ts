/** Shows the document in the theme of the settings. */

import { useLayoutEffect } from "preact/hooks";
import type { Settings } from "../protocol";

/** `system` and `undefined` (not known yet) leave the choice to the browser. */
export function useTheme(theme: Settings["theme"] | undefined): void {
  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === "light" || theme === "dark") dataset.theme = theme;
    else delete dataset.theme;
  }, [theme]);
}
