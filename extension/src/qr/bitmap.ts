/** Reads the QR codes in a bitmap, where there is no document: a Worker, or the background. */

import { Scanner } from "../wasm/qr/qr";
import { deepScan } from "./deep-scan";

/** Rows at a time: pixels are four bytes each, and a picture may have 67 million. */
const STRIP_ROWS = 64;
/** How long a picture that is hard to read is looked at, in milliseconds. */
const DEEP_SCAN_MS = 3000;

/** The texts of the codes in it. The module must be loaded; the bitmap is closed. */
export async function readBitmap(bitmap: ImageBitmap): Promise<string[]> {
  const { width, height } = bitmap;
  const scanner = new Scanner(width, height);
  let isOurs = true;
  try {
    const canvas = new OffscreenCanvas(width, Math.min(height, STRIP_ROWS));
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (context === null) throw new Error("no canvas");
    for (let row = 0; row < height; row += STRIP_ROWS) {
      const rows = Math.min(STRIP_ROWS, height - row);
      // White paper: what is transparent is not black.
      context.fillStyle = "white";
      context.fillRect(0, 0, width, rows);
      context.drawImage(bitmap, 0, row, width, rows, 0, 0, width, rows);
      scanner.pushStrip(context.getImageData(0, 0, width, rows));
    }
    const found = scanner.scan();
    isOurs = found.length > 0;
    const codes = isOurs ? found : await deepScan(scanner, DEEP_SCAN_MS);
    return codes.map(({ text }) => text);
  } finally {
    bitmap.close();
    if (isOurs) scanner.free();
  }
}
