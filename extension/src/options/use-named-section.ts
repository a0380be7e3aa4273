/** Going to the section that the address names, which is drawn after the browser has looked for it. */

import { useEffect } from "preact/hooks";

/** What a user moves about the page by. */
const MOVES = ["keydown", "pointerdown", "wheel"] as const;

/** It stays at the top while sections above it are still drawn, until the user moves. */
export function useNamedSection(): void {
  useEffect(() => {
    const fragment = location.hash.slice(1);
    if (fragment === "") return;
    const go = () => document.getElementById(fragment)?.scrollIntoView();
    const drawn = new ResizeObserver(go);
    const stop = () => {
      drawn.disconnect();
      for (const move of MOVES) removeEventListener(move, stop);
    };
    drawn.observe(document.body);
    for (const move of MOVES) addEventListener(move, stop);
    return stop;
  }, []);
}
