/** Mounts a page in the document of a test, and works it as a person would. */

import { type ComponentType, render } from "preact";
import { vi } from "vitest";
import type { PageServices } from "../services";
import { startPage } from "../start-page";
import { type MemoryState, memoryState } from "./memory-background";
import { type MemoryServices, memoryServices } from "./memory-services";

export type Mounted = {
  services: MemoryServices;
  state: MemoryState;
  /** The names of the requests asked, in order. */
  asked: () => string[];
};

/** Mounts `Page` and waits until it shows something. */
export async function mount(
  Page: ComponentType,
  given: Partial<MemoryState> = {},
  overrides: Partial<PageServices> = {},
): Promise<Mounted> {
  unmount();
  const root = document.createElement("div");
  root.id = "root";
  document.body.append(root);
  const state = memoryState(given);
  const services = memoryServices(state, overrides);
  startPage(Page, services, root);
  await until(() => document.querySelector("h1, h2, .notice") !== null);
  return { services, state, asked: () => state.log.map(({ name }) => name) };
}

export function unmount(): void {
  const root = document.getElementById("root");
  if (root === null) return;
  render(null, root);
  root.remove();
}

/** Waits until `condition` holds; fails after a few seconds. */
export async function until(condition: () => boolean): Promise<void> {
  await vi.waitFor(
    () => {
      if (!condition()) throw new Error(`waited in vain; the page says: ${pageText()}`);
    },
    { timeout: 4000, interval: 5 },
  );
}

export function pageText(): string {
  return document.body.textContent ?? "";
}

export const sees = (text: string) => until(() => pageText().includes(text));

function nameOf(element: Element): string {
  return element.getAttribute("aria-label") ?? element.textContent ?? "";
}

function all<Found extends HTMLElement>(selector: string, name: string | RegExp): Found[] {
  const fits = (text: string) => (typeof name === "string" ? text === name : name.test(text));
  return [...document.querySelectorAll<Found>(selector)].filter((found) =>
    fits(nameOf(found).trim()),
  );
}

function one<Found>(found: Found[], what: string): Found {
  const [first] = found;
  if (first === undefined) throw new Error(`no ${what}; the page says: ${pageText()}`);
  return first;
}

export function button(name: string | RegExp): HTMLButtonElement {
  return one(all<HTMLButtonElement>("button", name), `button ${name}`);
}

export function hasButton(name: string | RegExp): boolean {
  return all("button", name).length > 0;
}

/** The field with this label; the last one where two parts of a page have the same. */
export function field(label: string, place = 0): HTMLInputElement {
  const found = all<HTMLLabelElement>("label", label)[place];
  const control = found?.control ?? found?.querySelector("input");
  if (control instanceof HTMLInputElement) return control;
  if (control instanceof HTMLSelectElement) return control as unknown as HTMLInputElement;
  throw new Error(`no field ${label}; the page says: ${pageText()}`);
}

export async function type(input: HTMLInputElement, value: string): Promise<void> {
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  await drawn();
}

/** Waits until what was just done is drawn, as the next key or click of a person would. */
export async function drawn(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
}

/** A key press: on a button or in a form, Enter does what browsers do. */
export function press(key: string, on: Element = document.activeElement ?? document.body): void {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
  if (!on.dispatchEvent(event) || key !== "Enter") return;
  if (on instanceof HTMLButtonElement) on.click();
  else (on as HTMLInputElement).form?.requestSubmit();
}

/** What assistive technology reads out as alert or status. */
export function announced(): string[] {
  const regions = document.querySelectorAll('[role="alert"], [role="status"]');
  return [...regions].map((region) => region.textContent ?? "").filter((text) => text !== "");
}
