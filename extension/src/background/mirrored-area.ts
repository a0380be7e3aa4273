/** A storage area that is read once and then answered from memory, for what a page waits on. */

import type { StorageArea } from "./ports";

/**
 * For an area that nobody else writes to. Each write is in memory at once and returns when the area
 * has it; after a write that failed, memory is filled from the area again.
 */
export function mirroredArea(area: StorageArea): StorageArea {
  let items: Promise<Map<string, unknown>> | undefined;
  const forget = (thrown: unknown) => {
    items = undefined;
    throw thrown;
  };
  const mirrored = () => {
    items ??= area.get(null).then((all) => new Map(Object.entries(all)), forget);
    return items;
  };
  const write = (mirror: (kept: Map<string, unknown>) => void, through: () => Promise<void>) =>
    mirrored().then((kept) => {
      mirror(kept);
      return through().catch(forget);
    });
  return {
    get: async (keys) => {
      const kept = await mirrored();
      const wanted = [...kept].filter(([key]) => keys === null || keys.includes(key));
      return structuredClone(Object.fromEntries(wanted));
    },
    set: (added) => {
      const copy = structuredClone(added);
      return write(
        (kept) => {
          for (const [key, value] of Object.entries(copy)) kept.set(key, value);
        },
        () => area.set(copy),
      );
    },
    remove: (keys) =>
      write(
        (kept) => {
          for (const key of keys) kept.delete(key);
        },
        () => area.remove(keys),
      ),
  };
}
