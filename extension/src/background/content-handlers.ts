/** Answers what a content script on an AWS page asks. What such a page may learn is decided here. */

import { type Handlers, RequestError } from "../messaging";
import type { ContentProtocol } from "../protocol";
import { learnFromChoice } from "./account-links";
import type { ContentSender } from "./gate";
import type { PageServices } from "./page-handlers";

export function contentHandlers({
  ports,
  session,
  tabs,
  offers,
  fills,
  clock,
  button,
}: PageServices): Handlers<ContentProtocol, ContentSender> {
  return {
    pageSeen: async (told, sender) => {
      const { tabId } = sender;
      const facts = await tabs.remember(sender, told);
      // A tab that has gone has no button.
      button.update(sender).catch(() => undefined);
      const asks = facts.prompt === "known" || facts.prompt === "structural";
      return {
        offer: await offers.offerFor(tabId, facts),
        sampleClock: asks && (await clock.wantsSamples()),
      };
    },
    offerPressed: async ({ action }, { tabId }) => {
      const [verb, entryId = ""] = String(action).split(":");
      if (verb === "popup") await ports.openPopup();
      const facts = await tabs.read(tabId);
      if (facts === undefined || facts.prompt === "none") {
        throw new RequestError({ kind: "noPrompt" });
      }
      if (verb === "popup") {
        await offers.show(tabId, facts, await offers.offerFor(tabId, facts));
        return {};
      }
      // Only what this very page was offered: it cannot ask for the code of another account.
      const matches = await offers.matches(facts);
      if (!matches.entryIds.includes(entryId)) throw new RequestError({ kind: "notOffered" });
      switch (verb) {
        case "fill":
        case "anyway":
          await learnFromChoice(session, facts, matches, entryId);
          await (await fills.begin(tabId, entryId, verb === "anyway")).ended;
          return {};
        case "confirm":
          await offers.askAboutField(tabId, facts, entryId);
          return {};
        default:
          throw new RequestError({ kind: "malformedRequest" });
      }
    },
    clockSampled: async ({ samples }) => {
      if (await clock.learn(samples)) await offers.refreshAll();
      return {};
    },
    offerTamperedWith: async (_request, { tabId }) => {
      await ports.warnOnButton(tabId);
      return {};
    },
  };
}
