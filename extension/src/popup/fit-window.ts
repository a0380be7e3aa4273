/**
 * A browser gives the popup less height than it asks for on a low screen. A page that is higher than
 * its window has a scroll bar beside that of its list, so it takes the height that it was given.
 */

/** In CSS pixels. A window that is lower yet has no size of its own. */
const LEAST_HEIGHT = 160;

export function fitWindow(): void {
  addEventListener("resize", () => {
    if (document.hidden || innerHeight < LEAST_HEIGHT) return;
    document.documentElement.style.setProperty("--window-block-size", `${innerHeight}px`);
  });
}
