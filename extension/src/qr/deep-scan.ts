/** Looks again and again at a picture that is hard to read. */

import type { QrCode, Scanner } from "../wasm/qr/qr";

/** The codes found within about so many milliseconds. Messages come in between two looks. */
export async function deepScan(scanner: Scanner, milliseconds: number): Promise<QrCode[]> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const codes = scanner.lookDeeper(end - Date.now());
    if (codes !== undefined) return codes;
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
