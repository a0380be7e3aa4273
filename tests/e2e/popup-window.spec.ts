/** The popup in the window that the toolbar opens for it: it has the size it asks for where there is room. */

import { afterEach, expect, test } from "vitest";
import { waitUntil } from "./support/wait.mjs";
import { startWorld } from "./support/world.mjs";

const WIDTH = 400;
const HEIGHT = 560;

let world: Awaited<ReturnType<typeof startWorld>> | undefined;
afterEach(() => world?.close());

/** How high the popup is, in CSS pixels, once its window has the width it asks for and its page fits in it. */
async function popupHeight(name: "chromium" | "firefox", args: string[] = []) {
  world = await startWorld(name, { args });
  const popup = await world.browser.openPopup(await world.browser.newPage("about:blank"));
  await popup.waitFor(".entry .code");
  const sizes = () =>
    popup.evaluate(() => {
      const { body, documentElement } = document;
      const { width, height } = body.getBoundingClientRect();
      const { scrollWidth, scrollHeight } = documentElement;
      return {
        window: [innerWidth, innerHeight],
        body: [width, height],
        scrollWidth,
        scrollHeight,
      };
    }, undefined);
  return waitUntil(
    async () => {
      const { window, body, scrollWidth, scrollHeight } = await sizes();
      const [width, height = 0] = window;
      const fits = scrollWidth === width && scrollHeight === height;
      return width === WIDTH && fits && body.join() === window.join() && height;
    },
    {
      what: "a window as wide as the popup, without a scroll bar",
      seen: async () => JSON.stringify(await sizes()),
    },
  );
}

test.each(["chromium", "firefox"] as const)("%s: as high as it asks", async (name) => {
  expect(await popupHeight(name)).toBe(HEIGHT);
});

test("on a low screen as high as it is given, and only its list scrolls", async () => {
  expect(await popupHeight("chromium", ["--screen-info={800x600}"])).toBeLessThan(HEIGHT);
});
