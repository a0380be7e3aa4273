/** Answers what a content script on an AWS page asks. What such a page may learn is decided here. */

import { type Handlers, RequestError } from "../messaging";
import type { ContentProtocol } from "../protocol";
import type { ContentSender } from "./gate";
import type { PageServices } from "./page-handlers";

export function contentHandlers({
  ports,
  session,
  tabs,
  offers,
}: PageServices): Handlers<ContentProtocol, ContentSender> {
  return {
    pageSeen: async (facts, sender) => offers.offerFor(await tabs.remember(sender, facts)),
    codeChosen: async ({ entryId }, { tabId }) => {
      const facts = await tabs.read(tabId);
      if (facts === undefined || facts.prompt === "none") {
        throw new RequestError({ kind: "noPrompt" });
      }
      // Only what this very page was offered: a page cannot ask for the code of another account.
      const { entryIds } = await offers.matches(facts);
      if (!entryIds.includes(entryId)) throw new RequestError({ kind: "notOffered" });
      const now = Math.floor(ports.now() / 1000);
      const { code, remainingSeconds } = await session.use((vault) => vault.code(entryId, now));
      return { code, remainingSeconds };
    },
    popupWanted: async () => {
      await ports.openPopup();
      return {};
    },
    offerTamperedWith: async (_request, { tabId }) => {
      await ports.warnOnButton(tabId);
      return {};
    },
  };
}
