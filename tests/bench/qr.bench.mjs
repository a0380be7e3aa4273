/**
 * The QR decoder beside zxing-wasm and jsQR: RGBA pixels in, text out, on pictures of pages.
 *
 * The floor is one pass that copies the pixels into WebAssembly, strip by strip, and writes luma, in a
 * module of its own made of a few vector instructions: once as one writes it first, by shuffles, and once
 * by shifted averages, as the decoder does it, the best floor we know.
 */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import binaryen from "binaryen";
import jsQR from "jsqr";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { wasmFolder } from "../../scripts/build-wasm.mjs";
import { measure, short } from "./measure.mjs";
import { drawPage } from "./qr-page.mjs";

/** @typedef {{ data: Uint8ClampedArray<ArrayBuffer>, width: number, height: number }} Picture */

const STRIP_ROWS = 32;
const TEXT =
  "otpauth://totp/Amazon%20Web%20Services:alice@123456789012" +
  "?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=AWS";

/** Sixteen pixels at a time, the luma of the vectors a to d. @param {string} luma */
const floorModule = (luma) => `(module
  (memory (export "memory") 1024)
  (func (export "luma") (param $from i32) (param $to i32) (param $end i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local $rg0 v128) (local $rg1 v128)
    (loop $next
      (local.set $a (v128.load (local.get $from)))
      (local.set $b (v128.load offset=16 (local.get $from)))
      (local.set $c (v128.load offset=32 (local.get $from)))
      (local.set $d (v128.load offset=48 (local.get $from)))
      ${luma}
      (local.set $from (i32.add (local.get $from) (i32.const 64)))
      (local.set $to (i32.add (local.get $to) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $from) (local.get $end))))))`;

/** Shuffles gather a colour, averages weigh them. */
const SHUFFLES = `
      (local.set $rg0 (i8x16.shuffle 0 4 8 12 16 20 24 28 1 5 9 13 17 21 25 29 (local.get $a) (local.get $b)))
      (local.set $rg1 (i8x16.shuffle 0 4 8 12 16 20 24 28 1 5 9 13 17 21 25 29 (local.get $c) (local.get $d)))
      (v128.store (local.get $to) (i8x16.avgr_u
        (i8x16.avgr_u
          (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $rg0) (local.get $rg1))
          (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
            (i8x16.shuffle 2 6 10 14 18 22 26 30 2 6 10 14 18 22 26 30 (local.get $a) (local.get $b))
            (i8x16.shuffle 2 6 10 14 18 22 26 30 2 6 10 14 18 22 26 30 (local.get $c) (local.get $d))))
        (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $rg0) (local.get $rg1))))`;

/** In the lowest byte of each pixel: the mean of red and blue, and of that and green. @param {string} pixels */
const lumaOf = (pixels) => `(v128.and (v128.const i32x4 255 255 255 255)
        (i8x16.avgr_u (i32x4.shr_u (local.get ${pixels}) (i32.const 8))
          (i8x16.avgr_u (local.get ${pixels}) (i32x4.shr_u (local.get ${pixels}) (i32.const 16)))))`;
const SHIFTS = `
      (v128.store (local.get $to) (i8x16.narrow_i16x8_u
        (i16x8.narrow_i32x4_u ${lumaOf("$a")} ${lumaOf("$b")})
        (i16x8.narrow_i32x4_u ${lumaOf("$c")} ${lumaOf("$d")})))`;

/** @param {string} luma */
async function loadFloor(luma) {
  const text = binaryen.parseText(floorModule(luma));
  text.setFeatures(binaryen.Features.SIMD128);
  const { instance } = await WebAssembly.instantiate(text.emitBinary().slice());
  const exports = /** @type {{ memory: WebAssembly.Memory, luma: Function }} */ (
    /** @type {unknown} */ (instance.exports)
  );
  const bytes = new Uint8Array(exports.memory.buffer);
  /** @param {Picture} picture */
  return ({ data, width, height }) => {
    const strip = STRIP_ROWS * width * 4;
    for (let row = 0; row < height; row += STRIP_ROWS) {
      const rows = data.subarray(row * width * 4, row * width * 4 + strip);
      bytes.set(rows);
      exports.luma(0, strip + row * width, rows.length);
    }
  };
}

