/** The words of the notes that an import writes for what an entry has no place for. */

import type { NoteWords } from "../file-service";
import type { Words } from "../words/words";

/** `{}` is where the import module puts what stands in the file. */
const HOLE = "{}";

export function noteWords(words: Words): NoteWords {
  const text = HOLE;
  return {
    category: words("importNoteCategory", { text }),
    collection: words("importNoteCollection", { text }),
    folder: words("importNoteFolder", { text }),
    group: words("importNoteGroup", { text }),
    name: words("importNoteName", { text }),
    site: words("importNoteSite", { text }),
    tags: words("importNoteTags", { text }),
    vault: words("importNoteVault", { text }),
    archived: words("importNoteArchived"),
    unnamed: words("importUnnamed", { number: HOLE }),
  };
}
