/** Talks with the background. A small form of `messaging.ts`, for a script that loads on each page. */

import type { Envelope, Reply } from "../messaging";
import type { ContentProtocol, TabProtocol } from "../protocol";

/** Asks the background; rejects when it refuses or is gone. */
export async function ask<Name extends keyof ContentProtocol>(
  name: Name,
  request: ContentProtocol[Name]["request"],
  then?: (response: ContentProtocol[Name]["response"]) => unknown,
): Promise<void> {
  const envelope: Envelope = { channel: "content", name, request };
  const reply: Reply | undefined = await chrome.runtime.sendMessage(envelope);
  if (!reply?.ok) throw new Error("refused");
  await then?.(reply.value as ContentProtocol[Name]["response"]);
}

type TabHandlers = {
  [Name in keyof TabProtocol]: (request: TabProtocol[Name]["request"]) => unknown;
};

/** Answers what the background tells this document; nobody else is heard. */
export function answerTab(handlers: TabHandlers): void {
  chrome.runtime.onMessage.addListener((envelope: Envelope, sender, reply) => {
    const isForUs = sender.id === chrome.runtime.id && envelope?.channel === "tab";
    if (!isForUs || !Object.hasOwn(handlers, envelope.name)) return false;
    const handler = handlers[envelope.name as keyof TabProtocol];
    Promise.resolve(handler(envelope.request as never)).then(
      (value) => reply({ ok: true, value }),
      () => reply({ ok: false, error: { kind: "unexpected" } }),
    );
    return true;
  });
}
