/** Key derivation by the module that ships: its code was rewritten after it was compiled. */

import binaryen from "binaryen";
import { expect, test } from "vitest";
import { readVaultKey } from "../vault/reader.mjs";
import { bytesOf, kdfModule, passphrase } from "./modules";

test.each([
  { memoryKib: 65_536, passes: 3, lanes: 1 },
  { memoryKib: 65_536, passes: 4, lanes: 4 },
  { memoryKib: 98_304, passes: 3, lanes: 2 },
])(
  "derives the key of another implementation at $memoryKib KiB, $passes passes, $lanes lanes",
  (cost) => {
    const kdf = kdfModule();
    const random = crypto.getRandomValues(new Uint8Array(kdf.createRandomBytes()));
    const { header, vaultKey } = kdf.createHeader(passphrase(), cost, random);
    const read = readVaultKey({ h0: header }, { passphrase: "correct horse battery staple" });
    expect(Buffer.from(read)).toEqual(Buffer.from(vaultKey));
  },
  60_000,
);

test("multiplies halves of words, not whole words, in vectors", () => {
  const text = binaryen.readBinary(bytesOf("kdf")).emitText();
  expect(text.match(/i64x2\.extmul_low_i32x4_u/g)?.length).toBeGreaterThan(0);
  expect(text).not.toContain("i64x2.mul");
});
