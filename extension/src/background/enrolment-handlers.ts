/** Answers what the content script asks where devices are enrolled. */

import type { Handlers } from "../messaging";
import type { EnrolmentProtocol } from "../protocol";
import type { EnrolmentSender } from "./gate";
import type { PageServices } from "./page-handlers";

type EnrolmentHandlerServices = Pick<
  PageServices,
  "ports" | "clock" | "offers" | "enrolments" | "button"
>;

export function enrolmentHandlers({
  ports,
  clock,
  offers,
  enrolments,
  button,
}: EnrolmentHandlerServices): Handlers<EnrolmentProtocol, EnrolmentSender> {
  return {
    enrolmentSeen: async (told, sender) => {
      const step = await enrolments.seen(sender, told);
      // A tab that has gone has no button.
      button.update(sender).catch(() => undefined);
      return { ...step, sampleClock: step.offer !== null && (await clock.wantsSamples()) };
    },
    enrolmentPressed: (request, sender) => enrolments.pressed(sender, request),
    codesWanted: (_request, { tabId, documentId }) => enrolments.codes.next(tabId, documentId),
    codesWritten: ({ kept }, sender) => enrolments.codes.written(sender, kept),
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
