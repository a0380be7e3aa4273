/** The part of CBOR (RFC 8949) that entries use: definite lengths, no tags, no floats. */

/** @param {Uint8Array} bytes @returns {unknown} */
export function readCbor(bytes) {
  let at = 0;
  const take = (/** @type {number} */ count) => {
    if (at + count > bytes.length) throw new RangeError("CBOR ends early");
    at += count;
    return bytes.subarray(at - count, at);
  };
  /** @returns {unknown} */
  const item = () => {
    const first = take(1)[0] ?? 0;
    const major = first >> 5;
    const short = first & 31;
    if (major === 7) return short === 21 ? true : short === 20 ? false : null;
    const extra = short < 24 ? new Uint8Array() : take(2 ** (short - 24));
    const value =
      short < 24 ? short : Number(extra.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n));
    if (major === 0) return value;
    if (major === 1) return -1 - value;
    if (major === 2) return take(value);
    if (major === 3) return new TextDecoder().decode(take(value));
    if (major === 4) return Array.from({ length: value }, item);
    return new Map(Array.from({ length: value }, () => [item(), item()]));
  };
  return item();
}
