/** Answers what a content script on an AWS page asks. What such a page may learn is decided here. */

import { type Handlers, RequestError } from "../messaging";
import type { ContentProtocol, OfferAnswer } from "../protocol";
import type { ContentSender } from "./gate";
import type { PageServices } from "./page-handlers";

export function contentHandlers({
  ports,
  session,
  tabs,
  offers,
}: PageServices): Handlers<ContentProtocol, ContentSender> {
  /** Only what this very page was offered: it cannot ask for the code of another account. */
  const offered = async (tabId: number, entryId: string) => {
    const facts = await tabs.read(tabId);
    if (facts === undefined || facts.prompt === "none")
      throw new RequestError({ kind: "noPrompt" });
    const { entryIds } = await offers.matches(facts);
    if (!entryIds.includes(entryId)) throw new RequestError({ kind: "notOffered" });
    return entryId;
  };
  const codeOf = (entryId: string): Promise<OfferAnswer> => {
    const now = Math.floor(ports.now() / 1000);
    return session.use((vault) => offers.views.code(vault.code(entryId, now).code));
  };

  return {
    pageSeen: async (facts, sender) => ({
      offer: await offers.offerFor(await tabs.remember(sender, facts)),
    }),
    offerPressed: async ({ action }, { tabId }) => {
      const [verb, entryId = ""] = String(action).split(":");
      switch (verb) {
        case "fill":
          return codeOf(await offered(tabId, entryId));
        case "confirm":
          return { offer: offers.views.confirm(await offered(tabId, entryId)) };
        case "popup": {
          await ports.openPopup();
          const facts = await tabs.read(tabId);
          return { offer: facts === undefined ? null : await offers.offerFor(facts) };
        }
        default:
          throw new RequestError({ kind: "malformedRequest" });
      }
    },
    offerTamperedWith: async (_request, { tabId }) => {
      await ports.warnOnButton(tabId);
      return {};
    },
  };
}
