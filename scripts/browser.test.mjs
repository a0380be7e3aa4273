import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BrowserMissingError, findBrowser } from "./browser.mjs";
import { hasDisplay } from "./display.mjs";

/** A platform without usual places, so that only PATH counts. */
const platform = "freebsd";
/** @type {string} */
let folder;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "doorcode-path-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("finding a browser", () => {
  it("takes the first executable of that name in PATH", async () => {
    const path = join(folder, "firefox");
    await writeFile(path, "");
    await chmod(path, 0o755);
    expect(await findBrowser("firefox", { env: { PATH: `/nowhere:${folder}` }, platform })).toBe(
      path,
    );
  });

  it("passes over a file that cannot be run", async () => {
    await writeFile(join(folder, "firefox"), "", { mode: 0o644 });
    await expect(findBrowser("firefox", { env: { PATH: folder }, platform })).rejects.toThrow(
      BrowserMissingError,
    );
  });

  it("names the command that installs what is missing", async () => {
    const machine = { env: { PATH: folder }, platform: /** @type {const} */ ("darwin") };
    await expect(findBrowser("chromium", machine)).rejects.toMatchObject({
      browser: "chromium",
      command: "brew install --cask chromium",
    });
  });
});

describe("a display", () => {
  it.each([
    ["linux", {}, false],
    ["linux", { DISPLAY: "" }, false],
    ["linux", { DISPLAY: ":0" }, true],
    ["linux", { WAYLAND_DISPLAY: "wayland-0" }, true],
    ["darwin", {}, true],
    ["win32", {}, true],
  ])("on %s with %j is there: %s", (name, env, expected) => {
    expect(hasDisplay({ env, platform: /** @type {NodeJS.Platform} */ (name) })).toBe(expected);
  });
});
