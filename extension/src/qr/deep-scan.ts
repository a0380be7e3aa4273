/** Looks again and again at a picture that is hard to read. */

import type { QrCode, Scanner } from "../wasm/qr/qr";

/** The codes found within about so many milliseconds. The scanner and its picture are gone then. */
export function deepScan(scanner: Scanner, milliseconds: number): Promise<QrCode[]> {
  return new Promise((resolve) => scanner.deepScan(milliseconds, resolve));
}
