/** The time left of a code, as a ring that empties and a number within it. */

import { LAST_SECONDS, type LiveCode } from "./code-clock";

const RADIUS = 13;
const CIRCUMFERENCE = 2 * Math.PI * RADIUS;

export function CountdownRing({ live }: { live: LiveCode | undefined }) {
  const remaining = live?.remainingSeconds ?? 0;
  // Between two ticks the ring glides (in CSS) to where it will be at the end of this second.
  const left = live === undefined ? 0 : (remaining - 1) / live.periodSeconds;
  return (
    <span class={`ring${live && remaining <= LAST_SECONDS ? " ring-last" : ""}`} aria-hidden="true">
      <svg width="32" height="32" viewBox="0 0 32 32" aria-hidden="true">
        <circle class="ring-track" cx="16" cy="16" r={RADIUS} />
        {/* A new ring for each step: it must not glide back from empty to full. */}
        <circle
          key={live?.endSeconds}
          class="ring-left"
          cx="16"
          cy="16"
          r={RADIUS}
          transform="rotate(-90 16 16)"
          stroke-dasharray={CIRCUMFERENCE}
          stroke-dashoffset={CIRCUMFERENCE * (1 - left)}
        />
      </svg>
      <span class="ring-number">{live ? remaining : ""}</span>
    </span>
  );
}
