/** A titled part of the settings page, which the contents and an address lead to. */

import type { ComponentChildren } from "preact";
import { useContext, useId, useLayoutEffect, useRef } from "preact/hooks";
import { PlacesContext } from "./places";

type SectionProps = { title: string; fragment: string; children: ComponentChildren };

export function Section({ title, fragment, children }: SectionProps) {
  const id = useId();
  const section = useRef<HTMLElement>(null);
  const register = useContext(PlacesContext);
  useLayoutEffect(() => {
    if (section.current) return register({ fragment, title, element: section.current });
  }, [register, fragment, title]);
  useLayoutEffect(() => {
    // When the browser looked for it, it was not there yet.
    if (location.hash === `#${fragment}`) section.current?.scrollIntoView();
  }, [fragment]);
  return (
    <section class="page-card" id={fragment} ref={section} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
