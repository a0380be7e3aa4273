/**
 * Turns the code step of a simulated page into another that AWS might draw: names dropped or
 * changed, another language, another way to label, wrappers, another order, other fields beside it.
 */

import { decoys } from "./decoys";
import type { Random } from "./random";

/** The code step of a simulated page as it was drawn, and the words that may be translated. */
export type Base = { id: string; html: string; field: string; words: Words };
export type Words = { heading: string; code: string; submit: string };

type Labelling = (random: Random, field: HTMLInputElement, label: string) => HTMLElement;

/** Each gives the field its label and answers with what is to be put into the page. */
const labellings: readonly Labelling[] = [
  (random, field, text) => {
    field.id ||= generatedId(random);
    const label = element("label", text);
    (label as HTMLLabelElement).htmlFor = field.id;
    return element("div", label, field);
  },
  (_random, field, text) => element("div", element("label", text, field)),
  (random, field, text) => {
    const label = element("div", text);
    label.id = generatedId(random);
    field.setAttribute("aria-labelledby", label.id);
    return element("div", label, field);
  },
  (_random, field, text) => {
    field.setAttribute("aria-label", text);
    return element("div", field);
  },
  (_random, field, text) => {
    field.placeholder = text;
    return element("div", field);
  },
];

/**
 * Draws the mutant of a base page into `body`.
 *
 * @returns the field for the MFA code, or `undefined` for a mutant that has none
 */
export function mutate(
  body: HTMLElement,
  base: Base,
  languages: readonly Words[],
  random: Random,
): HTMLInputElement | undefined {
  const page = new DOMParser().parseFromString(base.html, "text/html");
  body.replaceChildren(...page.body.children);
  const field = body.querySelector<HTMLInputElement>(base.field);
  if (field === null) throw new Error(`${base.id} has no ${base.field}`);
  field.value = "";
  const words = random.pick(languages);
  translate(body, base.words, words);
  relabel(random, body, field, words.code);
  renameAll(random, body);
  reshape(random, field);
  if (random.chance(0.3)) unwrapForm(field);
  if (random.chance(0.4)) wrap(random, body, field);
  if (random.chance(0.4)) shuffle(random, field.closest("form, main, div[class]") ?? body);
  for (let count = random.below(4); count > 0; count -= 1) addDecoy(random, body, field);
  if (random.chance(0.1)) addHiddenTwin(random, field);
  if (random.chance(0.85)) return field;
  field.remove();
  return undefined;
}

/** The texts of heading, label and button; the English sentences around them go, or stay. */
function translate(body: HTMLElement, from: Words, to: Words): void {
  const texts = new Map(
    Object.keys(from).map((key) => [from[key as keyof Words], to[key as keyof Words]]),
  );
  for (const node of textNodes(body)) {
    const text = texts.get(node.data.trim());
    if (text !== undefined) node.data = text;
  }
}

function textNodes(body: HTMLElement): Text[] {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  while (walker.nextNode()) found.push(walker.currentNode as Text);
  return found;
}

/** Takes away what labels the field and labels it in another way, or leaves it as it is. */
function relabel(random: Random, body: HTMLElement, field: HTMLInputElement, text: string): void {
  if (random.chance(0.2)) return;
  for (const label of [...(field.labels ?? [])]) if (!label.contains(field)) label.remove();
  field.removeAttribute("placeholder");
  const group = field.parentElement ?? body;
  const place = document.createComment("");
  group.replaceChild(place, field);
  place.replaceWith(random.pick(labellings)(random, field, text));
}

/** Ids, classes, names and test ids: each kind is kept, dropped or renamed throughout. */
function renameAll(random: Random, body: HTMLElement): void {
  for (const attribute of ["id", "class", "name", "data-testid"]) {
    const way = random.pick(["keep", "drop", "rename"]);
    if (way === "keep") continue;
    for (const found of body.querySelectorAll(`[${attribute}]`)) {
      const before = found.getAttribute(attribute) ?? "";
      // A label must still find its field.
      const after = way === "drop" && attribute !== "id" ? null : random.name();
      if (after === null) found.removeAttribute(attribute);
      else found.setAttribute(attribute, after);
      if (attribute !== "id" || after === null) continue;
      for (const reference of ["for", "aria-labelledby"]) {
        for (const user of body.querySelectorAll(`[${reference}="${CSS.escape(before)}"]`)) {
          user.setAttribute(reference, after);
        }
      }
    }
  }
}

/** The attributes of the box itself, of which nothing is known for sure. */
function reshape(random: Random, field: HTMLInputElement): void {
  field.type = random.pick(["text", "text", "text", "tel", "password"]);
  if (random.chance(0.3)) field.autocomplete = random.pick(["off", "one-time-code"]);
  if (random.chance(0.3)) field.inputMode = "numeric";
  if (random.chance(0.3)) field.maxLength = random.pick([6, 8, 20]);
}

function unwrapForm(field: HTMLInputElement): void {
  const form = field.closest("form");
  form?.replaceWith(element("div", ...form.childNodes));
}

function wrap(random: Random, body: HTMLElement, field: HTMLInputElement): void {
  for (let depth = 1 + random.below(4); depth > 0; depth -= 1) {
    const inner = random.chance(0.5) ? field : field.parentElement;
    if (inner === null || inner === body) return;
    const place = document.createComment("");
    inner.replaceWith(place);
    place.replaceWith(element(random.pick(["div", "section", "span"]), inner));
  }
}

function shuffle(random: Random, parent: Element): void {
  const children = [...parent.children];
  for (let last = children.length - 1; last > 0; last -= 1) {
    const other = random.below(last + 1);
    [children[last], children[other]] = [children[other] as Element, children[last] as Element];
  }
  parent.append(...children);
}

function addDecoy(random: Random, body: HTMLElement, field: HTMLInputElement): void {
  const { labels, name, attributes = {} } = random.pick(decoys);
  const input = document.createElement("input");
  for (const [key, value] of Object.entries(attributes)) input.setAttribute(key, value);
  if (random.chance(0.5)) input.name = name;
  if (random.chance(0.5)) input.id = `${name}-${random.name()}`;
  const block = random.pick(labellings)(random, input, random.pick(labels));
  const places = [body, field.closest("form"), field.closest("main")];
  const place = random.pick(places) ?? body;
  if (random.chance(0.5)) place.prepend(block);
  else place.append(block);
}

/** The same field a second time, where nobody sees it. */
function addHiddenTwin(random: Random, field: HTMLInputElement): void {
  const twin = field.cloneNode() as HTMLInputElement;
  twin.removeAttribute("id");
  const hidden = element("div", twin);
  random.pick([
    () => hidden.style.setProperty("display", "none"),
    () => hidden.style.setProperty("visibility", "hidden"),
    () => hidden.style.setProperty("opacity", "0"),
    () => hidden.toggleAttribute("inert"),
  ])();
  // A label belongs to the first field in it.
  const visible = field.closest("label") ?? field;
  if (random.chance(0.5)) visible.before(hidden);
  else visible.after(hidden);
}

function generatedId(random: Random): string {
  return `formField${random.below(99)}-1795000000000-${random.below(9999)}`;
}

function element(tag: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(tag);
  made.append(...children);
  return made;
}
