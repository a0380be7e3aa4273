/** Times contestants in turn in one process, so that a machine that drifts drifts for all. */

/**
 * @typedef {{ name: string, run: () => unknown }} Contestant
 * @typedef {{ name: string, medianMs: number, minMs: number }} Timing
 */

/**
 * @param {Contestant[]} contestants
 * @param {{ rounds: number, warmUps?: number }} options
 * @returns {Promise<Timing[]>}
 */
export async function measure(contestants, { rounds, warmUps = 3 }) {
  /** @type {Map<string, number[]>} */
  const times = new Map(contestants.map(({ name }) => [name, []]));
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const { name, run } of contestants) {
      const start = performance.now();
      await run();
      const took = performance.now() - start;
      if (round >= 0) times.get(name)?.push(took);
    }
  }
  return contestants.map(({ name }) => {
    const sorted = (times.get(name) ?? []).sort((left, right) => left - right);
    return { name, medianMs: median(sorted), minMs: sorted[0] ?? Number.NaN };
  });
}

/** @param {readonly number[]} sorted */
export function median(sorted) {
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** Three significant digits. @param {number} value */
export const short = (value) => Number(value.toPrecision(3));
