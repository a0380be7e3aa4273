/** The popup's first question, asked before its own code is there: the background answers meanwhile. */

import type { Envelope, Transport } from "../messaging";

const QUESTION: Envelope = { channel: "page", name: "readPopup", request: {} };

/** A page that nobody sees has no frames: so many milliseconds are waited for one. */
const FRAME_WAIT_MS = 100;

declare global {
  /** The answer to the first question, until it is taken. */
  var opening: Promise<unknown> | undefined;
}

/**
 * The answer is handed on after the first frame, which is empty: a browser takes longer to show a
 * window's first frame than the next one, and does so while the answer is under way.
 */
export function askAtOnce(transport: Transport): void {
  const answer = Promise.all([transport(QUESTION), firstFrame()]).then(([reply]) => reply);
  // Whoever takes it is told of a failure; nobody has taken it yet.
  answer.catch(() => undefined);
  globalThis.opening = answer;
}

/** A transport that takes the answer which is under way already, once. */
export function afterOpening(transport: Transport): Transport {
  return (envelope) => {
    const { opening } = globalThis;
    if (opening === undefined || envelope.name !== QUESTION.name) return transport(envelope);
    globalThis.opening = undefined;
    return opening;
  };
}

function firstFrame(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, FRAME_WAIT_MS);
    requestAnimationFrame(() => {
      // A task that runs when the frame is done; a timer could be later by a millisecond or four.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve();
      port2.postMessage(undefined);
    });
  });
}
