/** The heading of a step that has just replaced another: it takes the focus, so that a screen
 * reader reads it and the tab key goes on from there. */

import { useLayoutEffect, useRef } from "preact/hooks";

export function StepHeading({ children, level = 1 }: { children: string; level?: 1 | 2 }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <Heading ref={heading} tabIndex={-1}>
      {children}
    </Heading>
  );
}
