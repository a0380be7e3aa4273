/** The one tab of the demo: a sign-in page in the last step, which takes a code. */

import { hostRules } from "../../extension/src/aws-hosts";
import type { ContentSender } from "../../extension/src/background/gate";
import type { TabMemory } from "../../extension/src/background/tab-memory";
import { parseEnvelope, type Reply } from "../../extension/src/messaging";
import type { PromptKind } from "../../extension/src/protocol";
import { TAB_ID } from "./demo-ports";

/** Who signs in on the page. */
export const SIGNING_IN = { account: "111122223333", user: "alice" };

let prompt: PromptKind = "none";

/** Tells the background what its content script would tell of the page. */
export async function tellPage(tabs: TabMemory, asksForCode: boolean): Promise<void> {
  const [rule] = hostRules;
  if (rule === undefined) return;
  const { kind, name: host, partition } = rule;
  const sender: ContentSender = {
    tabId: TAB_ID,
    documentId: undefined,
    page: { host, kind, partition },
  };
  prompt = asksForCode ? "known" : "none";
  await tabs.remember(sender, { prompt, ...SIGNING_IN });
}

/** Answers the background as the content script of the page would. */
export async function answerTab(
  message: unknown,
  fillCode: (code: string) => void,
): Promise<Reply> {
  const envelope = parseEnvelope(message);
  if (envelope?.name === "readPrompt") return { ok: true, value: { prompt } };
  if (envelope?.name !== "fillCode") return { ok: true, value: {} };
  fillCode((envelope.request as { code: string }).code);
  return { ok: true, value: { outcome: "filled" } };
}
