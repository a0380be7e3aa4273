/** What a request must look like before its handler takes it apart: messages are not typed on arrival. */

import type { Envelope } from "../messaging";
import type { ContentProtocol, EnrolmentProtocol, PageProtocol } from "../protocol";

/** A type as `typeof` names it, or the members that an object must have. */
type Shape = "string" | "number" | "boolean" | { readonly [member: string]: Shape };

const session: Shape = { iv: "string", sealed: "string", deadline: "number" };
const backup: Shape = { file: "string", key: session, replaceChanged: "boolean" };
const list: Shape = { length: "number" };

/** Messages that are not here have no members that must be there, or the core checks them. */
const shapes: {
  readonly [Name in keyof PageProtocol | keyof ContentProtocol | keyof EnrolmentProtocol]?: Shape;
} = {
  createVault: { header: "string", session },
  unlockVault: { session },
  replaceHeader: { header: "string" },
  readMigration: { uri: "string" },
  rotateKey: { header: "string", key: session },
  endTry: { kind: "string" },
  makeBackup: { header: "string", key: session },
  planBackup: backup,
  restoreBackup: backup,
  planEarlier: { rev: "number" },
  restoreEarlier: { rev: "number" },
  exportEntries: { proof: session },
  planImport: { entries: list },
  importEntries: { rev: "number", entries: list },
  undoImport: { rev: "number", added: list, changed: list },
  editEntry: { entryId: "string" },
  editEntries: { edits: list },
  deleteEntry: { entryId: "string" },
  restoreEntry: { entryId: "string" },
  fillEntry: { entryId: "string", tabId: "number", confirmed: "string" },
  awaitFill: { tabId: "number" },
  codeCopied: { entryId: "string", text: "string" },
  saveSettings: { settings: {} },
  offerPressed: { action: "string" },
  clockSampled: { samples: list },
  enrolEntry: { entry: {}, tabId: "number" },
  enrolmentPressed: { action: "string", pictures: list },
  codesWritten: { kept: "boolean" },
};

export function isWellFormed({ name, request }: Envelope): boolean {
  return !Object.hasOwn(shapes, name) || fits(request, shapes[name as keyof typeof shapes] ?? {});
}

function fits(value: unknown, shape: Shape): boolean {
  if (typeof shape === "string") return typeof value === shape;
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(shape).every(([member, inner]) =>
    fits((value as Record<string, unknown>)[member], inner),
  );
}
