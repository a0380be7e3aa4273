/** Passphrases of random words, from the English list of BIP 39: common words that are hard to confuse. */

import { wordlist } from "@scure/bip39/wordlists/english.js";

/** Six of 2,048 words: 66 random bits. */
const WORDS = 6;

/** `randomBelow` gives uniformly random whole numbers below a limit. */
export function makeWordPassphrase(randomBelow: (limit: number) => number): string {
  return Array.from({ length: WORDS }, () => wordlist[randomBelow(wordlist.length)]).join(" ");
}
