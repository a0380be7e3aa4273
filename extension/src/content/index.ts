/**
 * The content script on AWS pages. It sees the page; it never holds a secret of the vault. The
 * manifest says on which hosts it runs, and the background checks that again. It runs in the top
 * frame only, which reaches into frames of its own origin and no others.
 */

import type { FillResult, OfferView, TabProtocol } from "../protocol";
import { answerTab, ask } from "./background";
import { detect, type Finding, fieldOf } from "./detect";
import { fillField } from "./fill";
import { type Identity, readIdentity, sameIdentity } from "./identity";
import { type Offer, openOffer } from "./offer";
import { openRoots, type Root } from "./open-roots";
import { watch } from "./watch";

const stop = new AbortController();
const dismissed = new WeakSet<HTMLElement>();
const page: { finding: Finding; identity: Identity; offer?: Offer | undefined } = {
  finding: { kind: "none" },
  identity: {},
};

function look(): Root[] {
  const roots = openRoots();
  const finding = detect(roots);
  const identity = readIdentity(page.identity);
  const same =
    finding.kind === page.finding.kind &&
    finding.anchor === page.finding.anchor &&
    sameIdentity(identity, page.identity);
  if (!same) {
    page.finding = finding;
    page.identity = identity;
    if (finding.anchor !== page.offer?.anchor) hideOffer();
    tellSeen();
  }
  return roots;
}

function tellSeen(): void {
  const { finding, identity } = page;
  tell("pageSeen", { prompt: finding.kind, ...identity }, ({ offer }) => showOffer(offer));
}

function showOffer(view: OfferView | null): void {
  const { anchor } = page.finding;
  if (view === null || anchor === undefined || dismissed.has(anchor)) {
    hideOffer();
  } else if (page.offer?.anchor === anchor) {
    page.offer.show(view);
  } else {
    hideOffer();
    page.offer = openOffer(anchor, view, {
      pressed,
      ended: (why) => {
        hideOffer();
        if (why !== "passed") dismissed.add(anchor);
        if (why === "tampered") tell("offerTamperedWith", {}, () => undefined);
        if (why === "orphaned") stop.abort();
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
  const field = fieldOf(detect());
  if (field === undefined) return "noField";
  return (await fillField(field, code)) ? "filled" : "refused";
}

const tell: typeof ask = (name, request, then) =>
  ask(name, request, then).catch(() => {
    // After an update this script lives on without its extension: it takes itself away.
    if (chrome.runtime?.id === undefined) stop.abort();
    // What the background knew of this page may be too old.
    else if (name === "offerPressed") tellSeen();
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

answerTab(handlers);
watch(look, stop.signal);
// A page that the browser kept and shows again: another may have told of itself since.
addEventListener("pageshow", ({ persisted }) => persisted && tellSeen(), { signal: stop.signal });
