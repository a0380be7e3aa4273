/** Moving entries in the list, and the order keys that keep them there (`order` of the vault format). */

import type { EntryEdit, EntryView } from "../entry-view";
import type { Section } from "./sections";

export type Change = { entryId: string; edit: EntryEdit };

/** Keys are numbers of this many digits in base 36, so that text and number compare alike. */
const DIGITS = 6;
const BASE = 36;
/** Room for entries that are moved between two others later. */
const GAP = 1296;

/** One place up or down; at the edge of an account's entries all of them go past the neighbours. */
export function moveByOne(
  sorted: readonly EntryView[],
  sections: readonly Section[],
  entryId: string,
  step: -1 | 1,
): Change[] {
  const at = sections.findIndex((section) => has(section, entryId));
  const section = sections[at];
  if (section === undefined || section.kind === "recent") return [];
  const place = section.entries.findIndex((entry) => entry.entryId === entryId);
  const neighbour = section.entries[place + step];
  if (neighbour !== undefined) return moveBeside(sorted, [entryId], neighbour.entryId, step > 0);
  const next = sections[at + step];
  if (section.kind !== "account" || next?.kind !== "account") return [];
  return moveGroup(sorted, section, next, step > 0);
}

/** To where it was dropped: before or after another entry. */
export function moveTo(
  sorted: readonly EntryView[],
  sections: readonly Section[],
  entryId: string,
  targetId: string,
  after: boolean,
): Change[] {
  const from = sections.find((section) => has(section, entryId));
  const to = sections.find((section) => has(section, targetId));
  if (from === undefined || to === undefined || entryId === targetId) return [];
  if (from.kind === "recent" || to.kind === "recent") return [];
  if (from === to) return moveBeside(sorted, [entryId], targetId, after);
  if (from.kind !== "account" || to.kind !== "account") return [];
  return moveGroup(sorted, from, to, sections.indexOf(to) > sections.indexOf(from));
}

/** The user's own order given up: what is left is the names'. */
export function byName(entries: readonly EntryView[]): Change[] {
  return entries.filter(isPlaced).map(({ entryId }) => ({ entryId, edit: { order: "" } }));
}

/** Whether it has a place that the user gave it. */
export function isPlaced({ order }: EntryView): boolean {
  return order !== undefined;
}

function has({ entries }: Section, entryId: string): boolean {
  return entries.some((entry) => entry.entryId === entryId);
}

function moveGroup(
  sorted: readonly EntryView[],
  moved: Section,
  past: Section,
  after: boolean,
): Change[] {
  const beside = after ? past.entries.at(-1) : past.entries[0];
  const ids = moved.entries.map(({ entryId }) => entryId);
  return beside === undefined ? [] : moveBeside(sorted, ids, beside.entryId, after);
}

function moveBeside(
  sorted: readonly EntryView[],
  moved: readonly string[],
  targetId: string,
  after: boolean,
): Change[] {
  const block = sorted.filter(({ entryId }) => moved.includes(entryId));
  const others = sorted.filter(({ entryId }) => !moved.includes(entryId));
  const target = others.findIndex(({ entryId }) => entryId === targetId);
  if (target < 0 || block.length === 0) return [];
  const place = after ? target + 1 : target;
  return (
    between(block, others[place - 1], others[place]) ??
    numbered([...others.slice(0, place), ...block, ...others.slice(place)])
  );
}

/** New keys for the moved entries alone, where their neighbours leave room. */
function between(
  block: readonly EntryView[],
  before: EntryView | undefined,
  after: EntryView | undefined,
): Change[] | undefined {
  if (before?.pinned !== after?.pinned) return undefined;
  const low = numberOf(before?.order);
  const high = numberOf(after?.order);
  if (low === undefined || high === undefined) return undefined;
  const step = Math.floor((high - low) / (block.length + 1));
  if (step < 1) return undefined;
  return block.map((entry, place) => keyed(entry, low + step * (place + 1)));
}

function numbered(sequence: readonly EntryView[]): Change[] {
  return sequence
    .map((entry, place) => ({ entry, change: keyed(entry, GAP * (place + 1)) }))
    .filter(({ entry, change }) => entry.order !== change.edit.order)
    .map(({ change }) => change);
}

function keyed({ entryId }: EntryView, value: number): Change {
  return { entryId, edit: { order: value.toString(BASE).padStart(DIGITS, "0") } };
}

function numberOf(order: string | undefined): number | undefined {
  return order !== undefined && /^[0-9a-z]{6}$/.test(order)
    ? Number.parseInt(order, BASE)
    : undefined;
}
