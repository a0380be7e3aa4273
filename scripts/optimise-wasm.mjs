/** What is done to the modules after they are compiled, beyond what wasm-opt does by itself. */

import binaryen from "binaryen";

/** What Rust calls where it panics: it makes a message that nobody sees, and then the module traps. */
const PANIC =
  /\b(core\[\w+\]::(panicking|cell::panic_)|std\[\w+\]::panicking)|::(slice_index_fail|len_mismatch_fail|assert_failed|handle_error|handle_alloc_error|capacity_overflow|rust_oom|begin_panic|unwrap_failed|expect_failed)\b/;

/**
 * Optimises for size as it is compressed: a panic traps at once, without its message, and functions with
 * one caller stay apart, for in the shape they all have they compress best.
 * @param {Uint8Array} bytes
 */
export function shrink(bytes) {
  const module = binaryen.readBinary(bytes);
  const functions = Array.from({ length: module.getNumFunctions() }, (_, index) =>
    binaryen.getFunctionInfo(module.getFunctionByIndex(index)),
  );
  for (const { name, module: importedFrom, params, results } of functions) {
    if (importedFrom === "" && PANIC.test(name)) {
      module.removeFunction(name);
      module.addFunction(name, params, results, [], module.unreachable());
    }
  }
  binaryen.setOptimizeLevel(2);
  binaryen.setShrinkLevel(0);
  binaryen.setAlwaysInlineMaxSize(6);
  binaryen.setOneCallerInlineMaxSize(0);
  module.optimize();
  module.runPasses(["strip-target-features"]);
  const optimised = module.emitBinary();
  module.dispose();
  return optimised;
}

/** The lower halves of both lanes, side by side. */
const LOWER_HALVES = "i8x16.shuffle 0 1 2 3 8 9 10 11 0 1 2 3 8 9 10 11";

/** `2 * (x & 0xffffffff) * (y & 0xffffffff)` in both lanes, as the compiler writes it: twice `x` is masked. */
const DOUBLED_PRODUCT = new RegExp(
  `(i64x2.mul
    (v128.and
      (i64x2.shl (X) (i32.const 1))
      (v128.const i32x4 0xfffffffe 0x00000001 0xfffffffe 0x00000001))
    (v128.and
      (Y)
      (v128.const i32x4 0xffffffff 0x00000000 0xffffffff 0x00000000)))`
    .replace(/[().]/g, String.raw`\$&`)
    .replace(/\s+/g, String.raw`\s+`)
    .replace(/\\\)/g, String.raw`\s*\)`)
    .replace(/[XY]/g, String.raw`(local\.get \$\d+)`),
  "g",
);

/**
 * Multiplies halves of words by the instruction for it: processors have no product of whole words in vectors, and
 * engines make it of three. Argon2 does little else (`fBlaMka`, RFC 9106 section 3.6), and takes a fifth less time.
 * @param {Uint8Array} bytes
 */
export function multiplyHalves(bytes) {
  const module = binaryen.readBinary(bytes);
  const half = (/** @type {string} */ operand) => `(${LOWER_HALVES} (${operand}) (${operand}))`;
  const text = module.emitText();
  const better = text.replace(
    DOUBLED_PRODUCT,
    (_, x, y) => `(i64x2.shl (i64x2.extmul_low_i32x4_u ${half(x)} ${half(y)}) (i32.const 1))`,
  );
  if (better === text) return bytes;
  const rewritten = binaryen.parseText(better);
  rewritten.setFeatures(module.getFeatures());
  const output = rewritten.emitBinary();
  module.dispose();
  rewritten.dispose();
  return output;
}