async function loadDoorcode() {
  const folder = join(wasmFolder, "qr");
  const module = await import(pathToFileURL(join(folder, "qr.js")).href);
  const bytes = readFileSync(join(folder, "qr_bg.wasm"));
  const { memory } = module.initSync({ module: bytes });
  /** @param {Picture} picture @param {(scanner: any) => unknown} look */
  const scan = (picture, look) => {
    const { data, width, height } = picture;
    const scanner = new module.Scanner(width, height);
    for (let row = 0; row < height; row += STRIP_ROWS) {
      const rows = Math.min(STRIP_ROWS, height - row);
      const strip = data.subarray(row * width * 4, (row + rows) * width * 4);
      scanner.pushStrip({ data: strip, width, height: rows });
    }
    return look(scanner);
  };
  return {
    /** @param {Picture} picture */
    fast: (picture) =>
      scan(picture, (scanner) => {
        const codes = scanner.scan();
        scanner.free();
        return codes;
      }),
    /** @param {Picture} picture @param {number} milliseconds */
    deep: (picture, milliseconds) =>
      scan(picture, (scanner) => new Promise((resolve) => scanner.deepScan(milliseconds, resolve))),
    heapBytes: () => memory.buffer.byteLength,
    gzipBytes: gzipSync(bytes, { level: 9 }).length,
  };
}

async function loadZxing() {
  const require = createRequire(import.meta.url);
  const wasmBinary = readFileSync(require.resolve("zxing-wasm/reader/zxing_reader.wasm"));
  const { buffer, byteOffset, byteLength } = wasmBinary;
  await prepareZXingModule({
    overrides: { wasmBinary: buffer.slice(byteOffset, byteOffset + byteLength) },
    fireImmediately: true,
  });
  /** @param {Picture} picture */
  return (picture) =>
    readBarcodes(/** @type {ImageData} */ (/** @type {unknown} */ (picture)), {
      formats: ["QRCode"],
    });
}

/** Rounds for pictures of so many pixels. @param {Picture} picture */
const rounds = (picture) => (picture.width > 2000 ? 9 : 21);

export async function run() {
  const [floor, bestFloor, doorcode, zxing] = await Promise.all([
    loadFloor(SHUFFLES),
    loadFloor(SHIFTS),
    loadDoorcode(),
    loadZxing(),
  ]);
  const pictures = {
    "4k": drawPage(3840, 2160, TEXT),
    "1080p": drawPage(1920, 1080, TEXT),
    noQr4k: drawPage(3840, 2160, undefined),
  };
  for (const size of /** @type {const} */ (["4k", "1080p"])) {
    const [code] = /** @type {{ text: string }[]} */ (doorcode.fast(pictures[size]));
    if (code?.text !== TEXT) throw new Error(`the code on the ${size} page was not read`);
  }
  const heapBytes4k = doorcode.heapBytes();
  /** @type {Record<string, unknown>} */
  const figures = { gzipBytes: doorcode.gzipBytes, heapBytes4k };
  const rows = [];
  for (const [name, picture] of Object.entries(pictures)) {
    const hasCode = name !== "noQr4k";
    /** @type {import("./measure.mjs").Contestant[]} */
    const contestants = [
      // Not reported: who comes after the slowest finds cold caches and garbage to collect.
      { name: "settling", run: () => floor(picture) },
      { name: "floor", run: () => floor(picture) },
      { name: "best floor", run: () => bestFloor(picture) },
      { name: "doorcode", run: () => doorcode.fast(picture) },
      { name: "zxing-wasm", run: () => zxing(picture) },
    ];
    // Minutes on a page without a code, where it tries everything.
    if (hasCode) {
      const { data, width, height } = picture;
      contestants.push({ name: "jsQR", run: () => jsQR(data, width, height) });
    }
    const [, ...timings] = await measure(contestants, { rounds: rounds(picture) });
    const [bottom = 0, best = 0, own = 0, peer = 0, jsqr = 0] = timings.map(
      ({ medianMs }) => medianMs,
    );
    // On a page without a code the thorough search goes on for as long as it is given: ten floors.
    const [deep] = hasCode
      ? []
      : await measure([{ name: "deep", run: () => doorcode.deep(picture, bottom * 7) }], {
          rounds: 5,
          warmUps: 1,
        });
    figures[name] = {
      floorMs: short(bottom),
      bestFloorMs: short(best),
      doorcodeMs: short(own),
      zxingWasmMs: short(peer),
      ...(hasCode ? { jsqrMs: short(jsqr) } : {}),
      ratioToFloor: short((deep?.medianMs ?? own) / bottom),
      ratioToBestFloor: short((deep?.medianMs ?? own) / best),
      ratioToZxingWasm: short(own / peer),
      ...(deep === undefined ? {} : { deepMs: short(deep.medianMs) }),
    };
    rows.push(
      ...timings.map((timing) => [
        `${name} ${timing.name}`,
        short(timing.medianMs),
        short(timing.medianMs / bottom),
      ]),
    );
    if (deep !== undefined) {
      rows.push([`${name} doorcode deep`, short(deep.medianMs), short(deep.medianMs / bottom)]);
    }
  }
  rows.push(
    ["module, gzip", `${doorcode.gzipBytes} B`, ""],
    ["heap at 4K", `${heapBytes4k} B`, ""],
  );
  return { figures, tables: [{ title: "QR codes", columns: ["", "median ms", "× floor"], rows }] };
}
