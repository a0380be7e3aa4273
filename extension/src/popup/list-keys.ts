/** The keys of the list: arrows move between entries, letters go to the search field. */

/** What the arrows move between, in the order of the page. */
function stops(root: HTMLElement): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>("[data-primary]")];
}

/** The entry that Enter in the search field acts on. */
export function firstStop(root: HTMLElement): HTMLElement | undefined {
  return stops(root)[0];
}

/**
 * Handles a key pressed anywhere in the list. Arrow up on the first entry goes back to the search
 * field; a character typed elsewhere is typed into it.
 */
export function handleListKey(
  event: KeyboardEvent,
  root: HTMLElement,
  search: HTMLInputElement,
): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const target = event.target as HTMLElement;
  const inSearch = target === search;
  const list = stops(root);
  const row = target.closest("li")?.querySelector<HTMLElement>("[data-primary]");
  const place = row ? list.indexOf(row) : -1;
  const goTo = (stop: HTMLElement | undefined) => {
    if (stop === undefined) return;
    event.preventDefault();
    stop.focus();
  };
  switch (event.key) {
    case "ArrowDown":
      return goTo(list[place + 1]);
    case "ArrowUp":
      return inSearch ? undefined : goTo(list[place - 1] ?? search);
    case "Home":
      return inSearch ? undefined : goTo(list[0]);
    case "End":
      return inSearch ? undefined : goTo(list.at(-1));
  }
  const typed = event.key.length === 1 && event.key !== " ";
  if (!inSearch && (typed || event.key === "Backspace")) search.focus();
}
