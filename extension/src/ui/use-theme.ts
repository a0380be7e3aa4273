/** Shows the document in the theme of the settings. */

import { useLayoutEffect } from "preact/hooks";
import type { Settings } from "../protocol";
import { keepTheme } from "./kept-theme";

/** `undefined` is not known yet: the page stays as it is. */
export function useTheme(theme: Settings["theme"] | undefined): void {
  useLayoutEffect(() => {
    if (theme !== undefined) keepTheme(theme);
  }, [theme]);
}
