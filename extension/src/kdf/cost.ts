/** What a new passphrase costs to derive: as much as this machine does within half a second. */

import type { KdfCost } from "../wasm/kdf/kdf";

/** 64 MiB and three passes: no new passphrase is derived with less. */
export const FLOOR: KdfCost = { memoryKib: 65_536, passes: 3, lanes: 1 };

const MAX_MS = 500;
/** Steps of memory above the floor, in KiB; the time grows with it. */
const STEPS = [262_144, 196_608, 131_072, 98_304];

/** `run` derives with a cost; `now` is a clock in milliseconds. */
export function calibratedCost(run: (cost: KdfCost) => void, now: () => number): KdfCost {
  const start = now();
  run(FLOOR);
  const floorMs = now() - start;
  const memoryKib = STEPS.find((step) => floorMs * (step / FLOOR.memoryKib) <= MAX_MS);
  return memoryKib === undefined ? FLOOR : { ...FLOOR, memoryKib };
}
