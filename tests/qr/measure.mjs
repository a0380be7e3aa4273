// Read rate of the QR decoder on public sets of pictures.
//
//   node tests/qr/measure.mjs FOLDER [SET...] [--fast] [--misses] [--decoder PATH]
//
// FOLDER holds a checkout of each set's repository under the name in SETS below. Pictures are never
// part of this repository. A set that is missing is skipped, loudly. With --misses every picture that
// was not read in full is listed. Exits with 1 on a wrong text or a crash.

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * @typedef {{ text: string, version: number, level: string }} Code
 * @typedef {{ path: string, codes?: Code[], ms?: number, error?: string }} Result
 * @typedef {object} Expected
 * @property {(string | string[])[]} [texts] one for each code, or any of several
 * @property {string[] | undefined} [optional] texts that may be read, but need not be
 * @property {string[][]} [categories] of each code
 * @property {number} [count] of codes, where their texts are not known
 * @property {number} [version]
 * @property {string} [level]
 *
 * @typedef {object} PictureSet
 * @property {string} name
 * @property {string} source
 * @property {string} licence
 * @property {number} [target] in percent
 * @property {string[]} folders
 * @property {(path: string) => Expected | undefined} expected
 * @property {boolean} [categories] whether rates are also printed folder by folder
 */

/** @type {PictureSet[]} */
const SETS = [
  {
    name: "zxing-cpp",
    source: "github.com/zxing-cpp/zxing-cpp, test/samples/qrcode-1 to -6",
    licence: "Apache-2.0",
    target: 98,
    folders: [1, 2, 3, 4, 5, 6].map((n) => `zxing-cpp/test/samples/qrcode-${n}`),
    expected: textBeside,
  },
  {
    name: "zxing",
    source: "github.com/zxing/zxing, core/src/test/resources/blackbox/qrcode-1 to -6",
    licence: "Apache-2.0",
    folders: [1, 2, 3, 4, 5, 6].map((n) => `zxing/core/src/test/resources/blackbox/qrcode-${n}`),
    expected: textBeside,
  },
  {
    name: "quircs",
    source: "github.com/dignifiedquire/quircs, tests/data/generated",
    licence: "MIT",
    target: 100,
    folders: ["quircs/tests/data/generated"],
    expected: versionInName,
  },
  {
    name: "jsqr",
    source: "github.com/cozmo/jsQR, tests/end-to-end",
    licence: "Apache-2.0",
    folders: ["jsqr/tests/end-to-end"],
    expected: jsonBeside,
  },
  {
    name: "boofcv",
    source: "boofcv.org qrcodes_v3, as in github.com/paulmillr/qr-code-vectors",
    licence: "none stated: for measuring only",
    target: 89,
    folders: ["boofcv/boofcv-v3"],
    expected: labelsBeside,
    categories: true,
  },
  {
    name: "screens",
    source: "tests/qr/screens.mjs",
    licence: "own",
    target: 98.5,
    folders: ["screens"],
    expected: screenBeside,
    categories: true,
  },
  {
    name: "no-code",
    source: "github.com/zxing-cpp/zxing-cpp, test/samples/falsepositives-1 and -2",
    licence: "Apache-2.0",
    folders: ["zxing-cpp/test/samples/falsepositives-1", "zxing-cpp/test/samples/falsepositives-2"],
    expected: () => ({ texts: [] }),
  },
];

/** What some pictures hold besides the text beside them, found by looking at them. */
const INNER = "[内側QRコード]\n\n*ダブルQR*\nhttp://d-qr.net/ex/";
const OUTER = "[外側QRコード]\n \n*ﾀﾞﾌﾞﾙQR*\nhttp://d-qr.net/ex/";
/** @type {Record<string, string[]>} */
const ALSO_THERE = {
  // A code within a code, and of one set a misspelt text.
  "qrcode-2/16": [INNER, OUTER],
  "170/input": [INNER, OUTER],
  "qrcode-2/13": ["The 2005 USGS aerial photography of the Washington Monument is censored."],
};

const PICTURE = new Set([".png", ".jpg", ".jpeg", ".webp", ".gif"]);
const BATCH = 40;

/** @param {string} text */
function normalise(text) {
  return text.replaceAll("\r\n", "\n").trim();
}

/** @param {string} path */
function alsoThere(path) {
  return ALSO_THERE[join(basename(dirname(path)), basename(path, extname(path)))];
}

