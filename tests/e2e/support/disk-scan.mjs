/** Looks for secrets in every file of a browser profile, also inside what Firefox compresses. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * @param {string} dir
 * @param {Record<string, Uint8Array | string>} wanted by name; a text is looked for in UTF-8 and UTF-16, bytes as they
 *   are, in hexadecimal and in base64
 * @returns {string[]} `name in file`
 */
export function scanProfile(dir, wanted) {
  const forms = Object.entries(wanted).map(([name, value]) => ({ name, forms: formsOf(value) }));
  return filesIn(dir).flatMap((file) => {
    const contents = contentsOf(file);
    const found = forms.filter((one) =>
      one.forms.some((form) => contents.some((content) => content.includes(form))),
    );
    return found.map(({ name }) => `${name} in ${file.slice(dir.length + 1)}`);
  });
}

/** @param {Uint8Array | string} value @returns {Buffer[]} */
function formsOf(value) {
  if (typeof value === "string") return [Buffer.from(value), Buffer.from(value, "utf16le")];
  const bytes = Buffer.from(value);
  const texts = [bytes.toString("hex"), bytes.toString("hex").toUpperCase()];
  // The last group differs with what follows.
  const base64 = ["base64", "base64url"].map((form) =>
    bytes.toString(/** @type {BufferEncoding} */ (form)).slice(0, -4),
  );
  return [bytes, ...[...texts, ...base64].flatMap(formsOf)];
}

/** @param {string} dir @returns {string[]} */
function filesIn(dir) {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return entry.isFile() ? [path] : [];
  });
}

/** A file as it is and, when Firefox compressed it, as it was. @param {string} file */
function contentsOf(file) {
  let content;
  try {
    content = readFileSync(file);
  } catch {
    // A browser that is ending takes some of its files with it.
    return [];
  }
  const isCompressed = content.subarray(0, 8).equals(Buffer.from("mozLz40\0"));
  return isCompressed ? [content, decodeLz4(content.subarray(12))] : [content];
}

/** One LZ4 block: lz4_Block_format.md of the LZ4 project. @param {Uint8Array} block */
function decodeLz4(block) {
  /** @type {number[]} */
  const out = [];
  let at = 0;
  const next = () => block[at++] ?? 0;
  const length = (/** @type {number} */ short) => {
    let total = short;
    for (let more = 255; short === 15 && more === 255; total += more) more = next();
    return total;
  };
  while (at < block.length) {
    const token = next();
    for (let left = length(token >> 4); left > 0; left -= 1) out.push(next());
    if (at >= block.length) break;
    const offset = next() | (next() << 8);
    for (let left = length(token & 15) + 4; left > 0; left -= 1)
      out.push(out[out.length - offset] ?? 0);
  }
  return Buffer.from(out);
}
