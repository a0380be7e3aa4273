/** Files of other programs, as a page of the extension has them read and written: by a Worker. */

import type { FileEntry, FileReading, MigrationView } from "./wasm/import/import";

export type { FileEntry, FileReading, NoteWords, RefusedEntry } from "./wasm/import/import";

type Bytes = Uint8Array<ArrayBuffer>;

/** The codes of an export for a phone, and the places of the entries that are in none. */
export type PhoneCodes = MigrationView;

/** What an export that cannot be compared with what went in is refused with is `unexpected`. */
export type FileService = {
  /**
   * Says what a file is and reads it. Takes as long as the file's own key derivation; `signal` ends
   * it, with the failure `cancelled`.
   */
  read(file: Bytes, passphrase: string | undefined, signal: AbortSignal): Promise<FileReading>;
  /** A key URI on each line. */
  writeList(entries: readonly FileEntry[]): Promise<Bytes>;
  /** Aegis's vault, encrypted when there is a passphrase. */
  writeAegis(entries: readonly FileEntry[], passphrase: string | undefined): Promise<Bytes>;
  /** QR codes for Google Authenticator and what reads its exports. */
  writePhoneCodes(entries: readonly FileEntry[]): Promise<PhoneCodes>;
};
