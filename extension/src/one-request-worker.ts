/** A Worker that lives for one request: what it holds in memory ends with it. */

import { failureOf, type Reply, RequestError } from "./messaging";

type Asked = {
  request: unknown;
  /** Moved, not copied, so that only the Worker has them. */
  moved: Transferable[];
  /** The kind of failure when the Worker does not start or breaks. */
  broken: string;
  /** Ends the Worker, with the failure `cancelled`. */
  signal?: AbortSignal | undefined;
};

/** Starts the Worker, asks, and ends it. */
export async function askWorker(
  workerUrl: string,
  { request, moved, broken, signal }: Asked,
): Promise<unknown> {
  const worker = new Worker(workerUrl, { type: "module" });
  try {
    const answered = await new Promise<Reply>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Reply>) => resolve(data);
      worker.onerror = () => reject(new RequestError({ kind: broken }));
      const cancel = () => reject(new RequestError({ kind: "cancelled" }));
      if (signal?.aborted) cancel();
      signal?.addEventListener("abort", cancel);
      worker.postMessage(request, moved);
    });
    if (!answered.ok) throw new RequestError(answered.error);
    return answered.value;
  } finally {
    worker.terminate();
  }
}

/** Answers in the Worker. `wipe` runs before the answer leaves, whatever it is. */
export function answerRequest<Request>(
  answer: (request: Request) => Promise<unknown>,
  wipe: (request: Request) => void = () => undefined,
): void {
  self.addEventListener("message", async ({ data }: MessageEvent<Request>) => {
    let reply: Reply;
    try {
      reply = { ok: true, value: await answer(data) };
    } catch (thrown) {
      reply = { ok: false, error: failureOf(thrown) };
    } finally {
      wipe(data);
    }
    self.postMessage(reply);
  });
}