/**
 * Expected text in a file of the same name; a few of the sets' files are in Latin-1.
 * @param {string} path
 * @returns {Expected | undefined}
 */
function textBeside(path) {
  const file = path.replace(/\.\w+$/, ".txt");
  const binary = path.replace(/\.\w+$/, ".bin");
  const optional = alsoThere(path);
  if (existsSync(file)) {
    const bytes = readFileSync(file);
    try {
      return { texts: [new TextDecoder("utf-8", { fatal: true }).decode(bytes)], optional };
    } catch {
      return { texts: [bytes.toString("latin1")], optional };
    }
  }
  return existsSync(binary) ? { texts: [readFileSync(binary).toString("latin1")] } : undefined;
}

/**
 * jsQR's own reading; pictures it could not read have none and are left out. It takes all bytes for
 * UTF-8, so that the same bytes count in other character sets too.
 * @param {string} path
 * @returns {Expected | undefined}
 */
function jsonBeside(path) {
  const output = JSON.parse(readFileSync(join(dirname(path), "output.json"), "utf8"));
  if (output === null) return undefined;
  const bytes = Buffer.from(output.binaryData);
  const others = ["shift_jis", "gb18030"].map((label) => new TextDecoder(label).decode(bytes));
  const texts = [[output.data, bytes.toString("latin1"), ...others]];
  return { texts, optional: alsoThere(path) };
}

/**
 * The generated set names version and level instead of the text.
 * @param {string} path
 * @returns {Expected | undefined}
 */
function versionInName(path) {
  const match = /version=(\d+),level=(\w)/.exec(basename(path));
  return match === null
    ? undefined
    : { count: 1, version: Number(match[1]), level: match[2] ?? "" };
}

/**
 * Corners of markers, eight numbers each, without texts; or a text.
 * @param {string} path
 * @returns {Expected | undefined}
 */
function labelsBeside(path) {
  const file = path.replace(/\.\w+$/, ".txt");
  if (!existsSync(file)) return undefined;
  if (path.includes("/decoding/")) return { texts: [readFileSync(file, "utf8")] };
  const numbers = readFileSync(file, "utf8").match(/^[-\d].*$/gm) ?? [];
  return { count: numbers.join(" ").trim().split(/\s+/).length / 8 };
}

/** @param {string} path @returns {Expected} */
function screenBeside(path) {
  const { codes, cut } = JSON.parse(readFileSync(path.replace(/\.\w+$/, ".json"), "utf8"));
  return {
    optional: cut,
    texts: codes.map((/** @type {{ text: string }} */ code) => code.text),
    categories: codes.map((/** @type {{ categories: string[] }} */ code) => code.categories),
  };
}

/** @param {string} folder @returns {Generator<string>} */
function* pictures(folder) {
  for (const entry of readdirSync(folder).sort()) {
    const path = join(folder, entry);
    if (statSync(path).isDirectory()) yield* pictures(path);
    else if (PICTURE.has(extname(entry))) yield path;
  }
}

/**
 * Runs the decoder on many pictures; a crash costs only the picture that caused it.
 * @param {string} decoder
 * @param {string[]} options
 * @param {string[]} paths
 */
function decode(decoder, options, paths) {
  /** @type {Map<string, Result>} */
  const results = new Map();
  /** @type {(string | undefined)[]} */
  const crashed = [];
  for (let start = 0; start < paths.length; start += BATCH) {
    let rest = paths.slice(start, start + BATCH);
    while (rest.length > 0) {
      const run = spawnSync(decoder, options, {
        input: `${rest.join("\n")}\n`,
        maxBuffer: 1 << 28,
      });
      const lines = run.stdout
        .toString()
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line));
      for (const line of lines) results.set(line.path, line);
      if (run.status === 0) break;
      crashed.push(rest[lines.length]);
      rest = rest.slice(lines.length + 1);
    }
  }
  return { results, crashed };
}

/**
 * How many of the expected codes were read, and texts that nobody expects.
 * @param {Expected} expected
 * @param {Code[]} codes
 */
function judge(expected, codes) {
  if (expected.count !== undefined) {
    const fitting = codes.filter(
      (code) =>
        (expected.version ?? code.version) === code.version &&
        (expected.level ?? code.level) === code.level,
    );
    const right = Math.min(expected.count, fitting.length);
    return { right, of: expected.count, wrong: [], read: [] };
  }
  const open = (expected.texts ?? []).map((texts) => [texts].flat().map(normalise));
  const known = new Set([...open.flat(), ...(expected.optional ?? []).map(normalise)]);
  const read = open.map(() => false);
  /** @type {string[]} */
  const wrong = [];
  for (const code of codes) {
    const text = normalise(code.text);
    const index = open.findIndex((candidates, at) => candidates.includes(text) && !read[at]);
    if (index >= 0) read[index] = true;
    else if (!known.has(text)) wrong.push(text);
  }
  return { right: read.filter(Boolean).length, of: read.length, wrong, read };
}

