/** Starts a Worker for one file and ends it afterwards, or when the user gives up. */

import type { FileService } from "../file-service";
import { type Reply, RequestError } from "../messaging";
import { bytesOf, type FileRequest, type FileResults } from "./requests";

/** Files as a page of the extension has them read and written: the module is loaded only there. */
export function workerFileService(workerUrl: string): FileService {
  const ask = <Request extends FileRequest>(
    request: Request,
    signal?: AbortSignal,
  ): Promise<FileResults[Request["name"]]> => {
    const worker = new Worker(workerUrl, { type: "module" });
    const reply = new Promise<Reply>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Reply>) => resolve(data);
      worker.onerror = () => reject(new RequestError({ kind: "fileWorkerFailed" }));
      const cancel = () => reject(new RequestError({ kind: "cancelled" }));
      if (signal?.aborted) cancel();
      signal?.addEventListener("abort", cancel);
    });
    // Moved, not copied, so that only the Worker has them.
    worker.postMessage(
      request,
      bytesOf(request).map(({ buffer }) => buffer),
    );
    return reply
      .then((answered) => {
        if (!answered.ok) throw new RequestError(answered.error);
        return answered.value as FileResults[Request["name"]];
      })
      .finally(() => worker.terminate());
  };
  return {
    read: (file, passphrase, signal) =>
      ask({ name: "read", file, passphrase: utf8(passphrase) }, signal),
    writeList: (entries) => ask({ name: "writeList", entries }),
    writeAegis: (entries, passphrase) =>
      ask({ name: "writeAegis", entries, passphrase: utf8(passphrase) }),
    writePhoneCodes: (entries) => ask({ name: "writePhoneCodes", entries }),
  };
}

function utf8(text: string | undefined): Uint8Array<ArrayBuffer> | undefined {
  return text === undefined ? undefined : new TextEncoder().encode(text);
}
