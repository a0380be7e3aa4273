/**
 * What can honestly be said of a new passphrase from its length and variety. An estimator of
 * guesses takes the place of `assessPassphrase`; the levels stay.
 */

export type PassphraseLevel = "empty" | "tooShort" | "tooUniform" | "acceptable" | "long";

/** The fewest characters accepted. */
export const MIN_PASSPHRASE_LENGTH = 12;

const LONG_PASSPHRASE_LENGTH = 20;

/** Fewer different characters than this is one key held down, or a short pattern repeated. */
const MIN_DISTINCT_CHARACTERS = 5;

export function assessPassphrase(passphrase: string): PassphraseLevel {
  // Counted as people see them: one accented letter or emoji is one character.
  const characters = [...passphrase.normalize("NFC")];
  if (characters.length === 0) return "empty";
  if (characters.length < MIN_PASSPHRASE_LENGTH) return "tooShort";
  if (new Set(characters).size < MIN_DISTINCT_CHARACTERS) return "tooUniform";
  return characters.length < LONG_PASSPHRASE_LENGTH ? "acceptable" : "long";
}

export function isAcceptable(level: PassphraseLevel): boolean {
  return level === "acceptable" || level === "long";
}
