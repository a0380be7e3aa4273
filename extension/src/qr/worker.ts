/** The Worker of a page that scans: a bitmap in, the texts of its codes out. */

import { answerRequest } from "../one-request-worker";
import init from "../wasm/qr/qr";
import { readBitmap } from "./bitmap";

const ready = init({ module_or_path: new URL("qr.wasm", self.location.href) });

answerRequest<ImageBitmap>(async (bitmap) => {
  await ready;
  return readBitmap(bitmap);
});
