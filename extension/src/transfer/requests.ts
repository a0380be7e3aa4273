/** What a page asks of the Worker that reads and writes files of other programs. */

import type { FileEntry, FileService, NoteWords } from "../file-service";

type Bytes = Uint8Array<ArrayBuffer>;

export type FileRequest =
  | { name: "read"; file: Bytes; passphrase: Bytes | undefined; words: NoteWords }
  | { name: "writeList" | "writePhoneCodes"; entries: readonly FileEntry[] }
  | { name: "writeAegis"; entries: readonly FileEntry[]; passphrase: Bytes | undefined };

/** What each answers: the same as the service that asks. */
export type FileResults = { [Name in keyof FileService]: Awaited<ReturnType<FileService[Name]>> };

/** The bytes in a request: moved to the Worker, and wiped there. */
export function bytesOf(request: FileRequest): Bytes[] {
  const file = "file" in request ? [request.file] : [];
  return "passphrase" in request && request.passphrase ? [...file, request.passphrase] : file;
}
