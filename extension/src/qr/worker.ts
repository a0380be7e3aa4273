/** The Worker of a page that scans: a bitmap in, the texts of its codes out. */

import { failureOf, type Reply } from "../messaging";
import init from "../wasm/qr/qr";
import { readBitmap } from "./bitmap";

const ready = init({ module_or_path: new URL("qr.wasm", self.location.href) });

self.onmessage = async ({ data }: MessageEvent<ImageBitmap>) => {
  const answer = ready.then(() => readBitmap(data));
  const reply: Reply = await answer.then(
    (value) => ({ ok: true, value }),
    (thrown) => ({ ok: false, error: failureOf(thrown) }),
  );
  self.postMessage(reply);
};
