/** The time, once a second: one timer for all that counts down. */

import { type ComponentChildren, createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import { useServices } from "./services";

const NowContext = createContext<number | undefined>(undefined);

/** Late by so many milliseconds rather than early, so that each tick sees a new second. */
const TICK_MARGIN_MS = 5;

export function NowProvider({ children }: { children: ComponentChildren }) {
  const { clock } = useServices();
  const [now, setNow] = useState(clock);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each tick sets the timer for the next
  useEffect(() => {
    const timer = setTimeout(() => setNow(clock()), 1000 - (clock() % 1000) + TICK_MARGIN_MS);
    return () => clearTimeout(timer);
  }, [clock, now]);
  return <NowContext.Provider value={now}>{children}</NowContext.Provider>;
}

/** The time in milliseconds, as of the second that runs. */
export function useNow(): number {
  const now = useContext(NowContext);
  if (now === undefined) throw new Error("no NowProvider around this component");
  return now;
}
