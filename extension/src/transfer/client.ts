/** Starts a Worker for one file and ends it afterwards, or when the user gives up. */

import type { FileService, NoteWords } from "../file-service";
import { askWorker } from "../one-request-worker";
import { bytesOf, type FileRequest, type FileResults } from "./requests";

/**
 * Files as a page of the extension has them read and written: the module is loaded only there.
 * `words` gives those of the notes that an import writes.
 */
export function workerFileService(workerUrl: string, words: () => NoteWords): FileService {
  const ask = <Request extends FileRequest>(
    request: Request,
    signal?: AbortSignal,
  ): Promise<FileResults[Request["name"]]> => {
    const moved = bytesOf(request).map(({ buffer }) => buffer);
    const answer = askWorker(workerUrl, { request, moved, broken: "fileWorkerFailed", signal });
    return answer as Promise<FileResults[Request["name"]]>;
  };
  return {
    read: (file, passphrase, signal) =>
      ask({ name: "read", file, passphrase: utf8(passphrase), words: words() }, signal),
    writeList: (entries) => ask({ name: "writeList", entries }),
    writeAegis: (entries, passphrase) =>
      ask({ name: "writeAegis", entries, passphrase: utf8(passphrase) }),
    writePhoneCodes: (entries) => ask({ name: "writePhoneCodes", entries }),
  };
}

function utf8(text: string | undefined): Uint8Array<ArrayBuffer> | undefined {
  return text === undefined ? undefined : new TextEncoder().encode(text);
}
