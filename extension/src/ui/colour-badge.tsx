/** What an AWS account is for, in its colour and in words. */

import type { TextKey, Words } from "../words/words";
import { useWords } from "./services";

const KEYS = [
  undefined,
  "colour1",
  "colour2",
  "colour3",
  "colour4",
  "colour5",
  "colour6",
  "colour7",
  "colour8",
] as const satisfies readonly (TextKey | undefined)[];

/** `undefined` for no colour, and for one of a later version. */
export function colourWords(colour: number, words: Words): string | undefined {
  const key = KEYS[colour];
  return key === undefined ? undefined : words(key);
}

export function ColourBadge({ colour }: { colour: number }) {
  const text = colourWords(colour, useWords());
  return text === undefined ? null : <span class={`badge colour-${colour}`}>{text}</span>;
}
