import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Every fresh profile of this process. @type {Set<string>} */
const taken = new Set();

/**
 * Removes at once what a process that is about to end would leave behind, also what a browser wrote again after its
 * profile was removed.
 */
export function removeFreshProfiles() {
  for (const dir of taken) {
    rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

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
  taken.add(dir);
  return {
    dir,
    /** The browser's last processes may still write for a moment after it has ended, hence the retries. */
    remove: () => rm(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  };
}
