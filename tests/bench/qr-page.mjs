/** Draws a page like a console's, in pixels: lines of small strokes for text, boxes, and a QR code. */

import qrcode from "qrcode-generator";

/** The same numbers each time. @param {number} seed */
function random(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * @param {number} width
 * @param {number} height
 * @param {string | undefined} text of the code, if there is to be one
 */
export function drawPage(width, height, text) {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  const next = random(7);
  /** @type {(x: number, y: number, w: number, h: number, grey: number) => void} */
  const box = (x, y, w, h, grey) => {
    for (let row = Math.max(y, 0); row < Math.min(y + h, height); row += 1) {
      for (let column = Math.max(x, 0); column < Math.min(x + w, width); column += 1) {
        data.fill(grey, (row * width + column) * 4, (row * width + column) * 4 + 3);
      }
    }
  };
  box(0, 0, width, 44, 46);
  // Letters of 8 × 12 pixels in words and lines; strokes of one dark column beside a blurred one.
  for (let y = 80; y < height - 40; y += 26) {
    if (next() < 0.35) continue;
    const end = 240 + next() * (width - 400);
    for (let x = 240; x < end; x += 9) {
      if (next() < 0.16) continue;
      for (let stroke = 0; stroke < 2; stroke += 1) {
        const at = x + Math.floor(next() * 6);
        const top = y + (next() < 0.3 ? 0 : 4);
        box(at, top, 1, y + 12 - top, 40);
        box(at + 1, top, 1, y + 12 - top, 170);
        box(x, y + 4 + Math.floor(next() * 8), 6, 1, 90);
      }
    }
  }
  for (let index = 0; index < 6; index += 1) {
    box(260 + index * 230, 500, 200, 40, 110);
    box(262 + index * 230, 502, 196, 36, 255);
  }
  if (text !== undefined) {
    const code = qrcode(0, "M");
    code.addData(text);
    code.make();
    const module = 4;
    const side = code.getModuleCount() * module;
    const [left, top] = [Math.floor(width / 3), Math.floor(height / 2)];
    box(left - 16, top - 16, side + 32, side + 32, 255);
    for (let row = 0; row < code.getModuleCount(); row += 1) {
      for (let column = 0; column < code.getModuleCount(); column += 1) {
        if (code.isDark(row, column)) {
          box(left + column * module, top + row * module, module, module, 0);
        }
      }
    }
  }
  return { data, width, height };
}
