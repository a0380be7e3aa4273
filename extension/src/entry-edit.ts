/** What an edit makes of an entry, and the edit that takes it back. */

import type { EntryEdit, EntryView } from "./entry-view";

/** The fields that an empty text clears. */
const OPTIONAL_TEXTS = [
  "partition",
  "accountId",
  "accountAlias",
  "userName",
  "deviceName",
  "directoryId",
  "note",
  "order",
] as const;

/** The colour that says none was chosen. */
export const NO_COLOUR = 0;

/** The entry as it will be; a text that is not valid stands in it as it was typed. */
export function withEdit(entry: EntryView, edit: EntryEdit): EntryView {
  const { identityKind, ...rest } = edit;
  const edited: EntryView = { ...entry, ...rest };
  for (const name of OPTIONAL_TEXTS) if (edited[name] === "") delete edited[name];
  if (identityKind === "unknown") delete edited.identityKind;
  else if (identityKind !== undefined) edited.identityKind = identityKind;
  return edited;
}

/** What brings the fields of `edit` back to what they are in `entry`. */
export function undoEdit(entry: EntryView, edit: EntryEdit): EntryEdit {
  const before: EntryEdit = {};
  for (const name of Object.keys(edit) as (keyof EntryEdit)[]) {
    if (name === "identityKind") before.identityKind = entry.identityKind ?? "unknown";
    else if (name === "colour") before.colour = entry.colour ?? NO_COLOUR;
    else if (name === "pinned" || name === "pending") before[name] = entry[name];
    else before[name] = entry[name] ?? "";
  }
  return before;
}
