/** Decides which entries may answer a prompt, and what its page may learn of them. */

import type { Vault } from "../core";
import { type Client, connect } from "../messaging";
import type { EntryView, FillWait, OfferView, TabProtocol } from "../protocol";
import type { Clock } from "./clock";
import { type OfferedEntry, OfferViews } from "./offer-views";
import type { Ports } from "./ports";
import type { ReplayGuard } from "./replay-guard";
import { readSettings } from "./settings";
import type { TabFacts, TabMemory } from "./tab-memory";
import type { VaultSession } from "./vault-session";

export type Matches = { entryIds: string[]; certain: boolean };

/** `until` is a Unix time in milliseconds by this computer's clock. */
type Wait = { entryId: string; used: boolean; until: number; documentId: string | undefined };

type OfferServices = {
  ports: Ports;
  session: VaultSession;
  tabs: TabMemory;
  clock: Clock;
  guard: ReplayGuard;
};

export class Offers {
  readonly #services: OfferServices;
  readonly views: OfferViews;
  /** What each tab was shown last, for what is to be shown later unless something came between. */
  readonly #shown = new Map<number, symbol>();
  /** The fills that wait, for pages that draw their field anew meanwhile. */
  readonly #waits = new Map<number, Wait>();

  constructor(services: OfferServices) {
    this.#services = services;
    this.views = new OfferViews(services.ports.words);
  }

  /** What the page of a tab is shown. When a code in it was used, the next one follows by itself. */
  async offerFor(tabId: number, facts: TabFacts): Promise<OfferView | null> {
    const { session, clock } = this.#services;
    this.#shown.set(tabId, Symbol());
    if (facts.prompt === "none" || facts.prompt === "changed") return null;
    if (!(await this.#inPage())) return null;
    if (facts.prompt === "chooser") return this.views.chooser();
    const vault = await session.peek();
    if (vault === undefined) {
      const { state } = await session.state();
      return state === "absent" ? this.views.noVault() : this.views.locked();
    }
    const wait = this.#waits.get(tabId);
    if (wait !== undefined && wait.documentId === facts.documentId) return this.#waiting(wait);
    const { entryIds } = matchEntries(vault, facts);
    if (entryIds.length === 0) return this.views.noEntry(facts.account ?? facts.url.account);
    const now = await clock.unixSeconds();
    const entries = await Promise.all(
      entryIds.map((entryId) => this.#offeredEntry(vault, entryId, now)),
    );
    const used = entries.filter((entry) => entry.used).map((entry) => entry.remainingSeconds);
    if (used.length > 0) this.offerAgain(tabId, Math.min(...used));
    return this.views.ready(entries, facts.prompt === "structural" ? "confirm" : "fill");
  }

  /** Says that a fill waits for the next code, until what is returned is called. */
  async wait(
    tabId: number,
    facts: TabFacts,
    entryId: string,
    { seconds, used }: FillWait,
  ): Promise<() => void> {
    const { documentId } = facts;
    const until = this.#services.ports.now() + seconds * 1000;
    const wait: Wait = { entryId, used, until, documentId };
    this.#waits.set(tabId, wait);
    await this.show(tabId, facts, await this.#waiting(wait));
    return () => {
      if (this.#waits.get(tabId) === wait) this.#waits.delete(tabId);
    };
  }

  /** Where the offer is off, the fill cannot be hurried from the page. */
  async #waiting({ entryId, used, until }: Wait): Promise<OfferView> {
    const seconds = Math.max(1, Math.ceil((until - this.#services.ports.now()) / 1000));
    return this.views.waiting(entryId, { seconds, used }, await this.#inPage());
  }

  /** Marks the field, and asks beside it whether it is the one; where the offer is off, only marks. */
  async askAboutField(tabId: number, facts: TabFacts, entryId: string): Promise<void> {
    await this.show(tabId, facts, this.views.confirm(entryId, await this.#inPage()));
  }

  /** Shows something in the document of a tab. */
  async show(tabId: number, facts: TabFacts, offer: OfferView | null): Promise<void> {
    this.#shown.set(tabId, Symbol());
    // A tab that has gone has no offer to change.
    await this.#tab(tabId, facts)
      .offerChanged({ offer })
      .catch(() => undefined);
  }

  /** Whether the tab still shows the document that told, and it still asks the same. */
  async stillAsks(tabId: number, facts: TabFacts): Promise<boolean> {
    const answer = await this.#tab(tabId, facts)
      .readPrompt({})
      .catch(() => undefined);
    return answer?.prompt === facts.prompt;
  }

  #tab(tabId: number, facts: TabFacts): Client<TabProtocol> {
    return connect<TabProtocol>("tab", (envelope) =>
      this.#services.ports.tabs.send(tabId, facts.documentId, envelope),
    );
  }

  /** Makes the offer of a tab anew after some seconds, unless it was shown something since. */
  offerAgain(tabId: number, seconds: number): void {
    const { ports, tabs } = this.#services;
    const shown = this.#shown.get(tabId);
    const again = async () => {
      await ports.sleep(seconds * 1000);
      const facts = await tabs.read(tabId);
      if (facts === undefined || this.#shown.get(tabId) !== shown) return;
      await this.#refresh(tabId, facts);
    };
    again().catch(() => undefined);
  }

  /** The entries that may answer the prompt of a tab, the best first. None while locked. */
  async matches(facts: TabFacts): Promise<Matches> {
    const vault = await this.#services.session.peek();
    return vault === undefined ? { entryIds: [], certain: false } : matchEntries(vault, facts);
  }

  /** Tells every page that asks for a code what it is to show now. */
  async refreshAll(): Promise<void> {
    for (const { tabId, facts } of await this.#services.tabs.prompting()) {
      await this.#refresh(tabId, facts);
    }
  }

  async #refresh(tabId: number, facts: TabFacts): Promise<void> {
    const made = this.offerFor(tabId, facts);
    const latest = this.#shown.get(tabId);
    const offer = await made;
    // What a fill has said meanwhile is newer.
    if (this.#shown.get(tabId) === latest) await this.show(tabId, facts, offer);
  }

  async #inPage(): Promise<boolean> {
    return (await readSettings(this.#services.ports.local)).offerInPage;
  }

  async #offeredEntry(vault: Vault, entryId: string, now: number): Promise<OfferedEntry> {
    const entry = vault.entry(entryId);
    const { remainingSeconds, periodSeconds, timeStep } = vault.code(entryId, now);
    const steps = await this.#services.guard.stepsToFresh(entryId, timeStep);
    return {
      entryId,
      account: accountOf(entry),
      user: userOf(entry),
      remainingSeconds: remainingSeconds + Math.max(0, steps - 1) * periodSeconds,
      periodSeconds,
      used: steps > 0,
    };
  }
}

function matchEntries(vault: Vault, facts: TabFacts): Matches {
  const { url, account, user, rootUser } = facts;
  return vault.matchEntries({
    partition: url.partition,
    identityCenter: url.kind === "identityCenter",
    ...optional("account", account ?? url.account),
    ...optional("user", user),
    ...optional("directory", url.directory),
    ...optional("rootUser", rootUser),
  });
}

/** A member when there is a value for it. */
function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [Key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]: Value });
}

export function accountOf(entry: EntryView): string {
  return entry.accountAlias ?? entry.accountId ?? entry.directoryId ?? entry.issuer;
}

export function userOf(entry: EntryView): string {
  return entry.userName ?? entry.deviceName ?? entry.accountName;
}
