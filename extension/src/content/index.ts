/**
 * The content script on AWS pages. It sees the page; it never holds a secret of the vault. The
 * manifest says on which hosts it runs, and the background checks that again.
 */

import type { FillResult, OfferView, TabProtocol } from "../protocol";
import { answerTab, ask } from "./background";
import { anchorOf, detect, type Finding, fieldOf } from "./detect";
import { fillField } from "./fill";
import { type Identity, readIdentity, sameIdentity } from "./identity";
import { Offer } from "./offer";
import { watch } from "./watch";

const stop = new AbortController();
const dismissed = new WeakSet<HTMLElement>();
const page: { finding: Finding; identity: Identity; offer?: Offer | undefined } = {
  finding: { kind: "none" },
  identity: {},
};

function look(): void {
  const finding = detect(document);
  const identity = readIdentity(document, page.identity);
  const same = finding.kind === page.finding.kind && anchorOf(finding) === anchorOf(page.finding);
  if (same && sameIdentity(identity, page.identity)) return;
  page.finding = finding;
  page.identity = identity;
  if (anchorOf(finding) !== page.offer?.anchor) hideOffer();
  tell("pageSeen", { prompt: finding.kind, ...identity }, ({ offer }) => showOffer(offer));
}

function showOffer(view: OfferView | null): void {
  const anchor = anchorOf(page.finding);
  if (view === null || anchor === undefined || dismissed.has(anchor)) {
    hideOffer();
  } else if (page.offer?.anchor === anchor) {
    page.offer.show(view);
  } else {
    hideOffer();
    const dismiss = () => {
      dismissed.add(anchor);
      hideOffer();
    };
    page.offer = new Offer(anchor, view, {
      pressed,
      dismissed: dismiss,
      gaveUp: () => {
        dismiss();
        tell("offerTamperedWith", {}, () => undefined);
      },
    });
  }
}

function hideOffer(): void {
  page.offer?.remove();
  page.offer = undefined;
}

function pressed(action: string): void {
  tell("offerPressed", { action }, async (answer) => {
    if ("offer" in answer) showOffer(answer.offer);
    else showOffer((await fill(answer.code)) === "filled" ? answer.filled : answer.refused);
  });
}

async function fill(code: string): Promise<FillResult["outcome"]> {
  const field = fieldOf(detect(document));
  if (field === undefined) return "noField";
  return (await fillField(field, code)) ? "filled" : "refused";
}

const tell: typeof ask = (name, request, then) =>
  ask(name, request, then).catch(() => {
    // After an update this script lives on without its extension: it takes itself away.
    if (chrome.runtime?.id !== undefined) return;
    stop.abort();
    hideOffer();
  });

const handlers: {
  [Name in keyof TabProtocol]: (request: TabProtocol[Name]["request"]) => unknown;
} = {
  offerChanged: ({ offer }) => {
    showOffer(offer);
    return {};
  },
  fillCode: async ({ code }) => ({ outcome: await fill(code) }),
};

// Only the top frame speaks for a tab.
if (window === window.top) {
  answerTab(handlers);
  watch(document, look, stop.signal);
}
