/** The theme, kept where a page finds it before its first frame. */

import type { Settings } from "../protocol";

const KEY = "theme";

export function keepTheme(theme: Settings["theme"]): void {
  show(theme);
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // A browser may allow no such storage: the next page shows its first frame in the system's theme.
  }
}

/** As the last page showed itself; until one has, as the system does. */
export function showKeptTheme(): void {
  try {
    show(localStorage.getItem(KEY));
  } catch {
    show(null);
  }
}

/** `system` leaves the choice to the browser. */
function show(theme: string | null): void {
  const { dataset } = document.documentElement;
  if (theme === "light" || theme === "dark") dataset.theme = theme;
  else delete dataset.theme;
}
