/**
 * The Worker that reads and writes files of other programs. It answers one request and is ended, so
 * that the file, its secrets and the memory of a derivation go with it.
 */

import { answerRequest } from "../one-request-worker";
import init, * as files from "../wasm/import/import";
import { bytesOf, type FileRequest, type FileResults } from "./requests";

async function answer(request: FileRequest): Promise<FileResults[FileRequest["name"]]> {
  await init({ module_or_path: new URL("import.wasm", self.location.href) });
  switch (request.name) {
    case "read":
      return files.readFile(request.file, request.passphrase, request.words);
    case "writeList":
      return new TextEncoder().encode(files.exportOtpauthList({ entries: [...request.entries] }));
    case "writeAegis": {
      const random = crypto.getRandomValues(new Uint8Array(files.aegisRandomBytes()));
      const entries = [...request.entries];
      return Uint8Array.from(files.exportAegis({ entries }, request.passphrase, random));
    }
    case "writePhoneCodes": {
      const [batchId = 0] = crypto.getRandomValues(new Int32Array(1));
      return files.exportMigration({ entries: [...request.entries] }, batchId);
    }
  }
}

answerRequest<FileRequest>(answer, (request) => {
  for (const bytes of bytesOf(request)) bytes.fill(0);
});
