/** A titled part of the settings page. */

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

type SectionProps = { title: string; fragment?: string; children: ComponentChildren };

export function Section({ title, fragment, children }: SectionProps) {
  const id = useId();
  return (
    <section class="page-card" id={fragment} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
