/** A QR code, dark on light in every theme, as scanners want it. */

import { useMemo } from "preact/hooks";
import { type QrLevel, qrPath } from "./qr-path";

type QrCodeProps = { text: string; label: string; level?: QrLevel };

export function QrCode({ text, label, level = "M" }: QrCodeProps) {
  const { path, size } = useMemo(() => qrPath(text, level), [text, level]);
  return (
    <svg class="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
