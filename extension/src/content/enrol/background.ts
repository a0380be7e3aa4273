/** Talks with the background, as `content/background.ts` does at sign-in. */

import type { Envelope, Reply } from "../../messaging";
import type { EnrolmentProtocol } from "../../protocol";

/** Asks the background; rejects when it refuses or is gone. */
export async function ask<Name extends keyof EnrolmentProtocol>(
  name: Name,
  request: EnrolmentProtocol[Name]["request"],
): Promise<EnrolmentProtocol[Name]["response"]> {
  const envelope: Envelope = { channel: "enrolment", name, request };
  const reply: Reply | undefined = await chrome.runtime.sendMessage(envelope);
  if (!reply?.ok) throw new Error("refused");
  return reply.value as EnrolmentProtocol[Name]["response"];
}

/** Calls `look` when the background says that something has changed. */
export function onLookAgain(look: () => void): void {
  chrome.runtime.onMessage.addListener((envelope: Envelope, sender, reply) => {
    const isForUs = sender.id === chrome.runtime.id && envelope?.channel === "enrolmentTab";
    if (!isForUs || envelope.name !== "lookAgain") return false;
    look();
    reply({ ok: true, value: {} } satisfies Reply);
    return false;
  });
}
