import { expect, test } from "vitest";
import { calibratedCost, FLOOR } from "./cost";

/** A machine that takes so long for the floor, and longer for more memory. */
function costOn(floorMs: number) {
  let clock = 0;
  const cost = calibratedCost(
    ({ memoryKib }) => {
      clock += floorMs * (memoryKib / FLOOR.memoryKib);
    },
    () => clock,
  );
  return { cost, ms: floorMs * (cost.memoryKib / FLOOR.memoryKib) };
}

test("a slow machine gets the floor, however long that takes", () => {
  expect(costOn(900).cost).toEqual(FLOOR);
  expect(costOn(400).cost).toEqual(FLOOR);
});

test.each([50, 124, 126, 160, 200, 249, 251, 333])(
  "at %d ms for the floor it stays within half a second",
  (ms) => {
    expect(costOn(ms).ms).toBeLessThanOrEqual(500);
  },
);

test("a fast machine gets as much as goes into half a second", () => {
  expect(costOn(100).cost.memoryKib).toBe(262_144);
  expect(costOn(200).cost.memoryKib).toBe(131_072);
});
