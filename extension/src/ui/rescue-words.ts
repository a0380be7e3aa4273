/** Which earlier state is shown when the vault itself cannot be read. */

import type { RescueView } from "../protocol";
import type { Words } from "../words/words";

export function rescueWords({ savedAt, entries }: RescueView, words: Words): string {
  const count = words.count("entries", entries);
  if (savedAt === 0) return words("rescueEmpty");
  return words("rescueState", { date: words.time(savedAt * 1000), entries: count });
}
