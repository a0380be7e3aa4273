/**
 * The content script on AWS pages. It sees the page; it never holds a secret of the vault. The
 * manifest says on which hosts it runs, and the background checks that again. It runs in the top
 * frame only, which reaches into frames of its own origin and no others.
 */

import type { FillResult, OfferView, PageFacts, TabProtocol } from "../protocol";
import { answerTab, ask } from "./background";
import { detect, type Finding } from "./detect";
import { fillField } from "./fill";
import { readIdentity } from "./identity";
import { type Offer, openOffer } from "./offer";
import type { Root } from "./open-roots";
import { sampleClock } from "./server-clock";
import { pressSubmit } from "./submit";
import { watch } from "./watch";

const stop = new AbortController();
const dismissed = new WeakSet<HTMLElement>();
const page: {
  finding: Finding;
  facts: PageFacts;
  offer?: Offer | undefined;
  /** The page's button was pressed here. Once is enough: a loop of submissions locks people out. */
  submitted?: boolean;
} = {
  finding: { kind: "none" },
  facts: { prompt: "none" },
};

function look(roots: Root[]): void {
  const finding = detect(roots);
  const facts = { ...readIdentity(page.facts), prompt: finding.kind };
  const same =
    finding.anchor === page.finding.anchor && JSON.stringify(facts) === JSON.stringify(page.facts);
  page.finding = finding;
  page.facts = facts;
  if (same) return;
  if (finding.anchor !== page.offer?.anchor) hideOffer();
  tellSeen();
}

function tellSeen(): void {
  tell("pageSeen", page.facts, async (answer) => {
    showOffer(answer.offer);
    if (answer.sampleClock) tell("clockSampled", { samples: await sampleClock() });
  });
}

function showOffer(view: OfferView | null): void {
  const { anchor } = page.finding;
  if (!view || !anchor || (dismissed.has(anchor) && !view.mark)) {
    hideOffer();
  } else if (page.offer?.anchor === anchor) {
    page.offer.show(view);
  } else {
    hideOffer();
    page.offer = openOffer(anchor, view, {
      pressed: (action) => tell("offerPressed", { action }),
      ended: (why) => {
        hideOffer();
        if (why !== "passed") dismissed.add(anchor);
        if (why === "tampered") tell("offerTamperedWith", {});
      },
    });
  }
}

function hideOffer(): void {
  page.offer?.remove();
  page.offer = undefined;
}

async function fill(code: string, submit: boolean): Promise<FillResult["outcome"]> {
  const finding = detect();
  if (finding.kind !== "known" && finding.kind !== "structural") return "noField";
  const field = finding.anchor;
  if (!(await fillField(field, code))) return "refused";
  if (submit && finding.kind === "known" && !page.submitted) {
    page.submitted = true;
    // First the background learns of the fill: the press may end this document.
    setTimeout(pressSubmit, 0, field, finding.rule.submit);
  }
  return "filled";
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
  readPrompt: () => ({ prompt: page.facts.prompt }),
  offerChanged: ({ offer }) => {
    showOffer(offer);
    return {};
  },
  fillCode: async ({ code, submit }) => ({ outcome: await fill(code, submit) }),
};

// Match patterns let other ports and a final dot through; such pages are none of AWS's.
if (/[a-z]$/.test(location.host)) {
  answerTab(handlers);
  watch(look, stop.signal);
  // A page that the browser kept and shows again: another may have told of itself since.
  addEventListener("pageshow", ({ persisted }) => persisted && tellSeen(), { signal: stop.signal });
}
