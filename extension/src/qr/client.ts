/** Reads QR codes for a page of the extension, in a Worker that lives for one picture. */

import { type Reply, RequestError } from "../messaging";

/** Reads a picture: an image file, or a frame of the camera. */
export type ReadPicture = (picture: ImageBitmapSource) => Promise<string[]>;

export function workerReader(workerUrl: string): ReadPicture {
  return async (picture) => {
    const bitmap = await createImageBitmap(picture).catch(() => {
      throw new RequestError({ kind: "notAPicture" });
    });
    const worker = new Worker(workerUrl, { type: "module" });
    const reply = new Promise<Reply>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Reply>) => resolve(data);
      worker.onerror = () => reject(new RequestError({ kind: "qrWorkerFailed" }));
    });
    worker.postMessage(bitmap, [bitmap]);
    const answered = await reply.finally(() => worker.terminate());
    if (!answered.ok) throw new RequestError(answered.error);
    return answered.value as string[];
  };
}
