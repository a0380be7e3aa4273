import { describe, expect, test } from "vitest";
import { memoryArea } from "./memory-ports";
import { mirroredArea } from "./mirrored-area";

/** An area that counts what it is asked, and fails while it is told to. */
function countedArea() {
  const inner = memoryArea();
  const area = {
    reads: 0,
    fails: false,
    items: inner.items,
    get: (keys: string[] | null) => {
      area.reads += 1;
      return area.fails ? Promise.reject(new Error("no disk")) : inner.get(keys);
    },
    set: (items: Record<string, unknown>) =>
      area.fails ? Promise.reject(new Error("no disk")) : inner.set(items),
    remove: (keys: string[]) =>
      area.fails ? Promise.reject(new Error("no disk")) : inner.remove(keys),
  };
  return area;
}

describe("a mirrored area", () => {
  test("reads what was there before, once", async () => {
    const area = countedArea();
    area.items.set("kept", 1);
    const mirror = mirroredArea(area);
    expect(await mirror.get(["kept", "absent"])).toEqual({ kept: 1 });
    expect(await mirror.get(null)).toEqual({ kept: 1 });
    expect(area.reads).toBe(1);
  });

  test("writes through, and answers what it wrote", async () => {
    const area = countedArea();
    const mirror = mirroredArea(area);
    await mirror.set({ one: 1, two: 2 });
    await mirror.remove(["one"]);
    expect([...area.items]).toEqual([["two", 2]]);
    expect(await mirror.get(null)).toEqual({ two: 2 });
  });

  test("answers a write before the area has it", async () => {
    const mirror = mirroredArea({ ...countedArea(), set: () => new Promise(() => undefined) });
    await mirror.get(null);
    void mirror.set({ fast: true });
    expect(await mirror.get(["fast"])).toEqual({ fast: true });
  });

  test("gives out copies: who changes one changes nothing that is kept", async () => {
    const mirror = mirroredArea(countedArea());
    const given = { list: [1] };
    await mirror.set({ given });
    given.list.push(2);
    const got = (await mirror.get(["given"])) as { given: { list: number[] } };
    got.given.list.push(3);
    expect(await mirror.get(["given"])).toEqual({ given: { list: [1] } });
  });

  test("says when a write failed, and answers what the area has from then on", async () => {
    const area = countedArea();
    const mirror = mirroredArea(area);
    await mirror.set({ kept: "old" });
    area.fails = true;
    await expect(mirror.set({ kept: "new" })).rejects.toThrow("no disk");
    area.fails = false;
    expect(await mirror.get(["kept"])).toEqual({ kept: "old" });
  });

  test("asks the area again after a reading that failed", async () => {
    const area = countedArea();
    area.items.set("kept", 1);
    const mirror = mirroredArea(area);
    area.fails = true;
    await expect(mirror.get(null)).rejects.toThrow("no disk");
    area.fails = false;
    expect(await mirror.get(null)).toEqual({ kept: 1 });
  });
});
