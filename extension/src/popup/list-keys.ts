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
  const stop = stopFor(event, root, search);
  if (stop !== undefined) {
    event.preventDefault();
    stop.focus();
  } else if (event.target !== search && isTyping(event)) {
    search.focus();
  }
}

function stopFor(
  { key, target }: KeyboardEvent,
  root: HTMLElement,
  search: HTMLInputElement,
): HTMLElement | undefined {
  const list = stops(root);
  const inSearch = target === search;
  const row = (target as Element).closest("li")?.querySelector<HTMLElement>("[data-primary]");
  const place = row ? list.indexOf(row) : -1;
  if (key === "ArrowDown") return list[place + 1];
  // Home, End and arrow up move the caret of the search field.
  if (inSearch) return undefined;
  if (key === "ArrowUp") return list[place - 1] ?? search;
  if (key === "Home") return list[0];
  if (key === "End") return list.at(-1);
  return undefined;
}

function isTyping({ key }: KeyboardEvent): boolean {
  return (key.length === 1 && key !== " ") || key === "Backspace";
}
