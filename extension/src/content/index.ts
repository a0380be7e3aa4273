/** The content script on AWS pages. It sees the page; it never holds a secret of the vault. */

import { awsPageOf } from "../aws-hosts";
import { connect, parseEnvelope, serve } from "../messaging";
import type { ContentProtocol, FillResult, PageFacts, TabProtocol } from "../protocol";
import { detectPrompt, type Prompt } from "./detect";
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
    openPopup: () => void this.#background.popupWanted({}).catch(() => this.#orphaned()),
  });
  readonly #stop = new AbortController();
  #prompt: Prompt | undefined;
  #identity: Identity = {};

  start(): void {
    const answer = serve<TabProtocol, undefined>({
      offerChanged: ({ offer }) => {
        if (this.#prompt !== undefined) this.#offer.show(this.#prompt.field, offer);
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
    const prompt = detectPrompt(document);
    const identity = readIdentity(document, this.#identity);
    const same = prompt?.field === this.#prompt?.field && sameIdentity(identity, this.#identity);
    if (same) return;
    this.#prompt = prompt;
    this.#identity = identity;
    if (prompt === undefined) this.#offer.hide();
    void this.#tell({ prompt: prompt === undefined ? "none" : "mfaCode", ...identity });
  }

  async #tell(facts: PageFacts): Promise<void> {
    try {
      const offer = await this.#background.pageSeen(facts);
      if (this.#prompt !== undefined) this.#offer.show(this.#prompt.field, offer);
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
    const prompt = detectPrompt(document);
    if (prompt === undefined) return "noField";
    return (await fillField(prompt.field, code)) ? "filled" : "refused";
  }

  /** After an update this script lives on without its extension: it takes itself away. */
  #orphaned(): void {
    if (chrome.runtime?.id !== undefined) return;
    this.#stop.abort();
    this.#offer.hide();
  }
}

if (window === window.top && awsPageOf(location.href) !== undefined) new PageWatch().start();
