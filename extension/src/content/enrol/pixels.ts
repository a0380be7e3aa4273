/**
 * Reads pictures of the page into luma, after a gesture. The canvas is never in the document, and
 * nothing of it is kept: the pixels go to the background, and only there.
 */

import type { PagePicture } from "../../protocol";
import { backgroundOf, type Picture } from "./pictures";

/** Longer sides are made smaller: seven pixels for each module of the densest code that AWS shows. */
const MOST_SIDE = 640;
/** The most that is sent in one message, in characters of base64. */
const MOST_CHARACTERS = 900_000;

/** The pictures that can be read, in their order, as many as a message takes. */
export async function readPictures(pictures: readonly Picture[]): Promise<PagePicture[]> {
  const read: PagePicture[] = [];
  let characters = 0;
  for (const picture of pictures) {
    // One that another origin owns cannot be read, and no other is the worse for it.
    const pixels = await readPicture(picture).catch(() => undefined);
    characters += pixels?.luma.length ?? 0;
    if (characters > MOST_CHARACTERS) break;
    if (pixels !== undefined) read.push(pixels);
  }
  return read;
}

async function readPicture({ element, kind }: Picture): Promise<PagePicture> {
  switch (kind) {
    case "img": {
      const image = element as HTMLImageElement;
      return lumaOf(image, image.naturalWidth, image.naturalHeight);
    }
    case "canvas": {
      const { width, height } = element as HTMLCanvasElement;
      return lumaOf(element as HTMLCanvasElement, width, height);
    }
    case "svg":
      return readSvg(element);
    case "background": {
      const image = await load(backgroundOf(element) ?? "");
      return lumaOf(image, image.naturalWidth, image.naturalHeight);
    }
    case "table":
      return lumaOf(drawTable(element as HTMLTableElement));
  }
}

/** An image of an `svg` may be drawn only when it stands for itself, with a size. */
async function readSvg(element: Element): Promise<PagePicture> {
  const copy = element.cloneNode(true) as Element;
  const side = MOST_SIDE;
  copy.setAttribute("width", String(side));
  copy.setAttribute("height", String(side));
  const text = new XMLSerializer().serializeToString(copy);
  const image = await load(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`);
  return lumaOf(image, side, side);
}

/** A pixel-true drawing of the cells by their backgrounds, four pixels to a cell. */
function drawTable(table: HTMLTableElement): HTMLCanvasElement {
  const cell = 4;
  const canvas = document.createElement("canvas");
  canvas.width = cell * Math.max(...[...table.rows].map((row) => row.cells.length));
  canvas.height = cell * table.rows.length;
  const context = contextOf(canvas);
  [...table.rows].forEach((row, y) => {
    [...row.cells].forEach((element, x) => {
      context.fillStyle = getComputedStyle(element).backgroundColor;
      context.fillRect(x * cell, y * cell, cell, cell);
    });
  });
  return canvas;
}

async function load(address: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = address;
  await image.decode();
  return image;
}

function lumaOf(
  source: HTMLImageElement | HTMLCanvasElement,
  width = source.width,
  height = source.height,
): PagePicture {
  const scale = Math.min(1, MOST_SIDE / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = contextOf(canvas);
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  let bytes = "";
  for (let at = 0; at < data.length; at += 4) {
    // ITU-R BT.601, in 256ths.
    const luma = 77 * (data[at] ?? 0) + 150 * (data[at + 1] ?? 0) + 29 * (data[at + 2] ?? 0);
    bytes += String.fromCharCode(luma >> 8);
  }
  return { width: canvas.width, height: canvas.height, luma: btoa(bytes) };
}

/** White paper: what is transparent is not black. */
function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("no canvas");
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  return context;
}
