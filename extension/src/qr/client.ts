/** Reads QR codes for a page of the extension, in a Worker that lives for one picture. */

import { RequestError } from "../messaging";
import { askWorker } from "../one-request-worker";

/** Reads a picture: an image file, or a frame of the camera. */
export type ReadPicture = (picture: ImageBitmapSource) => Promise<string[]>;

export function workerReader(workerUrl: string): ReadPicture {
  return async (picture) => {
    const bitmap = await createImageBitmap(picture).catch(() => {
      throw new RequestError({ kind: "notAPicture" });
    });
    const asked = { request: bitmap, moved: [bitmap], broken: "qrWorkerFailed" };
    return (await askWorker(workerUrl, asked)) as string[];
  };
}
