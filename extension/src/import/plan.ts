/** What the preview shows: the entries that were read, in groups, and which of them are taken. */

import type { FileEntry, RefusedEntry } from "../file-service";
import type { ArrivalView } from "../protocol";
import type { ReadPiece } from "./use-files";

/** An entry of a file, with what it would be in the vault. `id` is its place among all. */
export type Item = { id: number; file: FileEntry; arrival: ArrivalView };

export type Plan = {
  /** The revision of the vault that was asked. */
  rev: number;
  fresh: readonly Item[];
  deleted: readonly Item[];
  changed: readonly Item[];
  /** What the vault has already, and what stands in the files more than once. */
  same: readonly Item[];
  refusedByVault: readonly Item[];
  refusedByFile: readonly RefusedEntry[];
};

export function entriesOf(read: readonly ReadPiece[]): FileEntry[] {
  return read.flatMap(({ entries }) => entries);
}

export function planOf(
  read: readonly ReadPiece[],
  rev: number,
  arrivals: readonly ArrivalView[],
): Plan {
  const items = entriesOf(read).flatMap((file, id) => {
    const arrival = arrivals[id];
    return arrival === undefined ? [] : [{ id, file, arrival }];
  });
  const of = (...states: ArrivalView["state"][]) =>
    items.filter(({ arrival }) => states.includes(arrival.state));
  return {
    rev,
    fresh: of("new"),
    deleted: of("deleted"),
    changed: of("changed"),
    same: of("same", "repeated"),
    refusedByVault: of("refused"),
    refusedByFile: read.flatMap(({ refused }) => refused),
  };
}

/** What is taken unless the user says otherwise: nothing that is there is replaced. */
export function takenAtFirst({ fresh, deleted }: Plan): Set<number> {
  return new Set([...fresh, ...deleted].map(({ id }) => id));
}

/** The AWS entries of which neither the files nor the vault know the partition. */
export function withoutPartition({ fresh, deleted, changed }: Plan): Item[] {
  return [...fresh, ...deleted, ...changed].filter(({ arrival }) => arrival.partitionUnknown);
}

/** The entries to take, in the order of the files. */
export function chosenOf({ fresh, deleted, changed }: Plan, taken: ReadonlySet<number>): Item[] {
  return [...fresh, ...deleted, ...changed]
    .filter(({ id }) => taken.has(id))
    .sort((one, other) => one.id - other.id);
}

/** An entry as it is saved: in this AWS partition when nobody knows it; empty is unknown. */
export function toSave({ arrival, file }: Item, partition: string): FileEntry {
  return arrival.partitionUnknown && partition !== "" ? { ...file, partition } : file;
}
