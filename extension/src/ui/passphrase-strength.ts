/**
 * How hard a new passphrase is to guess, estimated by zxcvbn-ts: in guesses of somebody who tries
 * common passwords, names, words, dates and keyboard patterns first.
 */

import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import * as common from "@zxcvbn-ts/language-common";
import * as english from "@zxcvbn-ts/language-en";

export type PassphraseLevel = "empty" | "tooShort" | "tooEasy" | "acceptable" | "strong";

/** The fewest characters accepted. */
export const MIN_PASSPHRASE_LENGTH = 12;
/** Powers of ten: 10^12 guesses are 17 years of one fast graphics card at Argon2id's floor. */
const ACCEPTABLE_GUESSES = 12;
const STRONG_GUESSES = 16;
/** Longer texts are strong by any estimate, and slow to estimate. */
const MAX_ESTIMATED = 100;

const estimator = new ZxcvbnFactory({
  dictionary: { ...common.dictionary, ...english.dictionary },
  graphs: common.adjacencyGraphs,
});

/** What somebody tries first who knows what the passphrase is for. */
const OWN_WORDS = ["doorcode", "amazon", "aws"];

export function assessPassphrase(passphrase: string): PassphraseLevel {
  // Counted as people see them: one accented letter or emoji is one character.
  const characters = [...passphrase.normalize("NFC")];
  if (characters.length === 0) return "empty";
  if (characters.length < MIN_PASSPHRASE_LENGTH) return "tooShort";
  const estimated = characters.slice(0, MAX_ESTIMATED).join("");
  const { guessesLog10 } = estimator.check(estimated, OWN_WORDS);
  if (guessesLog10 < ACCEPTABLE_GUESSES) return "tooEasy";
  return guessesLog10 < STRONG_GUESSES ? "acceptable" : "strong";
}

export function isAcceptable(level: PassphraseLevel): boolean {
  return level === "acceptable" || level === "strong";
}
