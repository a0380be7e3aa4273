/** A QR code, dark on light in every theme, as scanners want it. */

import { useMemo } from "preact/hooks";
import type { QrLevel, qrPath } from "./qr-path";

type QrCodeProps = {
  text: string;
  label: string;
  level?: QrLevel;
  /** Handed in, for the popup loads it only when it draws a code. */
  draw: typeof qrPath;
};

export function QrCode({ text, label, level = "M", draw }: QrCodeProps) {
  const { path, size } = useMemo(() => draw(text, level), [draw, text, level]);
  return (
    <svg class="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
