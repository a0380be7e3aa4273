/** The mark: a door that stands ajar. The same drawing as `icons/icon.svg`. */

export function Brand({ size = 28 }: { size?: number }) {
  return (
    <svg class="brand" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect class="brand-ground" width="32" height="32" rx="8" />
      <path class="brand-frame" d="M8.5 26V13.5a7.5 7.5 0 0 1 15 0V26" />
      <path class="brand-door" d="M8.5 26V13.5A7.5 7.5 0 0 1 16 6l3.5 4.5V29L8.5 26Z" />
      <circle class="brand-knob" cx="16" cy="18.5" r="1.5" />
    </svg>
  );
}
