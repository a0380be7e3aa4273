/** The module of the Worker that scans, as it ships. */

import qrcode from "qrcode-generator";
import { expect, test, vi } from "vitest";
import { deepScan } from "../../extension/src/qr/deep-scan";
import { qrModule } from "./modules";

const TEXT = "otpauth://totp/Example:alice?secret=JBSWY3DPEHPK3PXP&issuer=Example";
const MODULE = 4;

type Picture = { data: Uint8ClampedArray<ArrayBuffer>; width: number; height: number };

/** A white picture, or one with a code of `text` in its middle. */
function picture(width: number, height: number, text?: string): Picture {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  if (text === undefined) return { data, width, height };
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const side = code.getModuleCount() * MODULE;
  const [left, top] = [Math.floor((width - side) / 2), Math.floor((height - side) / 2)];
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      if (code.isDark(Math.floor(y / MODULE), Math.floor(x / MODULE))) {
        data.fill(0, ((top + y) * width + left + x) * 4, ((top + y) * width + left + x) * 4 + 3);
      }
    }
  }
  return { data, width, height };
}

/** A scanner with all strips of a picture. */
function scannerOf({ data, width, height }: Picture, rows = 32) {
  const scanner = new (qrModule().Scanner)(width, height);
  for (let row = 0; row < height; row += rows) {
    const count = Math.min(rows, height - row);
    scanner.pushStrip(strip(data.subarray(row * width * 4, (row + count) * width * 4), width));
  }
  return scanner;
}

/** What a Worker would pass; Node has no `ImageData`. */
function strip(data: Uint8ClampedArray<ArrayBuffer>, width: number): ImageData {
  return { data, width, height: data.length / 4 / width, colorSpace: "srgb" } as ImageData;
}

function kindOf(action: () => unknown): unknown {
  try {
    action();
    return undefined;
  } catch (error) {
    return (error as { kind: unknown }).kind;
  }
}

test.each([1, 7, 32, 400])("reads a code from strips of %i rows", (rows) => {
  const scanner = scannerOf(picture(300, 280, TEXT), rows);
  const [code] = scanner.scan();
  expect(code).toMatchObject({ text: TEXT, level: "M", mirrored: false, inverted: false });
  expect(code?.corners).toHaveLength(4);
  // It stays: the picture may be looked at as often as wanted.
  expect(scanner.scan()).toEqual([code]);
  scanner.free();
});

test("a deep scan gives what a scan gives", async () => {
  const scanner = scannerOf(picture(300, 280, TEXT));
  const found = scanner.scan();
  expect(await deepScan(scanner, 100)).toEqual(found);
});

test("a code crosses as plain data", () => {
  const scanner = scannerOf(picture(300, 280, TEXT));
  const codes = scanner.scan();
  expect(structuredClone(codes)).toEqual(codes);
  scanner.free();
});

test("a page without a code gives none", async () => {
  const scanner = scannerOf(picture(300, 280));
  expect(scanner.scan()).toEqual([]);
  expect(await deepScan(scanner, 50)).toEqual([]);
});

test("between looks a deep scan lets messages in, and ends when the time does", async () => {
  const pauses = vi.spyOn(globalThis, "setTimeout");
  expect(await deepScan(scannerOf(noise(300, 280)), 60_000)).toEqual([]);
  expect(pauses.mock.calls.length).toBeGreaterThan(5);
  pauses.mockClear();
  expect(await deepScan(scannerOf(noise(300, 280)), 0)).toEqual([]);
  expect(pauses.mock.calls.length).toBeLessThan(2);
  pauses.mockRestore();
});

/** Something to look at in every pass. */
function noise(width: number, height: number): Picture {
  const noisy = picture(width, height);
  let state = 1;
  for (let at = 0; at < noisy.data.length; at += 4) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    noisy.data.fill(state >>> 24, at, at + 3);
  }
  return noisy;
}

test("refuses pictures beyond its limits", () => {
  const { Scanner } = qrModule();
  expect(kindOf(() => new Scanner(16_385, 1))).toBe("pictureTooLarge");
  expect(kindOf(() => new Scanner(16_384, 4_097))).toBe("pictureTooLarge");
});

test("refuses strips that do not fit and scans of half a picture", () => {
  const { Scanner } = qrModule();
  const white = (pixels: number) => new Uint8ClampedArray(pixels * 4).fill(255);
  const scanner = new Scanner(30, 40);
  expect(kindOf(() => scanner.pushStrip(strip(white(31), 31)))).toBe("malformedRequest");
  scanner.pushStrip(strip(white(30 * 39), 30));
  expect(kindOf(() => scanner.pushStrip(strip(white(30 * 2), 30)))).toBe("malformedRequest");
  expect(kindOf(() => scanner.scan())).toBe("malformedRequest");
  scanner.free();
});
