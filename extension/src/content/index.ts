/** The content script on AWS pages. It sees the page; it never holds a secret of the vault. */

import { awsPageOf } from "../aws-hosts";
import { connect, parseEnvelope, serve } from "../messaging";
import type { ContentProtocol, FillResult, PageFacts, TabProtocol } from "../protocol";
import { anchorOf, detect, type Finding, fieldOf } from "./detect";
import { fillField } from "./fill";
import { type Identity, readIdentity, sameIdentity } from "./identity";
import { OfferView } from "./offer";
import { watch } from "./watch";

class PageWatch {
  readonly #background = connect<ContentProtocol>("content", (envelope) =>
    chrome.runtime.sendMessage(envelope),
  );
  readonly #offer = new OfferView({
    choose: (entryId) => this.#choose(entryId),
    gaveUp: () => void this.#background.offerTamperedWith({}).catch(() => this.#orphaned()),
    openPopup: () => void this.#background.popupWanted({}).catch(() => this.#orphaned()),
  });
  readonly #stop = new AbortController();
  #finding: Finding = { kind: "none" };
  #identity: Identity = {};

  start(): void {
    const answer = serve<TabProtocol, undefined>({
      offerChanged: ({ offer }) => {
        this.#offer.show(this.#finding, offer);
        return {};
      },
      fillCode: async ({ code }) => ({ outcome: await this.#fill(code) }),
    });
    chrome.runtime.onMessage.addListener((message, sender, reply) => {
      const envelope = parseEnvelope(message);
      if (envelope?.channel !== "tab" || sender.id !== chrome.runtime.id) return false;
      answer(envelope, undefined).then(reply);
      return true;
    });
    watch(document, () => this.#look(), this.#stop.signal);
  }

  #look(): void {
    const finding = detect(document);
    const identity = readIdentity(document, this.#identity);
    const same =
      finding.kind === this.#finding.kind && anchorOf(finding) === anchorOf(this.#finding);
    if (same && sameIdentity(identity, this.#identity)) return;
    this.#finding = finding;
    this.#identity = identity;
    if (anchorOf(finding) === undefined) this.#offer.hide();
    void this.#tell({ prompt: finding.kind, ...identity });
  }

  async #tell(facts: PageFacts): Promise<void> {
    try {
      const offer = await this.#background.pageSeen(facts);
      this.#offer.show(this.#finding, offer);
    } catch {
      this.#orphaned();
    }
  }

  async #choose(entryId: string): Promise<"filled" | "refused" | "failed"> {
    try {
      const { code } = await this.#background.codeChosen({ entryId });
      return (await this.#fill(code)) === "filled" ? "filled" : "refused";
    } catch {
      this.#orphaned();
      return "failed";
    }
  }

  async #fill(code: string): Promise<FillResult["outcome"]> {
    const field = fieldOf(detect(document));
    if (field === undefined) return "noField";
    return (await fillField(field, code)) ? "filled" : "refused";
  }

  /** After an update this script lives on without its extension: it takes itself away. */
  #orphaned(): void {
    if (chrome.runtime?.id !== undefined) return;
    this.#stop.abort();
    this.#offer.hide();
  }
}

if (window === window.top && awsPageOf(location.href) !== undefined) new PageWatch().start();
