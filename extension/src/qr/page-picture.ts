/** Reads the QR codes in a picture of a page, in the background: the module is loaded when first needed. */

import type { PagePicture } from "../protocol";
import init, { Scanner } from "../wasm/qr/qr";

/** A longer side comes from no page that keeps to the protocol. */
const MOST_SIDE = 1024;
/** Rows at a time: the pixels pass through as four bytes each. */
const STRIP_ROWS = 64;
/** How long a picture that is hard to read is looked at, in milliseconds. */
const DEEP_SCAN_MS = 1500;

let ready: Promise<unknown> | undefined;

/** The texts of the QR codes in it; none when it is not what it says. */
export async function readQrCodes({ width, height, luma }: PagePicture): Promise<string[]> {
  const sides = [width, height];
  if (!sides.every((side) => Number.isInteger(side) && side > 0 && side <= MOST_SIDE)) return [];
  const bytes = bytesOf(luma);
  if (bytes?.length !== width * height) return [];
  ready ??= init({ module_or_path: chrome.runtime.getURL("qr.wasm") });
  await ready;
  const scanner = new Scanner(width, height);
  try {
    for (let row = 0; row < height; row += STRIP_ROWS) {
      const rows = Math.min(STRIP_ROWS, height - row);
      scanner.pushStrip(greyStrip(bytes.subarray(row * width, (row + rows) * width), width));
    }
    const found = scanner.scan();
    const codes = found.length > 0 ? found : await scanner.deepScan(DEEP_SCAN_MS);
    return codes.map(({ text }) => text);
  } finally {
    scanner.free();
    bytes.fill(0);
  }
}

function greyStrip(luma: Uint8Array, width: number): ImageData {
  const strip = new ImageData(width, luma.length / width);
  luma.forEach((value, at) => {
    strip.data.fill(value, 4 * at, 4 * at + 3);
    strip.data[4 * at + 3] = 255;
  });
  return strip;
}

function bytesOf(base64: unknown): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(String(base64)), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
