/**
 * Draws a long list piece by piece, as it is scrolled, so that it opens and ticks at once. Each piece
 * is as long as all before it: the first frame waits for little, and the end is never far.
 */

import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { FIRST_ROWS } from "../list/first-rows";

/** In milliseconds: a browser that draws what is out of sight shows what is in sight later. */
const GROWS_AFTER_MS = 100;

/** How far below the window the next piece is drawn, in CSS pixels. */
const AHEAD_PX = 600;

export type GrowingList<Item> = {
  drawn: readonly Item[];
  /** For an element after the drawn items; `undefined` when all are drawn. */
  end: RefObject<HTMLLIElement | null> | undefined;
};

/** A new `key` begins at the top again. The items up to the place `shown` are always drawn. */
export function useGrowingList<Item>(
  items: readonly Item[],
  key: string,
  shown: number,
): GrowingList<Item> {
  const [limit, setLimit] = useState({ key, count: FIRST_ROWS });
  const count = Math.max(limit.key === key ? limit.count : FIRST_ROWS, shown + 1);
  const end = useRef<HTMLLIElement | null>(null);
  const complete = items.length <= count;
  useEffect(() => {
    if (complete || end.current === null) return;
    const observer = new IntersectionObserver(
      (changes) => {
        if (changes.some(({ isIntersecting }) => isIntersecting)) {
          setLimit({ key, count: 2 * count });
        }
      },
      { root: end.current.closest(".list, .import-list"), rootMargin: `${AHEAD_PX}px` },
    );
    const { current } = end;
    const timer = setTimeout(
      () => observer.observe(current),
      count > FIRST_ROWS ? 0 : GROWS_AFTER_MS,
    );
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
    // After each drawing: the end may be another element then, in another part of the list.
  });
  return { drawn: items.slice(0, count), end: complete ? undefined : end };
}
