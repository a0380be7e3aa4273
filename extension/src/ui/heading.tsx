/** The heading of a step that has just replaced another: it takes the focus, so that a screen
 * reader reads it and the tab key goes on from there. */

import { useLayoutEffect, useRef } from "preact/hooks";

export function StepHeading({ children }: { children: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
