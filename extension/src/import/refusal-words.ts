/** Why a file, or an entry in one, is not taken; and what to do instead. */

import type { FileReading, RefusedEntry } from "../file-service";
import type { TextKey, Words } from "../words/words";

type Unread = Extract<FileReading, { kind: "unreadable" | "failed" }>;

const UNREADABLE: Record<Extract<Unread, { kind: "unreadable" }>["what"], TextKey> = {
  bitwardenAccount: "importIsBitwardenAccount",
  openPgp: "importIsOpenPgp",
  freeOtp: "importIsFreeOtp",
  keePass: "importIsKeePass",
  picture: "importIsPicture",
  database: "importIsDatabase",
  noCodes: "importHasNoCodes",
  unexpected: "importUnknown",
};

const FAILED: Record<Extract<Unread, { kind: "failed" }>["why"], TextKey> = {
  unknown: "importUnknown",
  tooLarge: "importTooLarge",
  tooManyEntries: "importTooMany",
  damaged: "importDamaged",
  costTooHigh: "importCost",
  memoryUnavailable: "importMemory",
  unexpected: "importDamaged",
};

export function unreadWords(reading: Unread, words: Words): string {
  return words(reading.kind === "unreadable" ? UNREADABLE[reading.what] : FAILED[reading.why]);
}

/** The reasons of the import module, and the kinds of the core for a key that it cannot use. */
const REFUSED: Readonly<Record<string, TextKey>> = {
  steam: "refusedSteam",
  type: "refusedType",
  unsupportedType: "refusedType",
  inTrash: "refusedInTrash",
  notAUri: "refusedNotAUri",
  notOtpauth: "refusedNotAUri",
  damagedPart: "refusedDamagedPart",
  missingPart: "refusedMissingPart",
  undecryptable: "refusedUndecryptable",
  notAnEntry: "refusedNotAnEntry",
  textTooLong: "refusedTextTooLong",
  uriTooLong: "refusedTextTooLong",
  notTimeBased: "refusedCounterBased",
  badCounter: "refusedCounterBased",
  badAlgorithm: "refusedAlgorithm",
  badDigits: "refusedDigits",
  badPeriod: "refusedPeriod",
  noSecret: "refusedNoSecret",
  secretEmpty: "refusedNoSecret",
  secretTooLong: "refusedSecret",
  secretNotBase32: "refusedSecret",
  secretWrongLength: "refusedSecret",
  noLabel: "refusedNoName",
  badPercentEncoding: "refusedDamaged",
  duplicateParameter: "refusedDamaged",
};

export function refusalWords(reason: string, words: Words): string {
  const key = Object.hasOwn(REFUSED, reason) ? REFUSED[reason] : undefined;
  return words(key ?? "refusedNotAnEntry");
}

/** The places in a file that the import module names in English. */
const PLACES: readonly [RegExp, (words: Words, numbers: readonly string[]) => string][] = [
  [/^Line (\d+)$/, (words, [number = ""]) => words("importLine", { number })],
  [/^Entry (\d+)$/, (words, [number = ""]) => words("importUnnamed", { number })],
  [
    /^Part (\d+) of (\d+)$/,
    (words, [part = "", parts = ""]) => words("importMissingName", { part, parts }),
  ],
];

/** The name of a refused entry, or where it stands in its file. */
export function refusedName({ entry }: RefusedEntry, words: Words): string {
  for (const [form, say] of PLACES) {
    const found = form.exec(entry);
    if (found) return say(words, found.slice(1));
  }
  return entry;
}
