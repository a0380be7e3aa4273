/** A QR code as one SVG path, drawn on this page: nothing is asked of any server. */

import makeQrCode from "qrcode-generator";

/** The margin that ISO/IEC 18004 asks for, in modules. */
const QUIET_ZONE = 4;

/**
 * Error correction: M (15 %) is read from a creased sheet; L (7 %) has larger modules, for long texts
 * on a screen.
 */
export type QrLevel = "L" | "M";

export function qrPath(text: string, level: QrLevel = "M"): { path: string; size: number } {
  // Type 0 takes the smallest version that fits.
  const code = makeQrCode(0, level);
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  let path = "";
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) {
      if (code.isDark(row, column)) path += `M${column + QUIET_ZONE} ${row + QUIET_ZONE}h1v1h-1z`;
    }
  }
  return { path, size: count + 2 * QUIET_ZONE };
}
