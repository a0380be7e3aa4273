import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A browser profile of its own, removed when `remove` is called; a profile the caller named stays.
 * @param {string} browserName
 * @param {string | undefined} named
 */
export async function takeProfile(browserName, named) {
  if (named !== undefined) {
    return { dir: named, remove: async () => {} };
  }
  const dir = await mkdtemp(join(tmpdir(), `doorcode-${browserName}-`));
  // The browser's last processes may still write for a moment after it has ended.
  return {
    dir,
    remove: () => rm(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  };
}