/** @param {number} right @param {number} of */
function rate(right, of) {
  return `${String(right).padStart(5)}/${String(of).padEnd(5)} ${((100 * right) / of).toFixed(1).padStart(6)} %`;
}

/**
 * @param {PictureSet} set
 * @param {string} root
 * @param {string} decoder
 * @param {string[]} options
 * @param {boolean} listMisses
 */
function measure(set, root, decoder, options, listMisses) {
  const folders = set.folders.map((folder) => join(root, folder));
  const missing = folders.find((folder) => !existsSync(folder));
  if (missing !== undefined) {
    console.log(`SKIPPED ${set.name}: no ${relative(root, missing)} (from ${set.source})`);
    return { failed: false };
  }
  const all = folders.flatMap((folder) => [...pictures(folder)]);
  const paths = all.filter((path) => set.expected(path) !== undefined);
  const { results, crashed } = decode(decoder, options, paths);
  let right = 0;
  let of = 0;
  /** @type {[string, string][]} */
  const wrong = [];
  /** @type {Map<string, [number, number]>} */
  const categories = new Map();
  /** @type {number[]} */
  const times = [];
  /** @param {string} category @param {number} r @param {number} o */
  const count = (category, r, o) => {
    const sum = categories.get(category) ?? [0, 0];
    categories.set(category, [sum[0] + r, sum[1] + o]);
  };
  for (const path of paths) {
    const expected = set.expected(path) ?? {};
    const result = results.get(path);
    const judged = judge(expected, result?.codes ?? []);
    right += judged.right;
    of += judged.of;
    times.push(result?.ms ?? 0);
    for (const text of judged.wrong) wrong.push([path, text]);
    if (expected.categories !== undefined) {
      expected.categories.forEach((names, at) => {
        for (const name of names) count(name, judged.read[at] === true ? 1 : 0, 1);
      });
    } else if (set.categories) {
      count(basename(dirname(path)), judged.right, judged.of);
    }
    if (listMisses && judged.right < judged.of) {
      console.log(`  miss ${judged.right}/${judged.of} ${path} ${result?.error ?? ""}`);
    }
  }
  times.sort((a, b) => a - b);
  const at = (/** @type {number} */ part) =>
    times[Math.floor(times.length * part)]?.toFixed(1) ?? "-";
  const target = set.target === undefined ? "" : `  target ${set.target} %`;
  const sum = of === 0 ? `${paths.length} pictures` : rate(right, of);
  console.log(
    `${set.name.padEnd(10)} ${sum}${target}  wrong ${wrong.length}  crashed ${crashed.length}  ` +
      `ms median ${at(0.5)} p95 ${at(0.95)} sum ${times.reduce((a, b) => a + b, 0).toFixed(0)}`,
  );
  for (const [name, [r, o]] of [...categories].sort())
    console.log(`    ${name.padEnd(16)} ${rate(r, o)}`);
  for (const [path, text] of wrong) console.log(`  WRONG ${path}: ${JSON.stringify(text)}`);
  for (const path of crashed) console.log(`  CRASHED ${path}`);
  return { failed: wrong.length > 0 || crashed.length > 0 };
}

const repository = join(dirname(fileURLToPath(import.meta.url)), "../..");
const words = process.argv.slice(2);
const options = words.includes("--fast") ? ["--fast"] : [];
const at = words.indexOf("--decoder");
const decoder =
  (at >= 0 ? words.splice(at, 2)[1] : undefined) ??
  join(repository, "target/release/examples/decode_qr");
const [root, ...wanted] = words.filter((word) => !word.startsWith("--"));
if (root === undefined || !existsSync(root)) {
  console.log("SKIPPED the read rate of QR codes: no folder of pictures given. Sets:");
  for (const set of SETS) console.log(`  ${set.name}: ${set.source}; licence: ${set.licence}`);
} else {
  let failed = false;
  for (const set of SETS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    failed = measure(set, root, decoder, options, words.includes("--misses")).failed || failed;
  }
  process.exitCode = failed ? 1 : 0;
}
