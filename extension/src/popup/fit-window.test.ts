// @vitest-environment happy-dom

import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { fitWindow } from "./fit-window";

const { documentElement } = document;
const height = () => documentElement.style.getPropertyValue("--window-block-size");

function resize(innerHeight: number, hidden = false) {
  vi.stubGlobal("innerHeight", innerHeight);
  vi.spyOn(document, "hidden", "get").mockReturnValue(hidden);
  dispatchEvent(new Event("resize"));
}

beforeAll(fitWindow);
afterEach(() => {
  documentElement.removeAttribute("style");
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("takes the height that the window was given", () => {
  resize(510);
  expect(height()).toBe("510px");
  resize(560);
  expect(height()).toBe("560px");
});

test("takes none of a window that is not shown, or that has no size of its own yet", () => {
  resize(510, true);
  resize(25);
  expect(height()).toBe("");
});
