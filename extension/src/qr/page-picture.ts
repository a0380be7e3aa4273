/** Reads QR codes in the background: the module is loaded when it is first needed. */

import type { PagePicture } from "../protocol";
import init from "../wasm/qr/qr";
import { readBitmap } from "./bitmap";
import { captureTab } from "./capture";

/** A longer side comes from no page that keeps to the protocol. */
const MOST_SIDE = 1024;

let ready: Promise<unknown> | undefined;

function load(): Promise<unknown> {
  ready ??= init({ module_or_path: chrome.runtime.getURL("qr.wasm") });
  return ready;
}

/** The texts of the QR codes in a picture; none when it is not what it says. */
export async function readQrCodes({ width, height, luma }: PagePicture): Promise<string[]> {
  const sides = [width, height];
  if (!sides.every((side) => Number.isInteger(side) && side > 0 && side <= MOST_SIDE)) return [];
  const bytes = bytesOf(luma);
  if (bytes?.length !== width * height) return [];
  await load();
  return readBitmap(await createImageBitmap(greyImage(bytes, width)));
}

/** The texts of the QR codes that the tab in front shows. */
export async function readTab(): Promise<string[]> {
  const picture = await captureTab();
  await load();
  return readBitmap(await createImageBitmap(picture));
}

function greyImage(luma: Uint8Array, width: number): ImageData {
  const image = new ImageData(width, luma.length / width);
  luma.forEach((value, at) => {
    image.data.fill(value, 4 * at, 4 * at + 3);
    image.data[4 * at + 3] = 255;
  });
  return image;
}

function bytesOf(base64: unknown): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(String(base64)), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
