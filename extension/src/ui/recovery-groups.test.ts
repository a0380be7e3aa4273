import { expect, test } from "vitest";
import { groupsToAsk, isSameGroup, recoveryGroups } from "./recovery-groups";

test("splits a code into groups of four, however it is written", () => {
  expect(recoveryGroups("ABCD-EFGH 23")).toEqual(["ABCD", "EFGH", "23"]);
});

test("asks two different whole groups in order, for every draw", () => {
  const groups = ["AAAA", "BBBB", "CCCC", "D"];
  const asked = new Set<string>();
  for (let first = 0; first < 3; first++) {
    for (let other = 0; other < 2; other++) {
      const draws = [first, other];
      const [a, b] = groupsToAsk(groups, (limit) => {
        const draw = draws.shift() ?? 0;
        expect(draw).toBeLessThan(limit);
        return draw;
      });
      expect(a).toBeLessThan(b);
      expect(b).toBeLessThan(3);
      asked.add(`${a}${b}`);
    }
  }
  expect([...asked].sort()).toEqual(["01", "02", "12"]);
});

test("takes a group in either case, with spaces, and with digits that look like letters", () => {
  expect(isSameGroup(" abcd ", "ABCD")).toBe(true);
  expect(isSameGroup("0i81", "OIBI")).toBe(true);
  expect(isSameGroup("abce", "ABCD")).toBe(false);
  expect(isSameGroup("", "ABCD")).toBe(false);
});
